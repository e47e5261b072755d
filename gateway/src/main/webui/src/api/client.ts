import { type GenericSchema, type InferOutput, safeParse } from "valibot";

/** How a question failed: told by the service, no connection, no answer in time, or an answer nobody can read. */
export type Failure = "problem" | "offline" | "timeout" | "unreadable";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly traceId: string | null,
    readonly failure: Failure = "problem",
    /** Whatever else a problem says of itself. */
    readonly problem: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

const LONGEST_READ_MS = 30_000;
const NOTHING = { status: 0, trace: null };

/** The body of a response as JSON. Anything else, a proxy's page or a cut body, is an error and never an empty answer. */
async function read(response: Response): Promise<unknown> {
  const trace = response.headers.get("x-trace-id");
  let text: string;
  try {
    text = await response.text();
  } catch {
    throw new ApiError(response.status, "the answer broke off", trace, "unreadable");
  }
  const body = parsed(text);
  if (!response.ok) {
    const problem = (body?.value ?? {}) as { detail?: string; title?: string; trace_id?: string };
    throw new ApiError(response.status, problem.detail ?? problem.title ?? `answered ${response.status}`, problem.trace_id ?? trace, "problem", problem as Record<string, unknown>);
  }
  if (!body) throw new ApiError(response.status, `the answer is not readable: no JSON, ${text.length} characters`, trace, "unreadable");
  return body.value;
}

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (e) {
    if ((e as Error).name === "TimeoutError") throw new ApiError(NOTHING.status, `no answer within ${LONGEST_READ_MS / 1000} s`, NOTHING.trace, "timeout");
    if ((e as Error).name === "AbortError") throw e;
    throw new ApiError(NOTHING.status, "no connection to the gateway", NOTHING.trace, "offline");
  }
}

/** Holds an answer against its shape: a page draws nothing that it has not checked. */
export function checked<S extends GenericSchema>(schema: S, body: unknown, trace: string | null = null): InferOutput<S> {
  const result = safeParse(schema, body);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const at = issue.path?.map((item) => String(item.key)).join(".") || "the whole";
  const wrong = issue.received === "undefined" ? "is not there" : `should be ${issue.expected} and is ${issue.received}`;
  throw new ApiError(200, `the answer is not of its documented shape: ${at} ${wrong}`, trace, "unreadable");
}

/** A GET whose answer has been held against its schema. */
export async function get<S extends GenericSchema>(path: string, schema: S, signal?: AbortSignal): Promise<InferOutput<S>> {
  const limit = AbortSignal.timeout(LONGEST_READ_MS);
  const response = await ask(path, { headers: { Accept: "application/json" }, signal: signal ? AbortSignal.any([signal, limit]) : limit });
  return checked(schema, await read(response), response.headers.get("x-trace-id"));
}

/** Sends to an admin route through the proxy: the session's cookie and its CSRF token stand in place of the secret. */
export async function send(method: "POST" | "DELETE", path: string, csrf: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await ask(path.replace(/^\/api\//, "/api/admin-proxy/"), {
    method,
    headers: { "Content-Type": "application/json", "x-csrf-token": csrf, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? null : read(response);
}

/** Ends the session, in other tabs and copies of its cookie too, and shows the page as anybody sees it. */
export async function signOut(csrf: string): Promise<void> {
  const response = await ask("/api/session/logout", { method: "POST", headers: { "x-csrf-token": csrf } });
  if (!response.ok) await read(response);
  location.reload();
}

/** Saves what a path answers as a file. An answer that is a problem is thrown, not saved. */
export async function download(path: string, accept: string, name: string): Promise<void> {
  const response = await ask(path, { headers: { Accept: accept } });
  if (!response.ok) await read(response);
  saveAs(await response.blob(), name);
}

export function saveAs(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

/** A number or a reason, as every service shows it. */
export interface Fig {
  value: number | null;
  state: string;
  reason: string | null;
  as_of: string | null;
  /** Of a stale figure: to be shown as what it is, never calculated with. */
  last_value?: number | null;
}

export interface Session {
  signed_in: boolean;
  email: string | null;
  csrf_token: string | null;
  sign_in_offered: boolean;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly traceId: string | null,
  ) {
    super(message);
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    // not JSON: the status tells
  }
  if (!response.ok) {
    const problem = (body ?? {}) as { detail?: string; title?: string; trace_id?: string };
    throw new ApiError(response.status, problem.detail ?? problem.title ?? `answered ${response.status}`, problem.trace_id ?? null);
  }
  return body as T;
}

export const get = async <T>(path: string): Promise<T> => read<T>(await fetch(path, { headers: { Accept: "application/json" } }));

/** Saves what a path answers as a file. An answer that is a problem is thrown, not saved. */
export async function download(path: string, accept: string, name: string): Promise<void> {
  const response = await fetch(path, { headers: { Accept: accept } });
  if (!response.ok) await read(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** An admin route through the proxy: the session's cookie and its CSRF token in place of the secret. */
async function admin<T>(method: "POST" | "DELETE", path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const session = await get<Session>("/api/session");
  if (!session.signed_in || !session.csrf_token) throw new ApiError(401, "sign in first: this needs an operator's session", null);
  return read<T>(
    await fetch(path.replace(/^\/api\//, "/api/admin-proxy/"), {
      method,
      headers: { "Content-Type": "application/json", "x-csrf-token": session.csrf_token, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  );
}

/** Ends the session, in other tabs and copies of its cookie too, and shows the page as anybody sees it. */
export async function signOut(): Promise<void> {
  const session = await get<Session>("/api/session");
  if (session.csrf_token) await read(await fetch("/api/session/logout", { method: "POST", headers: { "x-csrf-token": session.csrf_token } }));
  location.reload();
}

export function useApi<T>(path: string | null, refetchMs?: number) {
  return useQuery<T, ApiError>({
    queryKey: [path],
    queryFn: () => get<T>(path as string),
    enabled: path !== null,
    refetchInterval: refetchMs,
  });
}

/** A mutation that makes every shown number stale when it has changed something. */
export function useAction<B, T>(path: string) {
  const client = useQueryClient();
  return useMutation<T, ApiError, B>({
    mutationFn: (body) => admin<T>("POST", path, body),
    onSettled: () => client.invalidateQueries(),
  });
}

/** Long work that its service does on its own; `done` and `total` count the step it is at. */
export interface Job<T> {
  id: string;
  kind: string;
  status: "queued" | "running" | "done" | "failed" | "cancelled";
  step: string | null;
  done: number | null;
  total: number | null;
  cancel_requested: boolean;
  result: T | null;
  problem: { status: number; detail: string; trace_id: string | null } | null;
}

/** A service may answer at once all the same, a dry run for one. */
const isJob = <T,>(answer: Job<T> | T): answer is Job<T> => typeof answer === "object" && answer !== null && "cancel_requested" in answer;

/** Follows a job's events to its end; the browser connects again by itself where the line breaks. */
function follow<T>(job: Job<T>, seen: (job: Job<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/api/jobs/${job.id}/events`);
    const end = (settle: () => void) => {
      events.close();
      settle();
    };
    events.onmessage = (event) => {
      const now = JSON.parse(event.data) as Job<T>;
      seen(now);
      if (now.status === "done") end(() => resolve(now.result as T));
      if (now.status === "cancelled") end(() => reject(new ApiError(0, now.kind === "trade_sync" ? "cancelled: nothing of this run was kept" : "cancelled: what it had stored by then stands", null)));
      if (now.status === "failed") end(() => reject(new ApiError(now.problem?.status ?? 0, now.problem?.detail ?? "failed", now.problem?.trace_id ?? null)));
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) end(() => reject(new ApiError(0, "the job's events cannot be read", null)));
    };
  });
}

/** A mutation that runs as a job, with its progress and a way to stop it. */
export function useJob<B, T>(path: string) {
  const client = useQueryClient();
  const [job, setJob] = useState<Job<T> | null>(null);
  const mutation = useMutation<T, ApiError, B>({
    mutationFn: async (body) => {
      const answer = await admin<Job<T> | T>("POST", path, body, { Prefer: "respond-async" });
      return isJob<T>(answer) ? follow(answer, setJob) : answer;
    },
    onSettled: () => {
      setJob(null);
      return client.invalidateQueries();
    },
  });
  const cancel = () => job && admin("DELETE", `/api/jobs/${job.id}`);
  return { ...mutation, job, cancel };
}

export const useSession = () => useApi<Session>("/api/session");

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

/** A number or a reason, as every service shows it. */
export interface Fig {
  value: number | null;
  state: string;
  reason: string | null;
  as_of: string | null;
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

/** An admin route through the proxy: the session's cookie and its CSRF token in place of the secret. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const session = await get<Session>("/api/session");
  if (!session.signed_in || !session.csrf_token) throw new ApiError(401, "sign in first: this needs an operator's session", null);
  return read<T>(
    await fetch(path.replace(/^\/api\//, "/api/admin-proxy/"), {
      method: "POST",
      headers: { "Content-Type": "application/json", "x-csrf-token": session.csrf_token },
      body: JSON.stringify(body),
    }),
  );
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
    mutationFn: (body) => post<T>(path, body),
    onSettled: () => client.invalidateQueries(),
  });
}

export const useSession = () => useApi<Session>("/api/session");

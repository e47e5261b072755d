import { keepPreviousData, type QueryKey, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GenericSchema, InferOutput } from "valibot";
import { ApiError, checked, get, send } from "./client";
import { Session } from "./schema/system";

/** How often a source has something new; every query is asked again at the pace of its own. Milliseconds. */
export const EVERY = { health: 30_000, live: 60_000, sync: 30_000, hourly: 300_000 } as const;

/** A GET that is asked again by itself. A path of null is not asked. */
export function useApi<S extends GenericSchema>(path: string | null, schema: S, every: number, options: { keepPrevious?: boolean } = {}) {
  return useQuery<InferOutput<S>, ApiError>({
    queryKey: [path],
    queryFn: ({ signal }) => get(path as string, schema, signal),
    enabled: path !== null,
    refetchInterval: every,
    placeholderData: options.keepPrevious ? keepPreviousData : undefined,
  });
}

export const useSession = () => useApi("/api/session", Session, EVERY.hourly);

/** The CSRF token of the operator's session as it is now. */
export async function operatorsToken(): Promise<string> {
  const session = await get("/api/session", Session);
  if (!session.signed_in || !session.csrf_token) throw new ApiError(401, "sign in first: this needs an operator's session", null);
  return session.csrf_token;
}

/** Makes the answers of these paths stale, whatever their parameters. */
export function useRefresh() {
  const client = useQueryClient();
  return (...prefixes: string[]) => client.invalidateQueries({ predicate: ({ queryKey }) => touches(queryKey, prefixes) });
}

const touches = ([path]: QueryKey, prefixes: string[]) => typeof path === "string" && prefixes.some((prefix) => path.startsWith(prefix));

/** A change at once, and the answers it makes stale. */
export function useAction<S extends GenericSchema, B = void>(path: string, schema: S, changes: string[], method: "POST" | "DELETE" = "POST") {
  const refresh = useRefresh();
  return useMutation<InferOutput<S>, ApiError, B>({
    mutationFn: async (body) => checked(schema, await send(method, path, await operatorsToken(), body ?? undefined)),
    onSuccess: () => refresh(...changes),
  });
}

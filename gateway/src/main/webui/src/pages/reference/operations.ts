import type { OpenApi } from "../../api/schema/openapi";

export interface Operation {
  path: string;
  method: string;
  parameters: string;
  summary: string;
}

const METHODS = ["get", "post", "delete", "put"];

/** Every operation of the API's document as a row. */
export function operations(api: OpenApi): Operation[] {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const of = item[method];
      return of ? [{ path, method: method.toUpperCase(), parameters: (of.parameters ?? []).map((p) => p.name ?? "").filter(Boolean).join(", "), summary: of.summary ?? of.description ?? "" }] : [];
    }),
  );
}

import type { Report } from "../../api/schema/trades";

/** As long as the server takes a preview to be of now. */
const LONGEST_MS = 15 * 60_000;

/** Why a real sync may not stand on a preview; none: it may. The server holds the same against it. */
export function obstacles(preview: Report | null, wanted: { fullScope: boolean; includePending: boolean; accepted: readonly string[] }, now: number): string[] {
  if (preview === null) return ["a preview has to come first"];
  const found: string[] = [];
  if (now - Date.parse(preview.finished_at) > LONGEST_MS) found.push("the preview is older than 15 minutes: preview again");
  if (pendingOf(preview) !== wanted.includePending) found.push("the preview is of another scope (pending rows): preview again");
  if (wanted.fullScope && !isFull(preview)) found.push("a full-scope run needs a full-scope preview");
  const open = [...new Set(preview.exceptions.map((e) => e.name))].filter((name) => !wanted.accepted.includes(name));
  if (open.length > 0) found.push(`${open.length} of its exceptions are not accepted: ${open.slice(0, 5).join(", ")}${open.length > 5 ? " …" : ""}`);
  return found;
}

const pendingOf = (preview: Report) => preview.scope_key.endsWith("include_pending=true");

export const isFull = (report: Report) => report.diagnostic_scope === "full_scope";

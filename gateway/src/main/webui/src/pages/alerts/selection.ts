import type { Dispatched, Signal } from "../../api/schema/alerts";

/** Notes on the quality of data are the desk's own concern: they go to Slack only where an operator asks for it. */
const QUIET_KINDS = ["data_quality"];

/** What is chosen for Slack: all signals but the quiet kinds, and what the operator has turned round. */
export const chosen = (signals: readonly Signal[], turned: ReadonlySet<number>): Signal[] => signals.filter((of) => !QUIET_KINDS.includes(of.kind) !== turned.has(of.id));

/** What a dry run has shown, and so what may be sent. */
export interface Shown {
  dryRunId: number | null;
  signals: { id: number; text: string }[];
  note: string;
  answer: Dispatched;
}

/** Why what is chosen now is not what the dry run showed; none: it is. */
export function changes(shown: Shown | null, signals: readonly Signal[], now: readonly Signal[], note: string): string[] {
  if (!shown) return ["a dry run has to show what would be sent first"];
  const standing = new Map(signals.map((of) => [of.id, of.text]));
  const gone = shown.signals.filter((of) => !standing.has(of.id)).length;
  const reworded = shown.signals.filter((of) => standing.has(of.id) && standing.get(of.id) !== of.text).length;
  const told = new Set(shown.answer.results.map((of) => of.signal_id));
  const fresh = now.filter((of) => !told.has(of.id)).length;
  const left = shown.signals.filter((of) => standing.has(of.id) && !now.some((own) => own.id === of.id)).length;
  const found: string[] = [];
  if (fresh > 0) found.push(`${fresh} chosen since the dry run`);
  if (left > 0) found.push(`${left} not chosen any more`);
  if (gone > 0) found.push(`${gone} over since the dry run`);
  if (reworded > 0) found.push(`${reworded} with another text than shown`);
  if (note !== shown.note) found.push("another note than shown");
  if (shown.signals.length === 0) found.push("the dry run has nothing to send");
  return found;
}

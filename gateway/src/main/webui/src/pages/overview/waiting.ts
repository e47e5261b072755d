import type { InferOutput } from "valibot";
import type { Signals } from "../../api/schema/alerts";
import type { Status } from "../../api/schema/snapshots";
import type { Card, Desk } from "../../api/schema/trades";
import { counted } from "../../counted";
import { count, words } from "../../format";
import type { PagePath } from "../../shell/pages";

export interface Item {
  severity: "critical" | "warning";
  text: string;
  page: PagePath;
  action: string;
}

interface Known {
  status?: InferOutput<typeof Status>;
  card?: Card;
  desk?: InferOutput<typeof Desk>;
  signals?: InferOutput<typeof Signals>;
}

/** What of the known answers waits for a hand, the worst first. */
export function items(of: Known): Item[] {
  const found = [...ofSnapshots(of), ...ofSync(of), ...ofSignals(of)];
  return found.sort((a, b) => Number(b.severity === "critical") - Number(a.severity === "critical"));
}

function ofSnapshots({ status }: Known): Item[] {
  const bad = status?.items.filter((item) => item.status !== "ok") ?? [];
  return counted(bad, (item) => item.status).map(([state, n]) => {
    const names = bad.filter((item) => item.status === state).map((item) => `${words(item.type)} ${item.currency}`);
    return {
      severity: state === "suspicious" ? "warning" : "critical",
      text: `${n} of ${status?.items.length} snapshots ${words(state)}: ${names.slice(0, 4).join(", ")}${n > 4 ? " …" : ""}`,
      page: "/data",
      action: "Capture or backfill",
    };
  });
}

function ofSync({ card, desk }: Known): Item[] {
  const found: Item[] = [];
  const add = (severity: Item["severity"], text: string, action: string) => found.push({ severity, text, page: "/trades", action });
  if (card && card.configuration.state !== "ok") add("critical", `the sync is not configured: ${card.configuration.errors.join("; ")}`, "See the card");
  if (card?.last_error) add("critical", `the last sync failed: ${card.last_error}`, "See the card");
  for (const alarm of card?.alarms ?? []) add(alarm.severity === "critical" ? "critical" : "warning", alarm.text, "See the card");
  if (card && card.last_successful_sync_at === null) add("warning", "no execution has been synced yet", "Preview");
  if (card && card.owed_enrichment.count > 0) add("warning", `${count(card.owed_enrichment.count)} enrichment runs are owed`, "See the card");
  if (card && card.open_rejected > 0) add("warning", `${count(card.open_rejected)} rows are in quarantine`, "Dismiss or mend");
  const open = desk?.items.length ?? 0;
  if (open > 0) add("warning", `${count(open)}${desk?.next_cursor ? " or more" : ""} differences between Alpha and the cache are open`, "Answer them");
  return found;
}

function ofSignals({ signals }: Known): Item[] {
  const critical = signals?.items.filter((signal) => signal.severity === "critical") ?? [];
  return critical.length > 0 ? [{ severity: "critical", text: `${count(critical.length)} critical signals stand: ${critical[0].text}${critical.length > 1 ? " …" : ""}`, page: "/alerts", action: "Review and dispatch" }] : [];
}

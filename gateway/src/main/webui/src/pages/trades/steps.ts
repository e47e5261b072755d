import type { Card, Report } from "../../api/schema/trades";
import { age, count, time, words } from "../../format";
import type { Step } from "../../ui/RunStepper";
import { isFull } from "./gate";

/** Where the operator's sequence stands: what this page has seen of it, and what the card knows. */
export function steps(card: Card, preview: Report | null, report: Report | null, now: number): Step[] {
  const seen = report ?? preview;
  const diagnosed = seen !== null && isFull(seen);
  return [
    seen
      ? { name: "Preview", state: seen.rejected > 0 ? "trouble" : "done", note: `${count(seen.fetched)} fetched, ${count(seen.rejected)} rejected, run ${seen.run_id}` }
      : { name: "Preview", state: "now", note: "what is new at Alpha?" },
    diagnosed
      ? { name: "Diagnose", state: seen.clean ? "done" : "trouble", note: seen.clean ? "clean" : differences(seen) }
      : { name: "Diagnose", state: "ahead", note: "is the whole scope loaded?" },
    {
      name: "Sync",
      state: card.last_error ? "trouble" : report && !report.dry_run ? "done" : "ahead",
      note: card.last_error ? "the last run failed" : card.last_successful_sync_at ? `last ${age(card.last_successful_sync_at, now)}, ${time(card.last_successful_sync_at)}` : "never yet",
    },
    enriched(card),
  ];
}

/** What holds a full-scope verdict back, in counts. */
export function differences(report: Report): string {
  const found: [number, string][] = [
    [report.unmatched_source_trade_ids?.length ?? 0, "only at the source"],
    [report.unmatched_local_trade_ids?.length ?? 0, "only in the cache"],
    [new Set(report.mismatched_trades?.map((of) => of.trade_id)).size, "with fields that differ"],
    [report.quarantined_count ?? 0, "in quarantine"],
  ];
  return found.flatMap(([n, what]) => (n > 0 ? [`${count(n)} ${what}`] : [])).join(", ") || "totals differ";
}

function enriched(card: Card): Step {
  if (card.owed_enrichment.count > 0) return { name: "Enriched", state: "trouble", note: `${card.owed_enrichment.count} runs owed since ${time(card.owed_enrichment.oldest)}` };
  const last = card.last_analytics_summary;
  if (!last) return { name: "Enriched", state: "ahead", note: "no post-sync run yet" };
  return { name: "Enriched", state: last.status === "ok" ? "done" : "trouble", note: `${words(last.status)}: ${count(last.rows_processed)} rows in the last post-sync run` };
}

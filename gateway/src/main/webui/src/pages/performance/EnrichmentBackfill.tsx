import { useState } from "react";
import { useJob } from "../../api/jobs";
import { useSession } from "../../api/query";
import { Enriched, Marked } from "../../api/schema/performance";
import { count, words } from "../../format";
import { JobProgress } from "../../ui/JobProgress";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";

const CHANGED = ["/api/internal/trades/analytics", "/api/internal/trades/performance"];

/** The runbook's two backfills: enrichment, and forward marks as a batch of their own; each as a dry run first. */
export function EnrichmentBackfill(props: { portfolio: string | undefined }) {
  const session = useSession();
  const [dryRun, setDryRun] = useState(true);
  const [limit, setLimit] = useState(500);
  const [lookback, setLookback] = useState(365);
  const enrichment = useJob<typeof Enriched, object>("/api/internal/trades/analytics/backfill", Enriched, CHANGED);
  const marks = useJob<typeof Marked, object>("/api/internal/trades/outcomes/backfill", Marked, CHANGED);
  const scope = { source: "alpha_sync", limit, dry_run: dryRun, ...(props.portfolio ? { portfolio: props.portfolio } : {}) };
  const busy = !session.data?.signed_in || enrichment.isPending || marks.isPending;
  return (
    <Section title="Enrichment backfill">
      <div className="row">
        <label>
          Limit <input type="number" min={1} max={1_000_000} value={limit} onChange={(e) => setLimit(e.target.valueAsNumber || 1)} />
        </label>
        <label>
          Lookback of marks, days <input type="number" min={1} max={3650} value={lookback} onChange={(e) => setLookback(e.target.valueAsNumber || 1)} />
        </label>
        <label>
          <input type="checkbox" checked={dryRun} onChange={(e) => setDryRun(e.target.checked)} /> Dry run
        </label>
        <button type="button" className="main" disabled={busy} onClick={() => enrichment.mutate(scope)}>
          {dryRun ? "Try enrichment" : "Enrich"}
        </button>
        <button type="button" className="main" disabled={busy} onClick={() => marks.mutate({ ...scope, lookback_days: lookback })}>
          {dryRun ? "Try forward marks" : "Mark"}
        </button>
        {session.data && !session.data.signed_in && <small>Sign in to backfill.</small>}
      </div>
      {[enrichment, marks].map(
        (run, i) =>
          (run.isPending && <JobProgress key={i} label="backfill is running" job={run.job} cancel={run.cancel} />) ||
          (run.isError && (
            <Notice key={i} tone="bad">
              {run.error.message}
            </Notice>
          )),
      )}
      {enrichment.data && <EnrichedResult of={enrichment.data} />}
      {marks.data && <MarkedResult of={marks.data} />}
    </Section>
  );
}

function EnrichedResult(props: { of: import("valibot").InferOutput<typeof Enriched> }) {
  return (
    <>
      <p>
        <State value={props.of.status} /> {count(props.of.rows_processed)} rows processed{props.of.dry_run && ", nothing written"}
      </p>
      <Table
        label="steps of the enrichment"
        rows={props.of.steps}
        rowKey={(s) => s.name}
        columns={[
          { head: "Step", cell: (s) => words(s.name) },
          { head: "Status", cell: (s) => <State value={s.status} /> },
          { head: "Processed", set: "n", cell: (s) => count(s.rows_processed) },
          { head: "Written", set: "n", cell: (s) => count(s.rows_written) },
          { head: "Reason", set: "wrap", cell: (s) => words(s.reason) },
        ]}
      />
    </>
  );
}

const counts = (of: Record<string, number>) =>
  Object.entries(of)
    .map(([name, n]) => `${count(n)} ${words(name)}`)
    .join(", ");

function MarkedResult(props: { of: import("valibot").InferOutput<typeof Marked> }) {
  return (
    <>
      <p>
        <State value={props.of.status} /> {count(props.of.executions)} executions, {count(props.of.rows_written)} marks written{props.of.dry_run && " (dry run)"}
      </p>
      {props.of.errors.map((error) => (
        <Notice key={error} tone="bad">
          {error}
        </Notice>
      ))}
      <Table
        label="marks by horizon"
        rows={props.of.horizons}
        rowKey={(h) => h.horizon_days}
        columns={[
          { head: "Horizon", cell: (h) => `${h.horizon_days} d` },
          { head: "States", set: "wrap", cell: (h) => counts(h.states) },
          { head: "Unavailable or owed for", set: "wrap", cell: (h) => counts(h.reasons) },
        ]}
      />
    </>
  );
}

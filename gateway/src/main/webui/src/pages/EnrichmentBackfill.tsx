import { useState } from "react";
import { useJob, useSession } from "../api";
import { words } from "../format";
import { JobProgress, Rows, State } from "../parts";

interface Summary {
  status: string;
  dry_run: boolean;
  rows_processed: number;
  steps: { name: string; status: string; rows_processed: number; rows_written: number; reason: string | null }[];
  errors: { step: string; reason: string }[];
}

interface Marks {
  status: string;
  dry_run: boolean;
  executions: number;
  rows_written: number;
  horizons: { horizon_days: number; states: Record<string, number>; reasons: Record<string, number> }[];
  errors: string[];
}

const counts = (of: Record<string, number>) =>
  Object.entries(of)
    .map(([name, n]) => `${n} ${words(name)}`)
    .join(", ");

/** The runbook's two backfills: enrichment, and forward marks as a batch of their own; each as a dry run first. */
export function EnrichmentBackfill(props: { portfolio: string }) {
  const session = useSession();
  const [dryRun, setDryRun] = useState(true);
  const [limit, setLimit] = useState(500);
  const [lookback, setLookback] = useState(365);
  const enrichment = useJob<object, Summary>("/api/internal/trades/analytics/backfill");
  const marks = useJob<object, Marks>("/api/internal/trades/outcomes/backfill");
  const scope = { source: "alpha_sync", limit, dry_run: dryRun, ...(props.portfolio ? { portfolio: props.portfolio } : {}) };
  const busy = !session.data?.signed_in || enrichment.isPending || marks.isPending;
  return (
    <section className="panel wide" aria-label="Enrichment backfill">
      <header>
        <h2>Enrichment backfill</h2>
      </header>
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
        <button className="main" disabled={busy} onClick={() => enrichment.mutate(scope)}>
          {dryRun ? "Try enrichment" : "Enrich"}
        </button>
        <button className="main" disabled={busy} onClick={() => marks.mutate({ ...scope, lookback_days: lookback })}>
          {dryRun ? "Try forward marks" : "Mark"}
        </button>
        {!session.data?.signed_in && <small>Sign in to backfill.</small>}
      </div>
      {[enrichment, marks].map(
        (run, i) =>
          (run.isPending && <JobProgress key={i} label="backfill is running" job={run.job} cancel={run.cancel} />) ||
          (run.isError && (
            <div key={i} className="notice bad" role="alert">
              {run.error.message}
            </div>
          )),
      )}
      {enrichment.data && (
        <>
          <p>
            <State value={enrichment.data.status} /> {enrichment.data.rows_processed} rows processed{enrichment.data.dry_run && ", nothing written"}
          </p>
          <Rows
            rows={enrichment.data.steps}
            rowKey={(s) => s.name}
            columns={[
              { head: "Step", cell: (s) => words(s.name) },
              { head: "Status", cell: (s) => <State value={s.status} /> },
              { head: "Processed", set: "n", cell: (s) => s.rows_processed },
              { head: "Written", set: "n", cell: (s) => s.rows_written },
              { head: "Reason", cell: (s) => words(s.reason) },
            ]}
          />
        </>
      )}
      {marks.data && (
        <>
          <p>
            <State value={marks.data.status} /> {marks.data.executions} executions, {marks.data.rows_written} marks written{marks.data.dry_run && " (dry run)"}
          </p>
          {marks.data.errors.map((error) => (
            <div key={error} className="notice bad" role="alert">
              {error}
            </div>
          ))}
          <Rows
            rows={marks.data.horizons}
            rowKey={(h) => h.horizon_days}
            columns={[
              { head: "Horizon", cell: (h) => `${h.horizon_days} d` },
              { head: "States", cell: (h) => counts(h.states) },
              { head: "Unavailable or owed for", set: "wrap", cell: (h) => counts(h.reasons) },
            ]}
          />
        </>
      )}
    </section>
  );
}

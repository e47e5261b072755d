import type { Report } from "../../api/schema/trades";
import { count, DASH, number, time, words } from "../../format";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";
import { Mismatches } from "./Mismatches";
import { StepLines } from "./StepLines";

interface Side {
  what: string;
  source: string;
  cached: string;
  delta: string;
}

/** What a run found: counts, both sides beside one another, its verdict and its parts by portfolio. */
export function SyncResult(props: { report: Report }) {
  const r = props.report;
  return (
    <div data-testid="sync-result">
      <p>
        <b>{r.dry_run ? "Preview" : "Real sync"}</b> · diagnostic scope <b>{words(r.diagnostic_scope)}</b> · {time(r.finished_at)} · run {r.run_id}
      </p>
      {r.clean !== null && (
        <p>
          <State value={r.clean ? "ok" : "suspicious"} /> {r.clean ? "The scope is fully loaded." : "The cache and the source differ."}
        </p>
      )}
      <Table label="counts of the run" rows={[r]} rowKey={(of) => of.run_id} columns={COUNTS} />
      <Table
        label="source and cache"
        rows={sides(r)}
        rowKey={(s) => s.what}
        columns={[
          { head: "", cell: (s) => s.what },
          { head: "Source", set: "n", cell: (s) => s.source },
          { head: "Cached", set: "n", cell: (s) => s.cached },
          { head: "Delta", set: "n", cell: (s) => s.delta },
        ]}
      />
      <Parts report={r} />
      {r.from_future > 0 && <Ids label="Dated later than Alpha's own clock" ids={r.from_future_trade_ids} />}
      <Ids label="Unmatched source ids" ids={r.unmatched_source_trade_ids} />
      <Ids label="Unmatched local ids" ids={r.unmatched_local_trade_ids} />
      <Mismatches report={r} />
      {r.analytics && (
        <div>
          Post-sync analytics: <State value={r.analytics.status} /> {r.analytics.reason ?? ""}
          {r.analytics.summary && <StepLines summary={r.analytics.summary} />}
        </div>
      )}
    </div>
  );
}

const COUNTS = (
  [
    ["Fetched", (r) => r.fetched],
    ["Normalized", (r) => r.normalized],
    ["Rejected", (r) => r.rejected],
    ["Inserted", (r) => r.inserted],
    ["Updated", (r) => r.updated],
    ["Unchanged", (r) => r.unchanged],
    ["Overlap unchanged", (r) => r.overlap_unchanged],
    ["Served twice", (r) => r.duplicates],
    ["Dismissed", (r) => r.dismissed],
    ["In quarantine", (r) => r.quarantined_count],
  ] as [string, (r: Report) => number | null | undefined][]
).map(([head, of]) => ({ head, set: "n" as const, cell: (r: Report) => count(of(r)) }));

function sides(r: Report): Side[] {
  const rows = r.source_row_count == null ? [] : [{ what: "Rows", source: count(r.source_row_count), cached: count(r.local_scope_row_count), delta: count(r.source_row_count - (r.local_scope_row_count ?? 0)) }];
  const gross = r.gross_premium_delta_usd == null ? [] : [{ what: "Gross premium change, USD", source: DASH, cached: DASH, delta: number(r.gross_premium_delta_usd) }];
  return [
    ...rows,
    { what: "Quantity, contracts", source: number(r.source_total_quantity, 1), cached: number(r.local_total_quantity, 1), delta: number(r.quantity_delta, 1) },
    { what: "Premium, USD", source: number(r.source_total_premium_usd), cached: number(r.local_total_premium_usd), delta: number(r.premium_delta_usd) },
    ...gross,
  ];
}

/** A run by portfolio; of a full scope with the rows on both sides and what differs. */
function Parts(props: { report: Report }) {
  const whole = props.report.source_row_count != null;
  return (
    <Table
      label="by portfolio"
      rows={props.report.portfolios}
      rowKey={(p) => p.portfolio}
      columns={[
        { head: "Portfolio", cell: (p) => p.portfolio },
        { head: "State", cell: (p) => <State value={p.state} /> },
        { head: "New", set: "n", cell: (p) => count(p.inserted) },
        { head: "Changed", set: "n", cell: (p) => count(p.updated) },
        ...(whole
          ? [
              { head: "Source rows", set: "n" as const, cell: (p: Report["portfolios"][number]) => count(p.source_row_count) },
              { head: "Cached rows", set: "n" as const, cell: (p: Report["portfolios"][number]) => count(p.local_scope_row_count) },
              { head: "Only source", set: "n" as const, cell: (p: Report["portfolios"][number]) => count(p.unmatched_source_count) },
              { head: "Only cache", set: "n" as const, cell: (p: Report["portfolios"][number]) => count(p.unmatched_local_count) },
              { head: "Differ", set: "n" as const, cell: (p: Report["portfolios"][number]) => count(p.mismatched_count) },
              { head: "In quarantine", set: "n" as const, cell: (p: Report["portfolios"][number]) => count(p.quarantined_count) },
            ]
          : []),
        { head: "Quantity delta", set: "n", cell: (p) => number(p.quantity_delta, 1) },
        { head: "Premium delta, USD", set: "n", cell: (p) => number(p.premium_delta_usd) },
      ]}
    />
  );
}

function Ids(props: { label: string; ids?: string[] | null }) {
  if (!props.ids) return null;
  return (
    <p>
      {props.label}: {props.ids.length === 0 ? "none" : props.ids.slice(0, 50).join(", ")}
      {props.ids.length > 50 && ` and ${count(props.ids.length - 50)} more`}
    </p>
  );
}

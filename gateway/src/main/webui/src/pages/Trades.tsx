import { type ColumnDef, flexRender, getCoreRowModel, getSortedRowModel, type SortingState, useReactTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { useApi, useJob, useSession } from "../api";
import { age, DASH, number, time, usd, words } from "../format";
import { CsvButton, JobProgress, Panel, Rows, State, useParam } from "../parts";
import { sortable } from "../sorting";
import { Differences, Quarantine } from "./TradesDesk";

interface Trade {
  source_trade_id: string;
  portfolio: string;
  status: string;
  recon_status: string;
  symbol: string;
  side: string;
  quantity: number;
  price: number;
  currency: string;
  multiplier: number;
  premium_usd: number;
  computed_premium_usd: number | null;
  premium_disagrees: boolean;
  identity: string;
  identity_reason: string | null;
  retired_at: string | null;
  fees_usd: number | null;
  executed_at: string | null;
}

interface Summary {
  status: string;
  rows_processed: number;
  steps: { name: string; status: string; rows_processed: number }[];
  errors: { step: string; reason: string }[];
}

interface Analytics {
  status: string;
  reason: string | null;
  summary: Summary | null;
}

interface Part {
  portfolio: string;
  state: string;
  inserted: number;
  updated: number;
  source_row_count?: number;
  local_scope_row_count?: number;
  quantity_delta: number;
  premium_delta_usd: number;
}

interface Report {
  run_id: number;
  dry_run: boolean;
  diagnostic_scope: string;
  fetched: number;
  normalized: number;
  rejected: number;
  inserted: number;
  updated: number;
  unchanged: number;
  overlap_unchanged: number;
  premium_delta_usd: number;
  quantity_delta: number;
  source_row_count?: number;
  local_scope_row_count?: number;
  source_total_quantity?: number;
  local_total_quantity?: number;
  source_total_premium_usd?: number;
  local_total_premium_usd?: number;
  unmatched_source_trade_ids?: string[];
  unmatched_local_trade_ids?: string[];
  mismatched_trades?: { trade_id: string; field: string; source_value: string | null; local_value: string | null }[];
  premium_disagrees?: { trade_id: string; source_premium_usd: number; computed_premium_usd: number }[];
  from_future: number;
  from_future_trade_ids: string[];
  portfolios: Part[];
  exceptions: { name: string; kind: string; reason: string }[];
  clean: boolean | null;
  finished_at: string;
  analytics: Analytics | null;
}

interface Card {
  portfolio_names: string[];
  include_pending: boolean;
  configuration: { state: string; errors: string[]; profile: string | null };
  last_successful_sync_at: string | null;
  watermark: { updated_at: string; trade_id: string } | null;
  last_error: string | null;
  owed_enrichment: { count: number; oldest: string | null; last_error: string | null };
  open_rejected: number;
  contract_identities: Record<string, number>;
  alarms: { kind: string; severity: string; text: string; since: string | null; trade_ids: string[] }[];
  last_analytics_summary: Summary | null;
}

/** Each step of a post-sync run, and what went wrong. */
function Steps(props: { summary: Summary }) {
  return (
    <>
      {props.summary.steps.map((step) => (
        <small key={step.name} style={{ display: "block" }}>
          {words(step.name)}: {words(step.status)}, {step.rows_processed} rows
        </small>
      ))}
      {props.summary.errors.map((error) => (
        <small key={error.step + error.reason} style={{ display: "block" }}>
          {words(error.step)}: {error.reason}
        </small>
      ))}
    </>
  );
}

function Result(props: { report: Report }) {
  const r = props.report;
  return (
    <div data-testid="sync-result">
      <p>
        <b>{r.dry_run ? "Preview" : "Real sync"}</b> · diagnostic scope <b>{words(r.diagnostic_scope)}</b> · {time(r.finished_at)} · run {r.run_id}
      </p>
      <div className="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th>Fetched</th>
              <th>Normalized</th>
              <th>Rejected</th>
              <th>Inserted</th>
              <th>Updated</th>
              <th>Unchanged</th>
              <th>Overlap unchanged</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>{r.fetched}</td>
              <td>{r.normalized}</td>
              <td>{r.rejected}</td>
              <td>{r.inserted}</td>
              <td>{r.updated}</td>
              <td>{r.unchanged}</td>
              <td>{r.overlap_unchanged}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <div className="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th></th>
              <th className="n">Source</th>
              <th className="n">Cached</th>
              <th className="n">Delta</th>
            </tr>
          </thead>
          <tbody>
            {r.source_row_count !== undefined && (
              <tr>
                <td>Rows</td>
                <td className="n">{r.source_row_count}</td>
                <td className="n">{r.local_scope_row_count}</td>
                <td className="n">{r.source_row_count - (r.local_scope_row_count ?? 0)}</td>
              </tr>
            )}
            <tr>
              <td>Quantity, contracts</td>
              <td className="n">{number(r.source_total_quantity, 1)}</td>
              <td className="n">{number(r.local_total_quantity, 1)}</td>
              <td className="n">{number(r.quantity_delta, 1)}</td>
            </tr>
            <tr>
              <td>Premium, USD</td>
              <td className="n">{number(r.source_total_premium_usd)}</td>
              <td className="n">{number(r.local_total_premium_usd)}</td>
              <td className="n">{number(r.premium_delta_usd)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      {r.clean !== null && (
        <p>
          <State value={r.clean ? "ok" : "suspicious"} /> {r.clean ? "The scope is fully loaded." : "The cache and the source differ."}
        </p>
      )}
      <Parts parts={r.portfolios} />
      {r.from_future > 0 && <Ids label="Dated later than Alpha's own clock" ids={r.from_future_trade_ids} />}
      <Ids label="Unmatched source ids" ids={r.unmatched_source_trade_ids} />
      <Ids label="Unmatched local ids" ids={r.unmatched_local_trade_ids} />
      {r.mismatched_trades && r.mismatched_trades.length > 0 && (
        <details open>
          <summary>Mismatched fields ({r.mismatched_trades.length})</summary>
          {r.mismatched_trades.slice(0, 200).map((m) => (
            <div key={m.trade_id + m.field}>
              {m.trade_id} {m.field}: source {m.source_value ?? DASH}, cached {m.local_value ?? DASH}
            </div>
          ))}
        </details>
      )}
      {r.premium_disagrees && r.premium_disagrees.length > 0 && (
        <details>
          <summary>Alpha's premium is used, and differs from quantity × price × multiplier ({r.premium_disagrees.length})</summary>
          {r.premium_disagrees.slice(0, 200).map((p) => (
            <div key={p.trade_id}>
              {p.trade_id}: Alpha {number(p.source_premium_usd)}, computed {number(p.computed_premium_usd)}
            </div>
          ))}
        </details>
      )}
      {r.analytics && (
        <p>
          Post-sync analytics: <State value={r.analytics.status} /> {r.analytics.reason ?? ""}{" "}
          {r.analytics.summary && `${r.analytics.summary.rows_processed} rows processed`}
          {r.analytics.summary && <Steps summary={r.analytics.summary} />}
        </p>
      )}
    </div>
  );
}

/** A run by portfolio; of a full scope with the rows on both sides. */
function Parts(props: { parts: Part[] }) {
  return (
    <Rows
      rows={props.parts}
      rowKey={(p) => p.portfolio}
      columns={[
        { head: "Portfolio", cell: (p) => p.portfolio },
        { head: "State", cell: (p) => words(p.state) },
        { head: "New", set: "n", cell: (p) => p.inserted },
        { head: "Changed", set: "n", cell: (p) => p.updated },
        { head: "Source rows", set: "n", cell: (p) => p.source_row_count ?? DASH },
        { head: "Cached rows", set: "n", cell: (p) => p.local_scope_row_count ?? DASH },
        { head: "Quantity delta", set: "n", cell: (p) => number(p.quantity_delta, 1) },
        { head: "Premium delta, USD", set: "n", cell: (p) => number(p.premium_delta_usd) },
      ]}
    />
  );
}

/** What a sync does not mend: each has to be accepted by its name. */
function ExceptionList(props: { exceptions: Report["exceptions"]; accepted: string[]; set: (names: string[]) => void }) {
  if (props.exceptions.length === 0) return null;
  const toggle = (name: string, on: boolean) => props.set(on ? [...props.accepted, name] : props.accepted.filter((n) => n !== name));
  return (
    <fieldset>
      <legend>Exceptions of this preview: a real sync needs each of them accepted</legend>
      {props.exceptions.map((e) => (
        <label key={e.name + e.kind} style={{ display: "block" }}>
          <input type="checkbox" checked={props.accepted.includes(e.name)} onChange={(change) => toggle(e.name, change.target.checked)} /> <b>{e.name}</b> {words(e.kind)}: {words(e.reason)}
        </label>
      ))}
    </fieldset>
  );
}

function Ids(props: { label: string; ids?: string[] }) {
  if (!props.ids) return null;
  return (
    <p>
      {props.label}: {props.ids.length === 0 ? "none" : props.ids.slice(0, 50).join(", ")}
      {props.ids.length > 50 && ` and ${props.ids.length - 50} more`}
    </p>
  );
}

function SyncCard() {
  const card = useApi<Card>("/api/internal/trades/sync/status?source=alpha_sync", 30_000);
  const session = useSession();
  const sync = useJob<object, Report>("/api/internal/trades/sync");
  const [dryRun, setDryRun] = useState(true);
  const [full, setFull] = useState(false);
  const [preview, setPreview] = useState<Report | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const confirm = useRef<HTMLDialogElement>(null);
  const [pending, setPending] = useState<boolean | null>(null);
  const [accepted, setAccepted] = useState<string[]>([]);
  const acceptable = preview !== null && preview.exceptions.every((e) => accepted.includes(e.name));
  const run = () => {
    confirm.current?.close();
    sync.mutate(
      {
        source: "alpha_sync",
        dry_run: dryRun,
        full_scope_diagnostic: full,
        ...(pending === null ? {} : { include_pending: pending }),
        ...(dryRun ? {} : { preview_run_id: preview?.run_id, accept: accepted }),
      },
      {
        onSuccess: (result) => {
          setReport(result);
          setPreview(result.dry_run ? result : null);
          setAccepted([]);
          if (!result.dry_run) setDryRun(true);
        },
      },
    );
  };
  return (
    <Panel title="OMS/PMS Sync" query={card} wide>
      {(c) => (
        <>
          {c.configuration.state !== "ok" && (
            <div className="notice bad" role="alert">
              <b>Configuration error:</b> {c.configuration.errors.join("; ")}
            </div>
          )}
          {c.last_error && (
            <div className="notice bad">
              <b>Last run failed:</b> {c.last_error}
            </div>
          )}
          {c.alarms.map((a) => (
            <div className="notice warn" role="alert" key={a.kind}>
              <b>{words(a.kind)}:</b> {a.text} {a.since && `(since ${time(a.since)})`} {a.trade_ids.slice(0, 20).join(", ")}
            </div>
          ))}
          <dl>
            <dt>Portfolios</dt>
            <dd>{[...c.portfolio_names].reverse().join(", ")}</dd>
            <dt>Include pending</dt>
            <dd>{c.include_pending ? "yes" : "no"}</dd>
            <dt>Last successful sync</dt>
            <dd>
              {time(c.last_successful_sync_at)} {c.last_successful_sync_at && <small>{age(c.last_successful_sync_at)}</small>}
            </dd>
            <dt>Watermark</dt>
            <dd>{c.watermark ? `${time(c.watermark.updated_at)} · ${c.watermark.trade_id}` : DASH}</dd>
            <dt>Rejected rows open</dt>
            <dd>{c.open_rejected}</dd>
            <dt>Feed profile</dt>
            <dd>{c.configuration.profile ?? DASH}</dd>
            <dt>Contracts that are no standard listing</dt>
            <dd>
              {Object.entries(c.contract_identities)
                .map(([status, n]) => `${words(status)} ${n}`)
                .join(", ") || "none"}
            </dd>
            <dt>Enrichment</dt>
            <dd>
              {c.owed_enrichment.count > 0 ? (
                <>
                  <State value="partial" /> {c.owed_enrichment.count} runs owed since {time(c.owed_enrichment.oldest)}
                </>
              ) : c.last_analytics_summary ? (
                <>
                  <State value={c.last_analytics_summary.status} /> {c.last_analytics_summary.rows_processed} rows in the last post-sync run
                  <Steps summary={c.last_analytics_summary} />
                </>
              ) : (
                "no post-sync run yet"
              )}
            </dd>
          </dl>
          <div className="row">
            <label>
              <input type="checkbox" checked={dryRun} onChange={(e) => setDryRun(e.target.checked)} /> Dry run
            </label>
            <label>
              <input type="checkbox" checked={full} onChange={(e) => setFull(e.target.checked)} /> Full-scope diagnostic
            </label>
            <label>
              <input type="checkbox" checked={pending ?? c.include_pending} onChange={(e) => setPending(e.target.checked)} /> Include pending
            </label>
            <button
              className="main"
              disabled={sync.isPending || !session.data?.signed_in || (!dryRun && !acceptable)}
              onClick={() => (dryRun ? run() : confirm.current?.showModal())}
            >
              {dryRun ? "Preview" : "Sync for real"}
            </button>
            {!session.data?.signed_in && <small>Sign in to run a preview or a sync.</small>}
            {!dryRun && !acceptable && <small>A real sync needs an acceptable preview first.</small>}
          </div>
          {sync.isPending && <JobProgress label="sync is running" job={sync.job} cancel={sync.cancel} />}
          {sync.isError && (
            <div className="notice bad" role="alert">
              <b>Failed:</b> {sync.error.message}
            </div>
          )}
          <dialog ref={confirm} aria-label="confirm the sync">
            <p>
              Write {preview?.inserted ?? 0} new and {preview?.updated ?? 0} changed executions into the cache?
            </p>
            <button className="main" onClick={run}>
              Yes, sync
            </button>{" "}
            <button onClick={() => confirm.current?.close()}>Cancel</button>
          </dialog>
          {report && <Result report={report} />}
          {report?.dry_run && <ExceptionList exceptions={report.exceptions} accepted={accepted} set={setAccepted} />}
        </>
      )}
    </Panel>
  );
}

const COLUMNS: ColumnDef<Trade>[] = [
  { ...sortable<Trade>("executed_at", "time"), header: "Executed", cell: (c) => time(c.getValue<string | null>()) },
  { ...sortable<Trade>("portfolio", "text"), header: "Portfolio" },
  {
    ...sortable<Trade>("symbol", "text"),
    header: "Contract",
    cell: (c) => (
      <>
        {c.getValue<string>()}{" "}
        {c.row.original.identity !== "exact_listed" && (
          <span className="state" title={words(c.row.original.identity_reason)}>
            {words(c.row.original.identity)}
          </span>
        )}
        {c.row.original.retired_at && <span className="state">retired</span>}
      </>
    ),
  },
  { ...sortable<Trade>("side", "text"), header: "Side", cell: (c) => words(c.getValue<string>()) },
  { ...sortable<Trade>("status", "text"), header: "Status" },
  { ...sortable<Trade>("recon_status", "text"), header: "Recon", cell: (c) => words(c.getValue<string>()) },
  { ...sortable<Trade>("quantity", "number"), header: "Quantity", meta: "n", cell: (c) => number(c.getValue<number>(), 0) },
  {
    ...sortable<Trade>("price", "number"),
    header: "Price (per share)",
    meta: "n",
    cell: (c) => `${number(c.getValue<number>())}${c.row.original.currency === "USD" ? "" : ` ${c.row.original.currency}`}`,
  },
  { ...sortable<Trade>("multiplier", "number"), header: "Multiplier", meta: "n" },
  {
    ...sortable<Trade>("premium_usd", "number"),
    header: "Premium USD",
    meta: "n",
    cell: (c) => (
      <>
        {c.row.original.premium_disagrees && (
          <span className="state suspicious" title={`quantity × price × multiplier comes to ${number(c.row.original.computed_premium_usd)}`}>
            disagrees
          </span>
        )}{" "}
        {number(c.getValue<number>())}
      </>
    ),
  },
  { ...sortable<Trade>("fees_usd", "number"), header: "Fees USD", meta: "n", cell: (c) => number(c.getValue<number | null>()) },
  { ...sortable<Trade>("source_trade_id", "text"), header: "Id", cell: (c) => <a href={`/performance?trade=${encodeURIComponent(c.getValue<string>())}`}>{c.getValue<string>()}</a> },
];

function Table(props: { rows: Trade[] }) {
  const [sorting, setSorting] = useState<SortingState>([]);
  const table = useReactTable({
    data: props.rows,
    columns: COLUMNS,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const box = useRef<HTMLDivElement>(null);
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => 30, overscan: 12 });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="scroll" ref={box} tabIndex={0} aria-label="trades">
      <table>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((h) => (
                <th key={h.id} className={h.column.columnDef.meta as string} aria-sort={h.column.getIsSorted() ? (h.column.getIsSorted() === "asc" ? "ascending" : "descending") : undefined}>
                  <button onClick={h.column.getToggleSortingHandler()}>
                    {flexRender(h.column.columnDef.header, h.getContext())} {{ asc: "↑", desc: "↓" }[h.column.getIsSorted() as string] ?? ""}
                  </button>
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {items.map((item) => {
            const row = rows[item.index];
            return (
              <tr key={row.id}>
                {row.getVisibleCells().map((cell) => (
                  <td key={cell.id} className={cell.column.columnDef.meta as string}>
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

export function Trades() {
  const [portfolio, setPortfolio] = useParam("portfolio", "");
  const [underlying, setUnderlying] = useParam("underlying", "");
  const [recon, setRecon] = useParam("recon_status", "");
  const [q, setQ] = useParam("q", "");
  const filter = useMemo(() => new URLSearchParams(Object.entries({ portfolio, underlying, recon_status: recon, q }).filter(([, v]) => v)), [portfolio, underlying, recon, q]);
  const card = useApi<Card>("/api/internal/trades/sync/status?source=alpha_sync", 30_000);
  const contracts = useApi<{ items: { underlying: string }[] }>("/api/internal/contracts");
  const underlyings = [...new Set(contracts.data?.items.map((c) => c.underlying))];
  const trades = useApi<{ items: Trade[]; next_cursor: string | null }>(`/api/internal/trades?limit=10000&${filter}`);
  return (
    <>
      <div className="bar">
        <h1>Trades</h1>
      </div>
      <SyncCard />
      <Differences />
      <Quarantine />
      <div className="bar" aria-label="filters">
        <input type="search" placeholder="Filter by id or contract" aria-label="filter" value={q} onChange={(e) => setQ(e.target.value)} />
        <select aria-label="portfolio" value={portfolio} onChange={(e) => setPortfolio(e.target.value)}>
          <option value="">all portfolios</option>
          {card.data?.portfolio_names.map((name) => <option key={name}>{name}</option>)}
        </select>
        <select aria-label="underlying" value={underlying} onChange={(e) => setUnderlying(e.target.value)}>
          <option value="">all underlyings</option>
          {underlyings.map((name) => <option key={name}>{name}</option>)}
        </select>
        <select aria-label="recon status" value={recon} onChange={(e) => setRecon(e.target.value)}>
          <option value="">any recon status</option>
          {["matched", "unmatched", "break", "not_reconciled"].map((r) => (
            <option key={r} value={r}>
              {words(r)}
            </option>
          ))}
        </select>
      </div>
      <Panel title="Executions" query={trades} wide quality={(t) => (t.items.length ? { state: "ok" } : { state: "missing", reason: filter.size ? "no execution matches the filter" : "no execution is cached yet: run a sync" })} actions={
        <CsvButton path={`/api/internal/trades?${filter}`} name="trades.csv" />
      }>
        {(t) => (
          <>
            <p>
              {t.items.length} executions{t.next_cursor ? " (the first of more)" : ""}, premium {usd(t.items.reduce((sum, i) => sum + i.premium_usd, 0))}
            </p>
            <Table rows={t.items} />
          </>
        )}
      </Panel>
    </>
  );
}

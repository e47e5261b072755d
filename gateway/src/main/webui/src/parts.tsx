import { type UseQueryResult, useMutation } from "@tanstack/react-query";
import * as echarts from "echarts";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type ApiError, download, type Fig, type Job, useApi } from "./api";
import { age, DASH, time, words } from "./format";

interface Quality {
  state: string;
  reason?: string | null;
  asOf?: string | null;
}

/** One section of a page with its five faces: loading, data, no data, stale or degraded, error. */
export function Panel<T>(props: {
  title: string;
  query: UseQueryResult<T, ApiError>;
  quality?: (data: T) => Quality;
  wide?: boolean;
  actions?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const { query, title } = props;
  const quality = query.data && props.quality ? props.quality(query.data) : null;
  const none = quality && ["missing", "unavailable"].includes(quality.state);
  const doubtful = quality && ["stale", "degraded", "suspicious"].includes(quality.state);
  return (
    <section className={props.wide ? "panel wide" : "panel"} aria-busy={query.isPending} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {quality?.asOf && <small title={time(quality.asOf)}>{time(quality.asOf)}</small>}
        {props.actions}
      </header>
      {query.isPending && <div className="skeleton" role="status" aria-label={`loading ${title}`} />}
      {query.isError && (
        <div className="notice bad" role="alert">
          <b>Not available now.</b> {query.error.message}
          {query.error.traceId && <small> trace {query.error.traceId}</small>}
          <button onClick={() => query.refetch()}>Retry</button>
        </div>
      )}
      {query.data && none && (
        <div className="notice" data-face="no-data">
          <b>No data:</b> {words(quality.reason)}
        </div>
      )}
      {query.data && doubtful && (
        <div className="notice warn" data-face="degraded">
          <b>{words(quality.state)}</b> {quality.reason ? words(quality.reason) : ""} {quality.asOf ? `(${age(quality.asOf)})` : ""}
        </div>
      )}
      {query.data && !none && <div className={doubtful ? "dim" : undefined}>{props.children(query.data)}</div>}
    </section>
  );
}

/** Saves a list as CSV; a failure is told beside the button. */
export function CsvButton(props: { path: string; name: string }) {
  const save = useMutation<void, ApiError>({ mutationFn: () => download(props.path, "text/csv", props.name) });
  return (
    <>
      <button disabled={save.isPending} onClick={() => save.mutate()}>
        CSV
      </button>
      {save.isError && (
        <small className="bad" role="alert">
          not saved: {save.error.message}
        </small>
      )}
    </>
  );
}

/** How far a job is, and the way to stop it. */
export function JobProgress(props: { label: string; job: Job<unknown> | null; cancel: () => unknown }) {
  const { job } = props;
  const known = job?.total != null && job.done != null;
  return (
    <div className="row" data-testid="job-progress">
      <progress aria-label={props.label} max={known ? Math.max(job.total as number, job.done as number, 1) : undefined} value={known ? (job.done as number) : undefined} />
      <span>
        {words(job?.step ?? job?.status ?? "starting")} {job?.done != null && job.done.toLocaleString("en-US")}
        {known && ` of ${(job.total as number).toLocaleString("en-US")}`}
      </span>
      {job && (
        <button disabled={job.cancel_requested} onClick={props.cancel}>
          {job.cancel_requested ? "Stopping…" : "Stop"}
        </button>
      )}
    </div>
  );
}

/** A figure with its label; a missing one is a dash with its reason, a stale one is dimmed with its age. */
export function Figure(props: { label: string; figure?: Fig | null; text: (value: number) => string; number?: string; currency?: string; rawId?: number | null }) {
  const [open, setOpen] = useState(false);
  const figure = props.figure;
  const shown = figure?.value ?? figure?.last_value ?? null;
  const reason = figure?.value == null ? words(figure?.reason ?? "not served") : null;
  const when = figure?.as_of ? age(figure.as_of) : "";
  return (
    <div className={`figure ${figure?.state ?? ""}`}>
      <span className="label">{props.label}</span>
      <button
        className="value"
        title={reason ?? (figure?.as_of ? `${time(figure.as_of)}, ${when}` : undefined)}
        aria-label={`${props.label}: ${shown === null ? `not available, ${reason}` : reason ? `${props.text(shown)}, stale, ${when}` : props.text(shown)}`}
        onClick={() => props.number && setOpen(true)}
      >
        {shown === null ? DASH : props.text(shown)}
      </button>
      <small>{shown === null ? reason : reason ? `stale, ${when}` : when}</small>
      {open && props.number && <Lineage number={props.number} currency={props.currency} rawId={props.rawId} close={() => setOpen(false)} />}
    </div>
  );
}

interface LineageEntry {
  number: string;
  page: string;
  label: string;
  endpoint: string;
  field: string;
  formula: string;
  table: string;
  source: string;
  rows: { table: string; source_timestamp: string; rows: number; suspicious: number; raw: { id: number; sha256: string; received_at: string }[] }[] | null;
}

/** Where a number comes from: page, field, formula, rows, raw payload. */
function Lineage(props: { number: string; currency?: string; rawId?: number | null; close: () => void }) {
  const entry = useApi<LineageEntry>(`/api/lineage?number=${props.number}${props.currency ? `&currency=${props.currency}` : ""}`);
  const raw = useApi<{ sha256: string; received_at: string; endpoint: string }>(props.rawId ? `/api/snapshots/raw/${props.rawId}` : null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={props.close} aria-label="lineage">
      <h3>{entry.data?.label ?? props.number}</h3>
      {entry.isError && <p>{entry.error.message}</p>}
      {entry.data && (
        <dl>
          <dt>Endpoint and field</dt>
          <dd>
            <code>{entry.data.endpoint}</code> · <code>{entry.data.field}</code>
          </dd>
          <dt>Formula</dt>
          <dd>{entry.data.formula}</dd>
          <dt>Rows</dt>
          <dd>
            <code>{entry.data.table}</code>
            {entry.data.rows?.map((r) => (
              <div key={r.table} data-testid="lineage-rows">
                {r.rows} of <code>{r.table}</code> at {time(r.source_timestamp)}
                {r.suspicious > 0 && `, ${r.suspicious} suspicious left out`}
                {r.raw.map((p) => (
                  <div key={p.id}>
                    raw {p.id} <code>{p.sha256.slice(0, 16)}…</code> received {time(p.received_at)}
                  </div>
                ))}
              </div>
            ))}
          </dd>
          <dt>Raw payload</dt>
          <dd>
            {entry.data.source}
            {raw.data && (
              <>
                <br />
                <code>{raw.data.sha256.slice(0, 16)}…</code> received {time(raw.data.received_at)}
              </>
            )}
          </dd>
        </dl>
      )}
      <button onClick={() => dialog.current?.close()}>Close</button>
    </dialog>
  );
}

export interface Column<T> {
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** How its cells are set: numbers to the right, long texts over several lines. */
  set?: "n" | "wrap";
}

/** A plain table of rows that are all shown. */
export function Rows<T>(props: { columns: Column<T>[]; rows: T[]; rowKey: (row: T) => string | number }) {
  return (
    <div className="scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {props.columns.map((column, i) => (
              <th key={i} className={column.set}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)}>
              {props.columns.map((column, i) => (
                <td key={i} className={column.set}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** An ECharts chart that follows its size and the colour scheme. */
export function Chart(props: { option: echarts.EChartsCoreOption; label: string; height?: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const chart = echarts.init(box.current, dark ? "dark" : undefined, { renderer: "canvas" });
    chart.setOption({ backgroundColor: "transparent", animation: false, grid: { left: 64, right: 24, top: 32, bottom: 36 }, tooltip: { trigger: "axis" }, ...props.option });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [props.option]);
  return <div ref={box} role="img" aria-label={props.label} style={{ height: props.height ?? 260 }} />;
}

export function Currency(props: { value: string; set: (value: string) => void }) {
  return (
    <div className="tabs" role="tablist" aria-label="currency">
      {["BTC", "ETH", "SOL"].map((c) => (
        <button key={c} role="tab" aria-selected={c === props.value} onClick={() => props.set(c)}>
          {c}
        </button>
      ))}
    </div>
  );
}

/** A value kept in the page's address. */
export function useParam(name: string, fallback: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => new URLSearchParams(location.search).get(name) ?? fallback);
  return [
    value,
    (next) => {
      const query = new URLSearchParams(location.search);
      if (next === fallback) query.delete(name);
      else query.set(name, next);
      history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
      setValue(next);
    },
  ];
}

export function State(props: { value: string | null | undefined }) {
  return <span className={`state ${props.value ?? "missing"}`}>{words(props.value)}</span>;
}

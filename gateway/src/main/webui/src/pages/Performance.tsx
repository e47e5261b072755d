import { useMemo } from "react";
import { useApi } from "../api";
import { DASH, number, percent, time, usd, words } from "../format";
import { Chart, Panel, Rows, State, useParam } from "../parts";
import { EnrichmentBackfill } from "./EnrichmentBackfill";
import { Story } from "./Story";

interface Average {
  mean: number | null;
  total: number | null;
  n: number;
  left_out: number;
  left_out_by: { state: string; reason: string | null; executions: number }[];
}

interface Measure {
  weighted_mean: number | null;
  median: number | null;
  trimmed_mean: number | null;
  interval: [number, number] | null;
  interval_reason: string | null;
  independent_n: number;
  total: number | null;
  n: number;
  left_out: number;
  left_out_by: Average["left_out_by"];
}

interface MarkOut {
  horizon_days: number;
  pnl_usd: Average;
  interval: [number, number] | null;
  interval_reason: string | null;
  independent_n: number;
  hit_rate: number | null;
  pending: number;
  stale: number;
  rolled: number;
  estimated: number;
}

interface Slice {
  dimension: string;
  key: string;
  trades: number;
  execution_quality: { slippage_bps: Measure; slippage_usd: Measure; slippage_vol_points: Measure; effective_spread: Measure; fees_usd: Average };
  outcomes: MarkOut[];
  alignment: { labels: Record<string, number>; score: Average; direction_assumed: number };
}

interface Answer {
  as_of: string;
  portfolios: string[];
  overall: Slice;
  slices: Slice[];
  missing_inputs: { input: string; horizon_days: number | null; state: string; reason: string | null; executions: number }[];
}

interface Status {
  quality: Record<string, number>;
  freshness: { last_successful_sync_at: string | null; last_error: string | null };
  projection: { caught_up_at: string | null; lag_seconds: number | null };
  last_runs: { id: number; kind: string; status: string; started_at: string; requested_by: string }[];
}

function Left(props: { average: Pick<Average, "left_out" | "left_out_by"> }) {
  const { average } = props;
  if (average.left_out === 0) return <small>none left out</small>;
  return (
    <details>
      <summary>
        <small>{average.left_out} left out</small>
      </summary>
      {average.left_out_by.map((l) => (
        <div key={l.state + l.reason}>
          <small>
            {l.executions} {words(l.state)}
            {l.reason && `: ${words(l.reason)}`}
          </small>
        </div>
      ))}
    </details>
  );
}

function Interval(props: { of: Pick<Measure, "interval" | "interval_reason">; text?: (v: number | null) => string }) {
  const { interval, interval_reason } = props.of;
  const text = props.text ?? usd;
  return interval ? (
    <>
      {text(interval[0])} to {text(interval[1])}
    </>
  ) : (
    <span title={words(interval_reason)}>
      {DASH} <small>{words(interval_reason)}</small>
    </span>
  );
}

/** Mean P&L by horizon with its 95 % interval; a horizon without marks is a gap, one without an interval a bare point. */
function MarkOutCurve(props: { outcomes: MarkOut[] }) {
  const option = useMemo(() => {
    const { outcomes } = props;
    return {
      xAxis: { type: "category", data: outcomes.map((o) => `${o.horizon_days} d`) },
      yAxis: { type: "value", name: "mean P&L, USD", scale: true },
      series: [
        { name: "mean P&L, USD", type: "line", symbolSize: 8, data: outcomes.map((o) => o.pnl_usd.mean) },
        {
          name: "95 % interval",
          type: "custom",
          encode: { x: 0, y: [1, 2] },
          data: outcomes.flatMap((o, i) => (o.interval ? [[i, ...o.interval]] : [])),
          renderItem: (_: unknown, api: { value: (i: number) => number; coord: (at: number[]) => number[]; visual: (name: string) => string }) => {
            const [x, low] = api.coord([api.value(0), api.value(1)]);
            const [, high] = api.coord([api.value(0), api.value(2)]);
            const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: api.visual("color"), lineWidth: 1.5 } });
            return { type: "group", children: [line(x, low, x, high), line(x - 6, low, x + 6, low), line(x - 6, high, x + 6, high)] };
          },
        },
      ],
    };
  }, [props.outcomes]);
  return <Chart option={option} label="mark-out curve: mean P&L by horizon with its interval" />;
}

export function Performance() {
  const [portfolio, setPortfolio] = useParam("portfolio", "");
  const [dimension, setDimension] = useParam("by", "portfolio");
  const [trade, setTrade] = useParam("trade", "");
  const [authority, setAuthority] = useParam("authority", "direct");
  const suffix = portfolio ? `&portfolio=${encodeURIComponent(portfolio)}` : "";
  const performance = useApi<Answer>(`/api/internal/trades/performance?source=alpha_sync&authority=${authority}${suffix}`);
  const status = useApi<Status>(`/api/internal/trades/analytics/status?source=alpha_sync${suffix}`);
  const quality = (a: Answer) => (a.overall.trades ? { state: "ok", asOf: a.as_of } : { state: "missing", reason: "no execution has been synced yet" });
  const measures = (a: Answer): { label: string; of: Measure; text: (v: number | null) => string }[] => [
    { label: "Slippage, bps of mid", of: a.overall.execution_quality.slippage_bps, text: (v) => number(v, 1) },
    { label: "Slippage, USD", of: a.overall.execution_quality.slippage_usd, text: usd },
    { label: "Slippage, vol points", of: a.overall.execution_quality.slippage_vol_points, text: number },
    { label: "Effective spread, USD/share", of: a.overall.execution_quality.effective_spread, text: number },
  ];
  return (
    <>
      <div className="bar">
        <h1>Performance</h1>
        <select aria-label="portfolio" value={portfolio} onChange={(e) => setPortfolio(e.target.value)}>
          <option value="">all portfolios</option>
          {performance.data?.portfolios.map((p) => <option key={p}>{p}</option>)}
        </select>
        <label>
          <input type="checkbox" checked={authority === "all"} onChange={(e) => setAuthority(e.target.checked ? "all" : "direct")} /> with estimates of models
        </label>
      </div>
      <Panel title="Execution quality" query={performance} quality={quality} wide>
        {(a) => (
          <>
            <Rows
              rows={measures(a)}
              rowKey={(r) => r.label}
              columns={[
                { head: "Per execution (a cost where positive)", cell: (r) => r.label },
                { head: "Mean by premium", set: "n", cell: (r) => <span title={r.of.weighted_mean === null ? "no value to average" : undefined}>{r.text(r.of.weighted_mean)}</span> },
                { head: "95 % interval, by day", set: "n", cell: (r) => <Interval of={r.of} text={r.text} /> },
                { head: "Median", set: "n", cell: (r) => r.text(r.of.median) },
                { head: "Mean of the middle 80 %", set: "n", cell: (r) => r.text(r.of.trimmed_mean) },
                { head: "Total", set: "n", cell: (r) => usd(r.of.total) },
                { head: "n", set: "n", cell: (r) => r.of.n },
                { head: "Days", set: "n", cell: (r) => r.of.independent_n },
                { head: "Left out", cell: (r) => <Left average={r.of} /> },
              ]}
            />
            <p>
              Fees {usd(a.overall.execution_quality.fees_usd.total)} over {a.overall.execution_quality.fees_usd.n} executions. <Left average={a.overall.execution_quality.fees_usd} />
            </p>
          </>
        )}
      </Panel>
      <Panel title="Outcomes by horizon" query={performance} quality={quality} wide>
        {(a) => (
          <>
            {a.overall.outcomes.some((o) => o.pnl_usd.n > 0) && <MarkOutCurve outcomes={a.overall.outcomes} />}
            <Rows
              rows={a.overall.outcomes}
              rowKey={(o) => o.horizon_days}
              columns={[
                { head: "Horizon", cell: (o) => `${o.horizon_days} d` },
                { head: "Mean P&L", set: "n", cell: (o) => usd(o.pnl_usd.mean) },
                { head: "95 % interval, by day", set: "n", cell: (o) => <Interval of={o} /> },
                { head: "Total P&L", set: "n", cell: (o) => usd(o.pnl_usd.total) },
                { head: "Hit rate", set: "n", cell: (o) => percent(o.hit_rate, 0) },
                { head: "n", set: "n", cell: (o) => o.pnl_usd.n },
                { head: "Pending", set: "n", cell: (o) => o.pending },
                { head: "Stale", set: "n", cell: (o) => o.stale },
                { head: "Rolled to a later open", set: "n", cell: (o) => o.rolled },
                { head: "Estimated", set: "n", cell: (o) => o.estimated },
                { head: "Left out", cell: (o) => <Left average={o.pnl_usd} /> },
              ]}
            />
          </>
        )}
      </Panel>
      <Panel title="Opportunity alignment" query={performance} quality={quality}>
        {(a) => (
          <>
            {Object.entries(a.overall.alignment.labels).map(([label, count]) => (
              <p key={label}>
                <State value={label} /> {count} executions
              </p>
            ))}
            <p>
              Mean score {number(a.overall.alignment.score.mean, 1)} of 100 over {a.overall.alignment.score.n}; direction assumed for {a.overall.alignment.direction_assumed}.
            </p>
            <Left average={a.overall.alignment.score} />
          </>
        )}
      </Panel>
      <Panel title="Enrichment states" query={status}>
        {(s) => (
          <>
            <dl>
              {Object.entries(s.quality).map(([name, count]) => (
                <div key={name} style={{ display: "contents" }}>
                  <dt>{words(name)}</dt>
                  <dd>{count}</dd>
                </div>
              ))}
              <dt>last enrichment</dt>
              <dd>{time(s.freshness.last_successful_sync_at)}</dd>
              <dt>last error</dt>
              <dd>{s.freshness.last_error ?? "none"}</dd>
              <dt>executions as of</dt>
              <dd>
                {time(s.projection.caught_up_at)} {s.projection.lag_seconds !== null && `(${s.projection.lag_seconds} s ago)`}
              </dd>
            </dl>
            {s.last_runs.length > 0 && (
              <details>
                <summary>Last runs</summary>
                {s.last_runs.map((r) => (
                  <div key={r.id}>
                    <State value={r.status} /> {words(r.kind)}, {time(r.started_at)}, {r.requested_by}
                  </div>
                ))}
              </details>
            )}
            <small>Unavailable counts are quality states, not zero-valued results.</small>
          </>
        )}
      </Panel>
      <Panel title="Why P&L is blank" query={performance} quality={(a) => (a.missing_inputs.length ? { state: "ok" } : { state: "missing", reason: "no P&L is blank" })} wide>
        {(a) => (
          <Rows
            rows={a.missing_inputs}
            rowKey={(m) => [m.input, m.horizon_days, m.state, m.reason].join()}
            columns={[
              { head: "Missing input", cell: (m) => words(m.input) },
              { head: "Horizon", cell: (m) => (m.horizon_days ? `${m.horizon_days} d` : "") },
              { head: "State", cell: (m) => <State value={m.state} /> },
              { head: "Reason", cell: (m) => words(m.reason) },
              { head: "Executions", set: "n", cell: (m) => m.executions },
            ]}
          />
        )}
      </Panel>
      <Panel
        title="Slices"
        query={performance}
        quality={quality}
        wide
        actions={
          <select aria-label="slice by" value={dimension} onChange={(e) => setDimension(e.target.value)}>
            {["portfolio", "underlying", "month", "side"].map((d) => (
              <option key={d}>{d}</option>
            ))}
          </select>
        }
      >
        {(a) => (
          <Rows
            rows={a.slices.filter((s) => s.dimension === dimension)}
            rowKey={(s) => s.key}
            columns={[
              { head: dimension, cell: (s) => s.key },
              { head: "Executions", set: "n", cell: (s) => s.trades },
              { head: "Slippage bps, by premium", set: "n", cell: (s) => number(s.execution_quality.slippage_bps.weighted_mean, 1) },
              { head: "Median bps", set: "n", cell: (s) => number(s.execution_quality.slippage_bps.median, 1) },
              { head: "n", set: "n", cell: (s) => s.execution_quality.slippage_bps.n },
              { head: "Left out", cell: (s) => <Left average={s.execution_quality.slippage_bps} /> },
              ...a.overall.outcomes.map((o) => ({
                head: `${o.horizon_days} d mean P&L (n)`,
                set: "n" as const,
                cell: (s: Slice) => {
                  const of = s.outcomes.find((own) => own.horizon_days === o.horizon_days);
                  return (
                    <span title={of?.interval ? `95 % interval ${usd(of.interval[0])} to ${usd(of.interval[1])}` : words(of?.interval_reason)}>
                      {usd(of?.pnl_usd.mean)} ({of?.pnl_usd.n ?? 0})
                    </span>
                  );
                },
              })),
              { head: "Alignment", set: "n", cell: (s) => number(s.alignment.score.mean, 1) },
            ]}
          />
        )}
      </Panel>
      <Story trade={trade} setTrade={setTrade} />
      <EnrichmentBackfill portfolio={portfolio} />
    </>
  );
}

import { useState } from "react";
import { useApi } from "../api";
import { DASH, number, percent, points, signed, time, usd, words } from "../format";
import { Panel, Rows, State } from "../parts";

interface Context {
  state: string;
  reason: string | null;
  currency: string | null;
  market_at: string | null;
  lag_seconds: number | null;
  after_trade: boolean | null;
  authority: string | null;
  spot: number | null;
  atm_iv_30: number | null;
  rv_30: number | null;
  vrp: number | null;
  risk_reversal_25: number | null;
  dvol: number | null;
  net_gex: number | null;
  regime: string | null;
  flip_distance: number | null;
}

interface Benchmark {
  state: string;
  reason: string | null;
  model_reason: string | null;
  mark_source: string | null;
  market_at: string | null;
  bid: number | null;
  ask: number | null;
  arrival_mid: number | null;
  effective_spread: number | null;
  slippage_per_share: number | null;
  slippage_usd: number | null;
  slippage_bps: number | null;
  slippage_vol_points: number | null;
  vol_reason: string | null;
  underlying_price: number | null;
  traded_iv: number | null;
  authority: string;
}

interface Mark {
  horizon_days: number;
  state: string;
  reason: string | null;
  target_at: string | null;
  target_rolled: boolean | null;
  mark_at: string | null;
  mark: number | null;
  mark_source: string | null;
  mark_quality: string | null;
  provisional: boolean;
  authority: string;
  pnl_usd: number | null;
}

interface Raw {
  id: number;
  endpoint: string;
  sha256: string;
}

interface Answer {
  execution: { source_trade_id: string; portfolio: string; symbol: string; side: number; quantity: number; price: number; currency: string; multiplier: number; fees_usd: number | null; executed_at: string | null };
  market_context: Context | null;
  execution_benchmark: Benchmark | null;
  outcome_marks: Mark[];
  alignment: {
    score: number | null;
    label: string;
    reason: string | null;
    direction: string;
    direction_assumed: boolean;
    observed_signals: number;
    expected_signals: number;
    confidence: number | null;
    signals: { signal: string; value: number | null; points: number | null; reason: string | null }[];
  };
  missing_inputs: { input: string; horizon_days: number | null; state: string; reason: string | null }[];
  lineage: { table: string; row: string; formula: string; source: string | null; raw: Raw | { table: string; rows: number; raw: Raw[] }[] | null; reason: string | null }[];
}

function Pairs(props: { title: string; state: string; reason: string | null; pairs: [string, string][] }) {
  return (
    <div>
      <h3>
        {props.title} <State value={props.state} /> <small>{props.reason ? words(props.reason) : ""}</small>
      </h3>
      <dl>
        {props.pairs.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const payload = (raw: Raw) => (
  <a key={raw.id} href={`/api/snapshots/raw/${raw.id}`}>
    raw {raw.id} <code>{raw.sha256.slice(0, 12)}…</code>{" "}
  </a>
);

/** One execution: what the market was, how it was filled, what became of it, and where each number comes from. */
export function Story(props: { trade: string; setTrade: (id: string) => void }) {
  const [typed, setTyped] = useState(props.trade);
  const story = useApi<Answer>(props.trade ? `/api/internal/trades/analytics?id=${encodeURIComponent(props.trade)}` : null);
  const form = (
    <form
      className="row"
      onSubmit={(e) => {
        e.preventDefault();
        props.setTrade(typed.trim());
      }}
    >
      <input type="search" aria-label="execution id" placeholder="Execution id" value={typed} onChange={(e) => setTyped(e.target.value)} />
      <button>Show</button>
    </form>
  );
  if (!props.trade) {
    return (
      <section className="panel wide" aria-label="One execution">
        <header>
          <h2>One execution</h2>
          {form}
        </header>
        <small>Give an id, or follow one from the trades.</small>
      </section>
    );
  }
  return (
    <Panel title="One execution" query={story} wide actions={form}>
      {(s) => (
        <>
          <p>
            <b>{s.execution.source_trade_id}</b>: {s.execution.side > 0 ? "bought" : "sold"} {s.execution.quantity} {s.execution.symbol} at {number(s.execution.price)}
            {s.execution.currency === "USD" ? "" : ` ${s.execution.currency}`} × {s.execution.multiplier}, {s.execution.portfolio}, {time(s.execution.executed_at)}; fees {usd(s.execution.fees_usd)}
          </p>
          <div className="columns">
            <Pairs
              title="Market context"
              state={s.market_context?.state ?? "missing"}
              reason={s.market_context ? s.market_context.reason : "not_backfilled"}
              pairs={[
                ["market", `${s.market_context?.currency ?? DASH} ${time(s.market_context?.market_at)}`],
                ["lag, s", `${signed(s.market_context?.lag_seconds, 0)}${s.market_context?.after_trade ? ", after the trade" : ""}`],
                ["authority", words(s.market_context?.authority)],
                ["spot", usd(s.market_context?.spot)],
                ["ATM IV 30d", percent(s.market_context?.atm_iv_30)],
                ["RV 30d", percent(s.market_context?.rv_30)],
                ["VRP (IV30 − RV30)", points(s.market_context?.vrp)],
                ["25Δ risk reversal", points(s.market_context?.risk_reversal_25)],
                ["net GEX per 1 %", usd(s.market_context?.net_gex)],
                ["regime", words(s.market_context?.regime)],
              ]}
            />
            <Pairs
              title="Execution benchmark"
              state={s.execution_benchmark?.state ?? "missing"}
              reason={s.execution_benchmark ? [s.execution_benchmark.reason, s.execution_benchmark.model_reason].filter(Boolean).join("; no model: ") : "not_backfilled"}
              pairs={[
                ["source", `${words(s.execution_benchmark?.mark_source)} ${time(s.execution_benchmark?.market_at)}`],
                ["authority", words(s.execution_benchmark?.authority)],
                ["bid / ask", `${number(s.execution_benchmark?.bid)} / ${number(s.execution_benchmark?.ask)}`],
                ["arrival mid", number(s.execution_benchmark?.arrival_mid)],
                ["slippage, USD/share", signed(s.execution_benchmark?.slippage_per_share, 4)],
                ["slippage, USD", usd(s.execution_benchmark?.slippage_usd)],
                ["slippage, bps", signed(s.execution_benchmark?.slippage_bps, 1)],
                ["slippage, vol points", s.execution_benchmark?.vol_reason ? `${DASH} ${words(s.execution_benchmark.vol_reason)}` : signed(s.execution_benchmark?.slippage_vol_points)],
                ["share price", usd(s.execution_benchmark?.underlying_price)],
                ["traded IV", percent(s.execution_benchmark?.traded_iv)],
              ]}
            />
            <Pairs
              title="Opportunity alignment"
              state={s.alignment.label}
              reason={s.alignment.reason}
              pairs={[
                ["score, of 100", number(s.alignment.score, 1)],
                ["direction", `${words(s.alignment.direction)}${s.alignment.direction_assumed ? ", assumed" : ""}`],
                ["confidence", `${percent(s.alignment.confidence, 0)}, ${s.alignment.observed_signals} of ${s.alignment.expected_signals} signals`],
                ...s.alignment.signals.map((of): [string, string] => [words(of.signal), of.points === null ? `${DASH} ${words(of.reason)}` : `${signed(of.points, 1)} points`]),
              ]}
            />
          </div>
          <h3>Outcomes</h3>
          {s.outcome_marks.length === 0 && <p>No forward mark has been backfilled for it yet.</p>}
          {s.outcome_marks.length > 0 && (
            <Rows
              rows={s.outcome_marks}
              rowKey={(m) => m.horizon_days}
              columns={[
                { head: "Horizon", cell: (m) => `${m.horizon_days} d` },
                { head: "State", cell: (m) => <State value={m.state} /> },
                { head: "Reason", cell: (m) => words(m.reason) },
                { head: "Target", cell: (m) => `${time(m.target_at)}${m.target_rolled ? ", rolled to the open" : ""}` },
                { head: "Mark", set: "n", cell: (m) => number(m.mark) },
                { head: "Source", cell: (m) => `${words(m.mark_source)} ${time(m.mark_at)}` },
                { head: "Authority", cell: (m) => words(m.authority) },
                { head: "Quality", cell: (m) => `${words(m.mark_quality)}${m.provisional ? ", provisional" : ""}` },
                { head: "P&L", set: "n", cell: (m) => usd(m.pnl_usd) },
              ]}
            />
          )}
          <h3>Missing inputs</h3>
          <Rows
            rows={s.missing_inputs}
            rowKey={(m) => m.input + m.horizon_days}
            columns={[
              { head: "Input", cell: (m) => `${words(m.input)}${m.horizon_days ? ` ${m.horizon_days} d` : ""}` },
              { head: "State", cell: (m) => <State value={m.state} /> },
              { head: "Reason", cell: (m) => words(m.reason) },
            ]}
          />
          <h3>Where it comes from</h3>
          <Rows
            rows={s.lineage}
            rowKey={(l) => l.table + l.row}
            columns={[
              { head: "Row", cell: (l) => <code>{`${l.table} ${l.row}`}</code> },
              { head: "Formula", set: "wrap", cell: (l) => l.formula },
              { head: "Source", cell: (l) => words(l.source) },
              {
                head: "Raw payload",
                cell: (l) =>
                  l.raw === null ? words(l.reason) : Array.isArray(l.raw) ? l.raw.map((t) => <div key={t.table}>{t.rows} of <code>{t.table}</code> {t.raw.map(payload)}</div>) : payload(l.raw),
              },
            ]}
          />
        </>
      )}
    </Panel>
  );
}

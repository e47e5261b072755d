import { EVERY, useApi } from "../../api/query";
import { Story as StorySchema, type Story as Told } from "../../api/schema/story";
import { contract, DASH, number, percent, points, signed, time, usd, words } from "../../format";
import { Panel } from "../../ui/Panel";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";
import { StoryLineage } from "./StoryLineage";

/** One execution: what the market was, how it was filled, what became of it, and where each number comes from. */
export function Story(props: { trade: string }) {
  const story = useApi(`/api/internal/trades/analytics?id=${encodeURIComponent(props.trade)}`, StorySchema, EVERY.hourly);
  return (
    <Panel title="One execution" query={story} height={420}>
      {(s) => (
        <>
          <Execution of={s.execution} />
          <div className="columns">
            <Market of={s.market_context} />
            <Fill of={s.execution_benchmark} />
            <Alignment of={s.alignment} />
          </div>
          <Marks marks={s.outcome_marks} />
          <h3>Missing inputs</h3>
          <Table
            label="missing inputs"
            rows={s.missing_inputs}
            rowKey={(m) => m.input + m.horizon_days}
            columns={[
              { head: "Input", cell: (m) => `${words(m.input)}${m.horizon_days ? ` ${m.horizon_days} d` : ""}` },
              { head: "State", cell: (m) => <State value={m.state} /> },
              { head: "Reason", set: "wrap", cell: (m) => words(m.reason) },
            ]}
          />
          <StoryLineage lineage={s.lineage} />
        </>
      )}
    </Panel>
  );
}

function Execution(props: { of: Told["execution"] }) {
  const e = props.of;
  return (
    <p>
      <b>{e.source_trade_id}</b>: {e.side > 0 ? "bought" : "sold"} {number(e.quantity, 0)} {contract(e.symbol)} at {number(e.price)}
      {e.currency === "USD" ? "" : ` ${e.currency}`} per share × {e.multiplier}, {e.portfolio}, {time(e.executed_at)}; fees {usd(e.fees_usd)}
    </p>
  );
}

function Market(props: { of: Told["market_context"] }) {
  const m = props.of;
  return (
    <Pairs
      title="Market context"
      state={m?.state ?? "missing"}
      reason={m ? m.reason : "not_backfilled"}
      pairs={[
        ["market", `${m?.currency ?? DASH} ${time(m?.market_at)}`],
        ["lag, s", `${signed(m?.lag_seconds, 0)}${m?.after_trade ? ", after the trade" : ""}`],
        ["authority", words(m?.authority)],
        ["spot", usd(m?.spot)],
        ["ATM IV 30d", percent(m?.atm_iv_30)],
        ["RV 30d", percent(m?.rv_30)],
        ["VRP (IV30 − RV30)", points(m?.vrp)],
        ["25Δ risk reversal", points(m?.risk_reversal_25)],
        ["net GEX per 1 %", usd(m?.net_gex)],
        ["regime", words(m?.regime)],
      ]}
    />
  );
}

function Fill(props: { of: Told["execution_benchmark"] }) {
  const b = props.of;
  return (
    <Pairs
      title="Execution benchmark"
      state={b?.state ?? "missing"}
      reason={b ? [b.reason, b.model_reason].filter(Boolean).join("; no model: ") : "not_backfilled"}
      pairs={[
        ["source", `${words(b?.mark_source)} ${time(b?.market_at)}`],
        ["authority", words(b?.authority)],
        ["bid / ask", `${number(b?.bid)} / ${number(b?.ask)}`],
        ["arrival mid", number(b?.arrival_mid)],
        ["slippage, USD/share", signed(b?.slippage_per_share, 4)],
        ["slippage, USD", usd(b?.slippage_usd)],
        ["slippage, bps", signed(b?.slippage_bps, 1)],
        ["slippage, vol points", b?.vol_reason ? `${DASH} ${words(b.vol_reason)}` : signed(b?.slippage_vol_points)],
        ["share price", usd(b?.underlying_price)],
        ["traded IV", percent(b?.traded_iv)],
      ]}
    />
  );
}

function Alignment(props: { of: Told["alignment"] }) {
  const a = props.of;
  return (
    <Pairs
      title="Opportunity alignment"
      state={a.label}
      reason={a.reason}
      pairs={[
        ["score, of 100", number(a.score, 1)],
        ["direction", `${words(a.direction)}${a.direction_assumed ? ", assumed" : ""}`],
        ["confidence", `${percent(a.confidence, 0)}, ${a.observed_signals} of ${a.expected_signals} signals`],
        ...a.signals.map((of): [string, string] => [words(of.signal), of.points === null ? `${DASH} ${words(of.reason)}` : `${signed(of.points, 1)} points`]),
      ]}
    />
  );
}

function Marks(props: { marks: Told["outcome_marks"] }) {
  return (
    <>
      <h3>Outcomes</h3>
      {props.marks.length === 0 && <p>No forward mark has been backfilled for it yet.</p>}
      {props.marks.length > 0 && (
        <Table
          label="outcomes"
          rows={props.marks}
          rowKey={(m) => m.horizon_days}
          columns={[
            { head: "Horizon", cell: (m) => `${m.horizon_days} d` },
            { head: "State", cell: (m) => <State value={m.state} /> },
            { head: "P&L", set: "n", cell: (m) => usd(m.pnl_usd) },
            { head: "Mark", set: "n", cell: (m) => number(m.mark) },
            { head: "Reason", set: "wrap", cell: (m) => words(m.reason) },
            { head: "Target", set: "wrap", cell: (m) => `${time(m.target_at)}${m.target_rolled ? ", rolled to the open" : ""}` },
            { head: "Source", set: "wrap", cell: (m) => `${words(m.mark_source)} ${time(m.mark_at)}, ${words(m.authority)}` },
            { head: "Quality", set: "wrap", cell: (m) => `${words(m.mark_quality)}${m.provisional ? ", provisional" : ""}` },
          ]}
        />
      )}
    </>
  );
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

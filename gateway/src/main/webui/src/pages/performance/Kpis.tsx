import type { Performance } from "../../api/schema/performance";
import { count, number, percent, usd, words } from "../../format";
import { Figure } from "../../ui/Figure";

const WEEK = 7;

/** The page's answer in one row: how many, how well filled, and what became of them. */
export function Kpis(props: { answer: Performance }) {
  const { overall } = props.answer;
  const slippage = overall.execution_quality.slippage_bps;
  const week = overall.outcomes.find((o) => o.horizon_days === WEEK);
  const fig = (value: number | null, reason: string) => ({ value, state: value === null ? "missing" : "ok", reason });
  return (
    <div className="figures">
      <Figure label="Executions" text={count} figure={fig(overall.trades, "")} />
      <Figure label={`Median slippage, bps (n ${count(slippage.n)})`} text={(v) => number(v, 1)} figure={fig(slippage.median, "no fill with a quote of its moment")} lineage={{ number: "slippage_bps" }} />
      <Figure label="Slippage by premium, bps" text={(v) => number(v, 1)} figure={fig(slippage.weighted_mean, "no fill with a quote of its moment")} lineage={{ number: "slippage_bps" }} />
      <Figure label={`Mean P&L 7 d (n ${count(week?.pnl_usd.n ?? 0)})`} text={usd} figure={fig(week?.pnl_usd.mean ?? null, "no mark of this horizon")} lineage={{ number: "pnl_usd" }} note={week?.interval ? `95 %: ${usd(week.interval[0])} … ${usd(week.interval[1])}` : words(week?.interval_reason ?? "no interval")} />
      <Figure label="Hit rate 7 d" text={(v) => percent(v, 0)} figure={fig(week?.hit_rate ?? null, "no mark of this horizon")} />
      <Figure label={`Alignment of 100 (n ${count(overall.alignment.score.n)})`} text={(v) => number(v, 1)} figure={fig(overall.alignment.score.mean, "no execution with enough signals")} />
    </div>
  );
}

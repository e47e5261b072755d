import type { Performance, Slice } from "../../api/schema/performance";
import { count, number, usd, words } from "../../format";
import { Table } from "../../ui/Table";
import { Why } from "../../ui/Tip";
import { LeftOut } from "./LeftOut";

/** The same measures by portfolio, underlying, month or side. */
export function Slices(props: { answer: Performance; dimension: string }) {
  const { answer, dimension } = props;
  return (
    <Table
      label={`by ${dimension}`}
      rows={answer.slices.filter((s) => s.dimension === dimension)}
      rowKey={(s) => s.key}
      columns={[
        { head: dimension, cell: (s) => words(s.key) },
        { head: "Executions", set: "n", cell: (s) => count(s.trades) },
        { head: "Median bps", set: "n", cell: (s) => number(s.execution_quality.slippage_bps.median, 1) },
        { head: "By premium", set: "n", cell: (s) => number(s.execution_quality.slippage_bps.weighted_mean, 1) },
        { head: "n", set: "n", cell: (s) => count(s.execution_quality.slippage_bps.n) },
        { head: "Left out", cell: (s) => <LeftOut of={s.execution_quality.slippage_bps} /> },
        ...answer.overall.outcomes.map((o) => ({ head: `${o.horizon_days} d P&L (n)`, set: "n" as const, cell: (s: Slice) => <MeanOf slice={s} days={o.horizon_days} /> })),
        { head: "Alignment", set: "n", cell: (s) => number(s.alignment.score.mean, 1) },
      ]}
    />
  );
}

function MeanOf(props: { slice: Slice; days: number }) {
  const of = props.slice.outcomes.find((own) => own.horizon_days === props.days);
  return (
    <Why text={of?.interval ? `95 % interval ${usd(of.interval[0])} to ${usd(of.interval[1])}` : words(of?.interval_reason ?? "no mark of this horizon")}>
      {usd(of?.pnl_usd.mean)} ({count(of?.pnl_usd.n ?? 0)})
    </Why>
  );
}

import type { Performance } from "../../api/schema/performance";
import { count, percent, usd } from "../../format";
import { Num } from "../../ui/Num";
import { Table } from "../../ui/Table";
import { Interval } from "./Interval";
import { LeftOut } from "./LeftOut";

/** What became of executions by horizon; what is pending, stale or estimated is counted beside the mean and not in it. */
export function Outcomes(props: { answer: Performance }) {
  return (
    <Table
      label="outcomes by horizon"
      rows={props.answer.overall.outcomes}
      rowKey={(o) => o.horizon_days}
      columns={[
        { head: "Horizon", cell: (o) => `${o.horizon_days} d` },
        {
          head: "Mean P&L",
          set: "n",
          cell: (o) => <Num label={`mean P&L after ${o.horizon_days} d`} text={usd} figure={{ value: o.pnl_usd.mean, state: "ok", reason: "no mark of this horizon" }} lineage={{ number: "pnl_usd" }} />,
        },
        { head: "95 % interval, by day", set: "n", cell: (o) => <Interval of={o} /> },
        { head: "Total P&L", set: "n", cell: (o) => usd(o.pnl_usd.total) },
        { head: "Hit rate", set: "n", cell: (o) => percent(o.hit_rate, 0) },
        { head: "n", set: "n", cell: (o) => count(o.pnl_usd.n) },
        { head: "Pending", set: "n", cell: (o) => count(o.pending) },
        { head: "Stale", set: "n", cell: (o) => count(o.stale) },
        { head: "Rolled", set: "n", cell: (o) => count(o.rolled) },
        { head: "Estimated", set: "n", cell: (o) => count(o.estimated) },
        { head: "Left out", cell: (o) => <LeftOut of={o.pnl_usd} /> },
      ]}
    />
  );
}

import type { Measure, Performance } from "../../api/schema/performance";
import { count, number, usd, words } from "../../format";
import { Num } from "../../ui/Num";
import { Table } from "../../ui/Table";
import { Interval } from "./Interval";
import { LeftOut } from "./LeftOut";

interface Row {
  label: string;
  of: Measure;
  text: (v: number | null) => string;
  lineage?: string;
}

const rows = (a: Performance): Row[] => {
  const quality = a.overall.execution_quality;
  return [
    { label: "Slippage, bps of mid", of: quality.slippage_bps, text: (v) => number(v, 1), lineage: "slippage_bps" },
    { label: "Slippage, USD", of: quality.slippage_usd, text: usd },
    { label: "Slippage, vol points", of: quality.slippage_vol_points, text: number },
    { label: "Effective spread, USD/share", of: quality.effective_spread, text: number },
  ];
};

/** How executions were filled against the quote of their moment; a cost is positive. */
export function Quality(props: { answer: Performance }) {
  const a = props.answer;
  const fees = a.overall.execution_quality.fees_usd;
  return (
    <>
      <Table
        label="execution quality"
        rows={rows(a)}
        rowKey={(r) => r.label}
        columns={[
          { head: "Per execution (a cost where positive)", cell: (r) => r.label },
          { head: "Median", set: "n", cell: (r) => r.text(r.of.median) },
          {
            head: "Mean by premium",
            set: "n",
            cell: (r) => (
              <Num
                label={`${r.label}, mean by premium`}
                text={r.text}
                figure={{ value: r.of.weighted_mean, state: "ok", reason: "no value to average" }}
                lineage={r.lineage ? { number: r.lineage } : undefined}
              />
            ),
          },
          { head: "95 % interval, by day", set: "n", cell: (r) => <Interval of={r.of} text={r.text} /> },
          { head: "Middle 80 %", set: "n", cell: (r) => r.text(r.of.trimmed_mean) },
          { head: "Total", set: "n", cell: (r) => r.text(r.of.total) },
          { head: "n", set: "n", cell: (r) => count(r.of.n) },
          { head: "Days", set: "n", cell: (r) => count(r.of.independent_n) },
          { head: "Left out", cell: (r) => <LeftOut of={r.of} /> },
        ]}
      />
      <p>
        Fees {usd(fees.total)} over {count(fees.n)} executions. <LeftOut of={fees} />
      </p>
    </>
  );
}

/** What keeps P&L blank, by input. */
export function Blank(props: { answer: Performance }) {
  return (
    <Table
      label="missing inputs"
      rows={props.answer.missing_inputs}
      rowKey={(m) => [m.input, m.horizon_days, m.state, m.reason].join()}
      columns={[
        { head: "Missing input", cell: (m) => words(m.input) },
        { head: "Horizon", cell: (m) => (m.horizon_days ? `${m.horizon_days} d` : "any") },
        { head: "State", cell: (m) => words(m.state) },
        { head: "Reason", set: "wrap", cell: (m) => words(m.reason) },
        { head: "Executions", set: "n", cell: (m) => count(m.executions) },
      ]}
    />
  );
}

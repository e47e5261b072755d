import { useMemo } from "react";
import type { Outcome, Returns } from "../../api/schema/market";
import { count, DASH, number, percent, words } from "../../format";
import { Chart } from "../../ui/Chart";
import type { ChartTable, Ink } from "../../ui/chartParts";
import { Table } from "../../ui/Table";

interface Pens {
  value: (i: number) => number;
  coord: (at: number[]) => number[];
}

const nameOf = (o: Outcome) => `${words(o.regime)} ${o.horizon_hours} h (${o.independent_n})`;

/** Mean return and interval of each cell as a forest plot, and the whole as a table. */
export function ConditionalReturns(props: { answer: Returns }) {
  const { answer } = props;
  const withInterval = answer.outcomes.filter((o) => o.interval);
  return (
    <>
      {withInterval.length > 0 && <Forest outcomes={withInterval} />}
      <Table
        label="conditional returns"
        rows={answer.outcomes}
        rowKey={(o) => o.regime + o.horizon_hours}
        columns={[
          { head: "Regime", cell: (o) => words(o.regime) },
          { head: "Horizon", set: "n", cell: (o) => `${o.horizon_hours} h` },
          { head: "n", set: "n", cell: (o) => count(o.n) },
          { head: "Independent", set: "n", cell: (o) => count(o.independent_n) },
          { head: "Coverage", set: "n", cell: (o) => percent(o.coverage, 0) },
          { head: "Mean", set: "n", cell: (o) => percent(o.mean, 2) },
          { head: "Median", set: "n", cell: (o) => percent(o.median, 2) },
          { head: "Deviation", set: "n", cell: (o) => percent(o.deviation, 2) },
          { head: "Hit rate", set: "n", cell: (o) => percent(o.hit_rate, 0) },
          { head: "95 % of the mean", set: "wrap", cell: (o) => (o.interval ? `${number(100 * o.interval[0])} … ${number(100 * o.interval[1])} %` : o.interval_reason ? words(o.interval_reason) : DASH) },
          { head: "p", set: "n", cell: (o) => number(o.p_value, 3) },
          { head: "q", set: "n", cell: (o) => `${number(o.q_value, 3)}${o.significant ? " *" : ""}` },
        ]}
      />
      <small>
        {count(answer.sample.n)} of {answer.sample.asked == null ? DASH : count(answer.sample.asked)} hours have a regime; in no cell:{" "}
        {Object.entries(answer.left_out)
          .map(([why, n]) => `${count(n)} ${words(why)}`)
          .join(", ") || "none"}
        . * stands at a false-discovery rate of {percent(answer.false_discovery.rate, 0)} over the {count(answer.false_discovery.cells)} cells that have a p.
      </small>
    </>
  );
}

function Forest(props: { outcomes: Outcome[] }) {
  const { outcomes } = props;
  const option = useMemo(() => (ink: Ink) => forest(outcomes, ink), [outcomes]);
  const table: ChartTable = { columns: ["cell", "mean", "low", "high"], rows: outcomes.map((o) => [nameOf(o), o.mean, o.interval?.[0] ?? null, o.interval?.[1] ?? null]) };
  return <Chart label="mean return by regime and horizon with its 95 % interval" option={option} table={table} height={78 + 22 * outcomes.length} />;
}

function forest(outcomes: Outcome[], ink: Ink) {
  return {
    grid: { left: 170, right: 24, top: 26, bottom: 34 },
    tooltip: { confine: true, backgroundColor: ink.sheet, borderColor: ink.line, textStyle: { color: ink.ink, fontSize: 12 }, valueFormatter: (v: unknown) => (typeof v === "number" ? percent(v, 2) : "") },
    xAxis: { type: "value", name: "mean return", nameLocation: "middle", nameGap: 22, nameTextStyle: { color: ink.quiet }, axisLabel: { color: ink.quiet, fontSize: 11, formatter: (v: number) => percent(v) }, splitLine: { lineStyle: { color: ink.line } } },
    yAxis: { type: "category", inverse: true, data: outcomes.map(nameOf), axisLabel: { color: ink.quiet, fontSize: 11 } },
    series: [
      {
        name: "95 % interval",
        type: "custom",
        encode: { x: [0, 2], y: 1 },
        data: outcomes.map((o, i) => [o.interval?.[0], i, o.interval?.[1]]),
        renderItem: (_: unknown, api: Pens) => {
          const [x1, y] = api.coord([api.value(0), api.value(1)]);
          const [x2] = api.coord([api.value(2), api.value(1)]);
          return { type: "line", shape: { x1, y1: y, x2, y2: y }, style: { stroke: ink.series[0], lineWidth: 2 } };
        },
      },
      { name: "mean", type: "scatter", symbolSize: 7, color: ink.series[1], data: outcomes.map((o, i) => [o.mean, i]), markLine: { symbol: "none", silent: true, lineStyle: { color: ink.ink, type: "dotted" }, label: { show: false }, data: [{ xAxis: 0 }] } },
    ],
  };
}

import { useMemo } from "react";
import type { MarkOut } from "../../api/schema/performance";
import { number, usd } from "../../format";
import { Chart } from "../../ui/Chart";
import type { ChartTable, Ink } from "../../ui/chartParts";

interface Pens {
  value: (i: number) => number;
  coord: (at: number[]) => number[];
}

/** Mean P&L by horizon with its 95 % interval; a horizon without marks is a gap, one without an interval a bare point. */
export function MarkOutCurve(props: { outcomes: MarkOut[] }) {
  const { outcomes } = props;
  const option = useMemo(() => (ink: Ink) => curve(outcomes, ink), [outcomes]);
  const table: ChartTable = {
    columns: ["horizon", "mean P&L, USD", "low", "high", "n"],
    rows: outcomes.map((o) => [`${o.horizon_days} d`, o.pnl_usd.mean, o.interval?.[0] ?? null, o.interval?.[1] ?? null, o.pnl_usd.n]),
  };
  return <Chart label="mark-out curve: mean P&L by horizon with its interval" option={option} table={table} height={230} />;
}

function curve(outcomes: MarkOut[], ink: Ink) {
  const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: ink.series[1], lineWidth: 1.5 } });
  return {
    grid: { left: 76, right: 16, top: 28, bottom: 26 },
    tooltip: { trigger: "axis", confine: true, backgroundColor: ink.sheet, borderColor: ink.line, textStyle: { color: ink.ink, fontSize: 12 }, valueFormatter: (v: unknown) => (typeof v === "number" ? usd(v) : "") },
    xAxis: { type: "category", data: outcomes.map((o) => `${o.horizon_days} d (n ${number(o.pnl_usd.n, 0)})`), axisLabel: { color: ink.quiet, fontSize: 11 } },
    yAxis: { type: "value", scale: true, name: "mean P&L, USD", nameLocation: "middle", nameGap: 62, nameTextStyle: { color: ink.quiet }, axisLabel: { color: ink.quiet, fontSize: 11, formatter: usd }, splitLine: { lineStyle: { color: ink.line } } },
    series: [
      { name: "mean P&L", type: "line", symbolSize: 8, color: ink.series[0], data: outcomes.map((o) => o.pnl_usd.mean) },
      {
        name: "95 % interval",
        type: "custom",
        encode: { x: 0, y: [1, 2] },
        data: outcomes.flatMap((o, i) => (o.interval ? [[i, ...o.interval]] : [])),
        renderItem: (_: unknown, api: Pens) => {
          const [x, low] = api.coord([api.value(0), api.value(1)]);
          const [, high] = api.coord([api.value(0), api.value(2)]);
          return { type: "group", children: [line(x, low, x, high), line(x - 6, low, x + 6, low), line(x - 6, high, x + 6, high)] };
        },
      },
    ],
  };
}

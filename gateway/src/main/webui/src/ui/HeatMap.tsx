import { useMemo } from "react";
import { Chart } from "./Chart";
import type { ChartTable, Ink, Unit } from "./chartParts";

export interface HeatMapData {
  rows: readonly string[];
  columns: readonly string[];
  /** Row, column, value; a cell without one is left empty. */
  cells: readonly (readonly [number, number, number])[];
  unit: Unit;
}

/** Values of two dimensions as colours, each written into its cell where there is room. */
export function HeatMap(props: { label: string; data: HeatMapData; height?: number; pick?: (row: number, column: number) => void }) {
  const { data } = props;
  const option = useMemo(() => (ink: Ink) => heatOption(data, ink), [data]);
  const table = useMemo(() => heatTable(data), [data]);
  const { pick } = props;
  return <Chart label={props.label} option={option} table={table} height={props.height ?? 320} onClick={pick ? ({ value }) => pick((value as number[])[1], (value as number[])[0]) : undefined} />;
}

function heatOption(data: HeatMapData, ink: Ink) {
  const values = data.cells.map(([, , value]) => value);
  return {
    grid: { left: 84, right: 12, top: 26, bottom: 56 },
    tooltip: {
      confine: true,
      backgroundColor: ink.sheet,
      borderColor: ink.line,
      textStyle: { color: ink.ink, fontSize: 12 },
      formatter: ({ value }: { value: number[] }) => `${data.rows[value[1]]} · ${data.columns[value[0]]}<br><b>${data.unit.text(value[2])}</b>`,
    },
    xAxis: { type: "category", data: data.columns, axisLabel: { color: ink.quiet, fontSize: 11 }, axisLine: { lineStyle: { color: ink.line } } },
    yAxis: { type: "category", data: data.rows, inverse: true, axisLabel: { color: ink.quiet, fontSize: 11 }, axisLine: { lineStyle: { color: ink.line } } },
    visualMap: {
      min: Math.min(...values),
      max: Math.max(...values),
      orient: "horizontal",
      left: "center",
      bottom: 0,
      itemHeight: 120,
      itemWidth: 10,
      textStyle: { color: ink.quiet, fontSize: 11 },
      formatter: (value: number) => data.unit.text(value),
      inRange: { color: ["#2c4a9e", "#3d8fb5", "#8fc9a5", "#f0d27a", "#d9653b"] },
    },
    series: [
      {
        type: "heatmap",
        data: data.cells.map(([row, column, value]) => [column, row, value]),
        label: { show: data.rows.length <= 16, color: "#10151b", fontSize: 10, formatter: ({ value }: { value: number[] }) => data.unit.text(value[2]).replace(/ .*$/, "") },
      },
    ],
  };
}

function heatTable(data: HeatMapData): ChartTable {
  const at = new Map(data.cells.map(([row, column, value]) => [`${row} ${column}`, value]));
  return { columns: ["", ...data.columns], rows: data.rows.map((name, row) => [name, ...data.columns.map((_, column) => at.get(`${row} ${column}`) ?? null)]) };
}

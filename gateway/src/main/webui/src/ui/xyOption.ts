import type { EChartsCoreOption } from "echarts/core";
import { type ChartTable, type Ink, tooltip, type Unit } from "./chartParts";

export interface XYSeries {
  name: string;
  unit: Unit;
  points: readonly (readonly [number, number | null])[];
  kind?: "line" | "scatter" | "bar";
  dashed?: boolean;
  area?: boolean;
  /** Its values have the axis on the right. */
  right?: boolean;
  colour?: (ink: Ink) => string;
}

export interface XYChartData {
  x: Unit & { log?: boolean };
  series: readonly XYSeries[];
  /** Places on the x axis that have a name. */
  marks?: readonly { at: number; name: string }[];
  /** Ranges of x that are shaded, under their names. */
  bands?: readonly { from: number; to: number; name: string }[];
}

/** What an ECharts of one quantity over another draws. Names of marks stand on steps, so that none covers its neighbour. */
export function xyOption(data: XYChartData, ink: Ink): EChartsCoreOption {
  const axes = data.series.some((s) => s.right) ? 2 : 1;
  const unitOf = (axis: number) => data.series.find((s) => (s.right ? 1 : 0) === axis)?.unit;
  const marks = data.marks ?? [];
  const legend = data.series.length > 1;
  return {
    grid: { outerBoundsMode: "none", left: 76, right: axes > 1 ? 60 : 20, top: 28 + (marks.length ? 14 * Math.min(3, marks.length) : 0), bottom: 44 },
    legend: legend ? { type: "scroll", top: 0, left: 64, right: 120, textStyle: { color: ink.quiet, fontSize: 11 }, itemWidth: 12, itemHeight: 8 } : undefined,
    tooltip: { trigger: "axis", confine: true, backgroundColor: ink.sheet, borderColor: ink.line, textStyle: { color: ink.ink, fontSize: 12 }, formatter: tooltip((at) => `${data.x.name} ${data.x.text(at)}`, data.series.map((s) => s.unit)) },
    dataZoom: [{ type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }],
    xAxis: {
      type: data.x.log ? "log" : "value",
      min: "dataMin",
      max: "dataMax",
      name: data.x.name,
      nameLocation: "middle",
      nameGap: 26,
      nameTextStyle: { color: ink.quiet, fontSize: 11 },
      axisLabel: { color: ink.quiet, fontSize: 11, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: data.x.text },
      axisLine: { lineStyle: { color: ink.line } },
      splitLine: { show: false },
    },
    yAxis: [...Array(axes).keys()].map((i) => ({
      type: "value",
      scale: true,
      position: i ? "right" : "left",
      name: unitOf(i)?.name,
      nameLocation: "middle",
      nameGap: i ? 44 : 62,
      nameTextStyle: { color: ink.quiet, fontSize: 11 },
      axisLabel: { color: ink.quiet, fontSize: 11, formatter: (value: number) => unitOf(i)?.text(value) ?? String(value) },
      splitLine: { show: i === 0, lineStyle: { color: ink.line } },
    })),
    series: data.series.map((s, i) => ({
      name: s.name,
      type: s.kind ?? "line",
      yAxisIndex: s.right ? 1 : 0,
      showSymbol: s.kind === "scatter" || s.points.length < 20,
      symbolSize: 5,
      connectNulls: false,
      lineStyle: { width: 1.5, type: s.dashed ? "dashed" : "solid" },
      areaStyle: s.area ? { opacity: 0.14 } : undefined,
      color: s.colour?.(ink) ?? ink.series[i % ink.series.length],
      data: s.points.map(([x, y]) => [x, y]),
      markLine: i === 0 && marks.length ? named(marks, ink) : undefined,
      markArea: i === 0 && data.bands?.length ? banded(data.bands, ink) : undefined,
    })),
  };
}

function named(marks: NonNullable<XYChartData["marks"]>, ink: Ink) {
  const sorted = [...marks].sort((a, b) => a.at - b.at);
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: ink.ink, type: "dotted" },
    data: sorted.map((mark, i) => ({ xAxis: mark.at, label: { formatter: mark.name, color: ink.ink, fontSize: 11, distance: 2 + 13 * (i % 3) } })),
  };
}

function banded(bands: NonNullable<XYChartData["bands"]>, ink: Ink) {
  return {
    silent: true,
    itemStyle: { color: ink.series[0], opacity: 0.08 },
    label: { color: ink.quiet, fontSize: 10, position: "insideBottom" },
    data: bands.map((band) => [{ xAxis: band.from, name: band.name }, { xAxis: band.to }]),
  };
}

export function xyTable(data: XYChartData): ChartTable {
  return {
    columns: ["series", data.x.name, "value"],
    rows: data.series.flatMap((s) => s.points.map(([x, y]) => [s.name, x, y] as (string | number | null)[])),
  };
}

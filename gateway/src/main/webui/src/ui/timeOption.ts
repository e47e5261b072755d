import type { EChartsCoreOption } from "echarts/core";
import { type ChartTable, type Ink, tooltip, type Unit, utc } from "./chartParts";

export interface TimeSeries {
  name: string;
  unit: Unit;
  kind: "line" | "bar";
  /** Instants of UTC and values; null where there is none. */
  points: readonly (readonly [string, number | null])[];
  /** Which of the panes, from the top. */
  pane?: number;
  colour?: string | ((ink: Ink) => string);
  /** Series of one stack stand in one place: one of them has a value at an instant. */
  stack?: string;
}

export interface TimeChartData {
  series: readonly TimeSeries[];
  /** How far apart two points are where none is missing. Milliseconds. */
  cadence: number;
  gapLabel?: string;
}

interface Gap {
  from: number;
  to: number;
}

/** Where more than one step lies between two neighbouring instants. */
export function gaps(instants: readonly number[], cadence: number): Gap[] {
  return instants.flatMap((at, i) => (i > 0 && at - instants[i - 1] > 1.5 * cadence ? [{ from: instants[i - 1], to: at }] : []));
}

/** Points with a null in each gap: no line crosses what is missing. */
export function broken(points: readonly (readonly [string, number | null])[], cadence: number): [number, number | null][] {
  const out: [number, number | null][] = [];
  for (const [at, value] of points) {
    const here = Date.parse(at);
    const before = out.at(-1)?.[0];
    if (before !== undefined && here - before > 1.5 * cadence) out.push([before + cadence, null]);
    out.push([here, value]);
  }
  return out;
}

const instantsOf = (data: TimeChartData) => [...new Set(data.series.flatMap((s) => s.points.map(([at]) => Date.parse(at))))].sort((a, b) => a - b);

/** What an ECharts of time draws: panes below one another on one axis of UTC, gaps shaded, every number in its unit. */
export function timeOption(data: TimeChartData, ink: Ink): EChartsCoreOption {
  const instants = instantsOf(data);
  const missing = gaps(instants, data.cadence);
  const panes = 1 + Math.max(0, ...data.series.map((s) => s.pane ?? 0));
  const unitOf = (pane: number) => data.series.find((s) => (s.pane ?? 0) === pane)?.unit;
  const of = [...Array(panes).keys()];
  const room = 84 / panes;
  return {
    // panes of one left edge: labels that are longer than its room would move only their own pane
    grid: of.map((i) => ({ outerBoundsMode: "none", left: 76, right: 16, top: `${7 + i * room}%`, height: `${room - 6}%` })),
    legend: { top: 0, left: 64, textStyle: { color: ink.quiet, fontSize: 11 }, itemWidth: 12, itemHeight: 8 },
    tooltip: { trigger: "axis", confine: true, backgroundColor: ink.sheet, borderColor: ink.line, textStyle: { color: ink.ink, fontSize: 12 }, formatter: tooltip(utc, data.series.map((s) => s.unit)) },
    axisPointer: { link: [{ xAxisIndex: "all" }], label: { formatter: ({ value }: { value: number }) => utc(value) } },
    dataZoom: [
      { type: "inside", xAxisIndex: of, filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
      { type: "slider", xAxisIndex: of, filterMode: "none", height: 16, bottom: 4, borderColor: ink.line, textStyle: { color: ink.quiet, fontSize: 10 }, labelFormatter: (at: number) => utc(at) },
    ],
    xAxis: of.map((i) => ({
      type: "time",
      gridIndex: i,
      min: instants[0],
      max: instants.at(-1),
      name: i === panes - 1 ? "UTC" : undefined,
      nameLocation: "middle",
      nameGap: 22,
      nameTextStyle: { color: ink.quiet },
      axisLabel: { show: i === panes - 1, hideOverlap: true, color: ink.quiet, fontSize: 11 },
      axisLine: { onZero: false, lineStyle: { color: ink.line } },
    })),
    yAxis: of.map((i) => ({
      type: "value",
      gridIndex: i,
      scale: !data.series.some((s) => (s.pane ?? 0) === i && s.kind === "bar"),
      name: unitOf(i)?.name,
      nameLocation: "middle",
      nameGap: 62,
      nameTextStyle: { color: ink.quiet, fontSize: 11 },
      axisLabel: { color: ink.quiet, fontSize: 11, formatter: (value: number) => unitOf(i)?.text(value) ?? String(value) },
      splitLine: { lineStyle: { color: ink.line } },
      splitNumber: 3,
    })),
    series: data.series.map((s, i) => ({
      name: s.name,
      type: s.kind,
      stack: s.stack,
      xAxisIndex: s.pane ?? 0,
      yAxisIndex: s.pane ?? 0,
      showSymbol: false,
      connectNulls: false,
      barMinWidth: 1,
      lineStyle: { width: 1.5 },
      color: typeof s.colour === "function" ? s.colour(ink) : (s.colour ?? ink.series[i % ink.series.length]),
      data: s.stack ? s.points.map(([at, value]) => [Date.parse(at), value]) : broken(s.points, data.cadence),
      markArea: data.series.findIndex((other) => (other.pane ?? 0) === (s.pane ?? 0)) === i ? shaded(missing, data.gapLabel ?? "no snapshot", ink) : undefined,
    })),
  };
}

function shaded(missing: Gap[], label: string, ink: Ink) {
  if (missing.length === 0) return undefined;
  const widest = missing.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a));
  return {
    silent: true,
    itemStyle: { color: ink.quiet, opacity: 0.18 },
    label: { color: ink.quiet, fontSize: 10, position: "insideTop" },
    data: missing.map((gap) => [{ xAxis: gap.from, name: gap === widest ? label : "" }, { xAxis: gap.to }]),
  };
}

/** The same as a table: one row per instant. */
export function timeTable(data: TimeChartData): ChartTable {
  const rows = new Map<number, (string | number | null)[]>();
  data.series.forEach((s, i) => {
    for (const [at, value] of s.points) {
      const instant = Date.parse(at);
      const row = rows.get(instant) ?? [at, ...data.series.map(() => null)];
      row[i + 1] = value;
      rows.set(instant, row);
    }
  });
  return { columns: ["UTC", ...data.series.map((s) => `${s.name}, ${s.unit.name}`)], rows: [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row) };
}

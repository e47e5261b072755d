import { DASH, time } from "../format";

/** A quantity's unit: how its values are written on axes, in tooltips and in the table beside the chart. */
export interface Unit {
  name: string;
  text: (value: number) => string;
}

/** What stands in a chart, as a table: for those who cannot see it, for copying and for CSV. */
export interface ChartTable {
  columns: string[];
  rows: (string | number | null)[][];
}

export interface Ink {
  ink: string;
  quiet: string;
  line: string;
  sheet: string;
  series: string[];
  good: string;
  warn: string;
  bad: string;
}

/** The chart's colours as the style sheet has them at this moment. */
export function ink(): Ink {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim() || "#888888";
  return {
    ink: of("--ink"),
    quiet: of("--quiet"),
    line: of("--line"),
    sheet: of("--sheet"),
    series: ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"].map(of),
    good: of("--good"),
    warn: of("--warn"),
    bad: of("--bad"),
  };
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ESCAPES[c]);

interface Hovered {
  seriesName?: string;
  seriesIndex?: number;
  marker?: string;
  value?: unknown;
}

/** A tooltip of a head and one line per series, each value in its unit. */
export function tooltip(head: (at: number) => string, units: (Unit | undefined)[]) {
  return (hovered: Hovered | Hovered[]): string => {
    const all = Array.isArray(hovered) ? hovered : [hovered];
    const at = (all[0]?.value as unknown[] | undefined)?.[0];
    const lines = all.flatMap((of) => {
      const unit = units[of.seriesIndex ?? 0];
      const value = (of.value as unknown[] | undefined)?.[1];
      return unit && typeof value === "number" ? [`${of.marker ?? ""}${escaped(of.seriesName ?? "")} <b>${escaped(unit.text(value))}</b>`] : [];
    });
    return [escaped(head(at as number)), ...(lines.length ? lines : [DASH])].join("<br>");
  };
}

export const utc = (at: number | string) => time(typeof at === "number" ? new Date(at).toISOString() : at);

/** A CSV of a table; a text that a spreadsheet would take for a formula is marked as text. */
export function csv(table: ChartTable): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [table.columns, ...table.rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

import { describe, expect, it } from "vitest";
import { gexData } from "../pages/flow/GexChart";
import { csv, type Ink, tooltip } from "./chartParts";
import { broken, gaps, timeOption, timeTable } from "./timeOption";

const HOUR = 3_600_000;
const START = Date.parse("2026-08-27T00:00:00Z");
const INK: Ink = { ink: "ink", quiet: "quiet", line: "line", sheet: "sheet", series: ["1", "2", "3", "4", "5", "6"], good: "green", warn: "amber", bad: "red" };
const REGIMES = ["positive", "near_flip", "negative", null];

/** 2,160 hours, of which the two weeks from the 1,000th are not there. */
const points = [...Array(2160).keys()]
  .filter((i) => i < 1000 || i >= 1000 + 14 * 24)
  .map((i) => ({ at: new Date(START + i * HOUR).toISOString(), spot: 60_000 + i, net_gex: i % 7, vendor_net_gex: null, rounding_band: null, flip: null, flip_reason: null, regime: REGIMES[i % 4] }));

type Drawn = { series: { name: string; type: string; large?: boolean; color: string; connectNulls: boolean; data: [number, number | null][]; markArea?: { data: { xAxis: number; name?: string }[][] } }[]; xAxis: { type: string; name?: string }[] };
const drawn = timeOption(gexData(points), INK) as unknown as Drawn;

describe("a chart of 2,160 hours with two weeks missing", () => {
  it("has each regime in its colour", () => {
    const bars = drawn.series.filter((s) => s.type === "bar");
    expect(bars.map((s) => s.color)).toEqual(["green", "amber", "red", "quiet"]);
    expect(bars.every((s) => s.large === undefined)).toBe(true);
    for (const [i, point] of points.entries()) {
      const at = bars.map((s) => s.data[i][1] !== null);
      expect(at.filter(Boolean)).toHaveLength(1);
      expect(at.indexOf(true)).toBe(point.regime === null ? 3 : REGIMES.indexOf(point.regime));
    }
  });

  it("draws no line across them, and shades them", () => {
    const spot = drawn.series[0];
    expect(spot.connectNulls).toBe(false);
    const hole = spot.data.find(([, value]) => value === null);
    expect(hole?.[0]).toBe(START + 1000 * HOUR);
    expect(spot.markArea?.data).toEqual([[{ xAxis: START + 999 * HOUR, name: "no snapshot" }, { xAxis: START + (1000 + 14 * 24) * HOUR }]]);
  });

  it("is of UTC and says so", () => {
    expect(drawn.xAxis.map((axis) => axis.type)).toEqual(["time", "time"]);
    expect(drawn.xAxis.at(-1)?.name).toBe("UTC");
  });

  it("is a table, too", () => {
    const table = timeTable(gexData(points));
    expect(table.rows).toHaveLength(points.length);
    expect(table.columns[0]).toBe("UTC");
    expect(table.rows[5].slice(0, 2)).toEqual([points[5].at, 60_005]);
  });
});

describe("gaps", () => {
  it("are where more than a step is missing, and nowhere else", () => {
    expect(gaps([0, HOUR, 2 * HOUR], HOUR)).toEqual([]);
    expect(gaps([0, HOUR, 3 * HOUR], HOUR)).toEqual([{ from: HOUR, to: 3 * HOUR }]);
  });

  it("break a line once each", () => {
    expect(broken([["1970-01-01T00:00:00Z", 1], ["1970-01-01T05:00:00Z", 2]], HOUR)).toEqual([[0, 1], [HOUR, null], [5 * HOUR, 2]]);
  });
});

describe("what leaves a chart", () => {
  it("has its numbers in their units in the tooltip, and foreign text as text", () => {
    const told = tooltip((at) => `at ${at}`, [{ name: "vol", text: (v) => `${v} %` }])([{ seriesName: "<b>", seriesIndex: 0, value: [5, 12] }]);
    expect(told).toBe("at 5<br>&lt;b&gt; <b>12 %</b>");
  });

  it("is a CSV that no spreadsheet takes for a formula", () => {
    expect(csv({ columns: ["a", "b"], rows: [["=1+1", -2], ['say "x", y', null]] })).toBe("a,b\r\n'=1+1,-2\r\n\"say \"\"x\"\", y\",");
  });
});

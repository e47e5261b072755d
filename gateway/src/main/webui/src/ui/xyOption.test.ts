import { describe, expect, it } from "vitest";
import type { Ink } from "./chartParts";
import { type XYChartData, xyOption, xyTable } from "./xyOption";

const INK: Ink = { ink: "ink", quiet: "quiet", line: "line", sheet: "sheet", series: ["1", "2"], good: "g", warn: "w", bad: "b" };
const DATA: XYChartData = {
  x: { name: "spot, USD", text: (v) => `${v} USD` },
  series: [{ name: "GEX", unit: { name: "GEX, USD", text: (v) => `$${v}` }, points: [[1, 2], [2, null], [3, 4]] }],
  marks: [{ at: 2.01, name: "flip" }, { at: 2, name: "spot" }],
};

type Drawn = { xAxis: { axisLabel: { formatter: (v: number) => string } }; yAxis: { axisLabel: { formatter: (v: number) => string } }[]; series: { connectNulls: boolean; markLine: { data: { xAxis: number; label: { distance: number } }[] } }[] };

describe("a chart of one quantity over another", () => {
  const drawn = xyOption(DATA, INK) as unknown as Drawn;

  it("writes every number in its unit", () => {
    expect(drawn.xAxis.axisLabel.formatter(5)).toBe("5 USD");
    expect(drawn.yAxis[0].axisLabel.formatter(5)).toBe("$5");
  });

  it("keeps the names of neighbouring marks apart", () => {
    const [spot, flip] = drawn.series[0].markLine.data;
    expect([spot.xAxis, flip.xAxis]).toEqual([2, 2.01]);
    expect(Math.abs(flip.label.distance - spot.label.distance)).toBeGreaterThanOrEqual(12);
  });

  it("draws no line over what is missing, and has a table with it", () => {
    expect(drawn.series[0].connectNulls).toBe(false);
    expect(xyTable(DATA).rows).toContainEqual(["GEX", 2, null]);
  });
});

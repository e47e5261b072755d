import { useMemo } from "react";
import type { GexPoint, GexSeries } from "../../api/schema/market";
import { number, usd } from "../../format";
import type { Ink } from "../../ui/chartParts";
import { TimeChart } from "../../ui/TimeChart";
import type { TimeChartData, TimeSeries } from "../../ui/timeOption";

const HOUR = 3_600_000;
const REGIMES = ["positive", "near_flip", "negative", "undetermined"] as const;
type Regime = (typeof REGIMES)[number];

const NAMES: Record<Regime, string> = { positive: "positive gamma", near_flip: "near the flip", negative: "negative gamma", undetermined: "undetermined" };
const COLOURS: Record<Regime, (ink: Ink) => string> = { positive: (ink) => ink.good, near_flip: (ink) => ink.warn, negative: (ink) => ink.bad, undetermined: (ink) => ink.quiet };
const TONES: Record<Regime, string> = { positive: "--good", near_flip: "--warn", negative: "--bad", undetermined: "--quiet" };

const regimeOf = (point: GexPoint): Regime => REGIMES.find((regime) => regime === point.regime) ?? "undetermined";

/** One series of bars per regime: a colour of its own each, however many hours there are. */
export function gexData(points: readonly GexPoint[]): TimeChartData {
  const bars = REGIMES.map((regime): TimeSeries => ({
    name: NAMES[regime],
    unit: { name: "GEX per 1 %, USD", text: usd },
    kind: "bar",
    pane: 1,
    stack: "gex",
    colour: COLOURS[regime],
    points: points.map((p) => [p.at, regimeOf(p) === regime ? p.net_gex : null] as const),
  }));
  const spot: TimeSeries = { name: "spot", unit: { name: "spot, USD", text: (v) => `$${number(v, v < 1_000 ? 2 : 0)}` }, kind: "line", pane: 0, points: points.map((p) => [p.at, p.spot] as const) };
  return { cadence: HOUR, series: [spot, ...bars] };
}

export function GexChart(props: { series: GexSeries }) {
  const { points } = props.series;
  const data = useMemo(() => gexData(points), [points]);
  return <TimeChart label="net GEX and spot over time" data={data} height={430} />;
}

export function RegimeKey() {
  return (
    <>
      {REGIMES.map((regime) => (
        <span key={regime}>
          <span className="swatch" style={{ background: `var(${TONES[regime]})` }} /> {NAMES[regime]}
          {regime === "undetermined" ? ": the net lies within what the rounding of the vendor's gamma may add to its own sum." : ", "}
        </span>
      ))}
    </>
  );
}

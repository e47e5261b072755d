import { useMemo } from "react";
import type { Surface } from "../../api/schema/market";
import { day, number, percent } from "../../format";
import { HeatMap, type HeatMapData } from "../../ui/HeatMap";
import { XYChart } from "../../ui/XYChart";
import type { XYSeries } from "../../ui/xyOption";

/** deltaPut25 is 25P, atm is ATM. */
const short = (label: string) => {
  const found = /^delta(Put|Call)(\d+)$/.exec(label);
  return found ? `${Number(found[2])}${found[1][0]}` : label.toUpperCase();
};

/** Vol by delta and expiry, as colours; a click on a row chooses its expiry. */
export function SurfaceMap(props: { surface: Surface; pick: (expiry: string) => void }) {
  const { surface, pick } = props;
  const data = useMemo((): HeatMapData => {
    const labels = [...new Set(surface.slices.flatMap((s) => s.points.map((p) => p.label)))];
    return {
      rows: surface.slices.map((s) => day(s.expiration)),
      columns: labels.map(short),
      unit: { name: "vol", text: percent },
      cells: surface.slices.flatMap((s, row) => s.points.map((p) => [row, labels.indexOf(p.label), p.vol] as const)),
    };
  }, [surface]);
  return <HeatMap label="vol surface by delta and expiry" data={data} height={320} pick={(row) => pick(surface.slices[row].expiration)} />;
}

const NEAREST = 30;

/** The smile of one expiry, with the one before and the one after it. */
export function SmileOf(props: { surface: Surface; expiry: string | null; set: (expiry: string) => void }) {
  const { slices } = props.surface;
  const nearest = slices.reduce((best, s, i) => (Math.abs(s.days - NEAREST) < Math.abs((slices[best]?.days ?? 0) - NEAREST) ? i : best), 0);
  const found = slices.findIndex((s) => s.expiration === props.expiry);
  const at = found < 0 ? nearest : found;
  const series = useMemo(
    () =>
      [at, at - 1, at + 1].flatMap((i, order): XYSeries[] =>
        slices[i] ? [{ name: day(slices[i].expiration), unit: { name: "vol", text: percent }, dashed: order > 0, points: slices[i].points.map((p) => [p.k, p.vol] as const) }] : [],
      ),
    [slices, at],
  );
  if (!slices[at]) return <p>No expiry has points.</p>;
  return (
    <>
      <div className="row tight">
        <select aria-label="expiry" value={slices[at].expiration} onChange={(e) => props.set(e.target.value)}>
          {slices.map((s) => (
            <option key={s.expiration} value={s.expiration}>
              {day(s.expiration)}, {number(s.days, 1)} d
            </option>
          ))}
        </select>
        <small>forward {number(slices[at].forward, slices[at].forward < 1_000 ? 2 : 0)} USD</small>
      </div>
      <XYChart label="smile of the chosen expiry" height={280} data={{ x: { name: "k = ln(K/F)", text: (v) => number(v) }, series, marks: [{ at: 0, name: "forward" }] }} />
    </>
  );
}

import { useMemo } from "react";
import type { Profile } from "../../api/schema/market";
import { count, number, usd, words } from "../../format";
import { XYChart } from "../../ui/XYChart";
import type { XYChartData } from "../../ui/xyOption";

const price = (v: number) => number(v, v < 1_000 ? 1 : 0);

/** Dealers' gamma along spot, with spot and the flips named on one axis. */
export function GammaProfile(props: { profile: Profile }) {
  const p = props.profile;
  const data = useMemo(
    (): XYChartData => ({
      x: { name: "spot, USD", text: price },
      series: [{ name: "GEX per 1 %", unit: { name: "GEX per 1 %, USD", text: usd }, area: true, points: p.profile.map((of) => [of.spot, of.gex] as const) }],
      marks: [...(p.spot === null ? [] : [{ at: p.spot, name: `spot ${price(p.spot)}` }]), ...p.flips.map((flip) => ({ at: flip, name: `flip ${price(flip)}` }))],
    }),
    [p],
  );
  const left = Object.entries(p.left_out_reasons).map(([why, n]) => `${count(n)} ${words(why)}`);
  return (
    <>
      <XYChart label="gamma profile over spot" data={data} height={270} />
      <small>
        {p.net_gex === null ? (
          words(p.reason)
        ) : (
          <>
            net {usd(p.net_gex)} per 1 %, regime {words(p.regime)} · the vendor's own sum {usd(p.vendor_net_gex)} ± {usd(p.rounding_band)} · {count(p.instruments)} instruments: {count(p.by_mark_vol)} at their
            mark vol, {count(p.by_surface_vol)} at the surface's, {count(p.by_open_interest)} by open interest; {count(p.left_out)} left out{left.length ? ` (${left.join(", ")})` : ""}
            {p.flips.length === 0 && ` · no flip: ${words(p.nearest_flip_reason)}`}
          </>
        )}
      </small>
    </>
  );
}

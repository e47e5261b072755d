import type { GexSeries } from "../../api/schema/market";
import { counted } from "../../counted";
import { count, time, usd, words } from "../../format";
import { Num } from "../../ui/Num";

/** The latest stored hour's regime, and how many hours of the range each regime had. */
export function RegimeStrip(props: { series: GexSeries; currency: string }) {
  const { points } = props.series;
  const last = points.at(-1);
  if (!last) return <p>No stored hour.</p>;
  const counts = counted(points, (p) => p.regime ?? "unknown").map(([r, n]) => `${count(n)} h ${words(r)}`);
  return (
    <p>
      Latest stored hour, {time(last.at)}: <b>{words(last.regime)}</b>, net GEX{" "}
      <Num label="net GEX of the latest hour" text={usd} figure={{ value: last.net_gex, state: "ok", reason: "the chain has no net", as_of: last.at }} source="daily" lineage={{ number: "net_gex", currency: props.currency }} /> per 1 %, flip{" "}
      {last.flip === null ? words(last.flip_reason) : usd(last.flip)}. Over the range: {counts.join(", ")}.
    </p>
  );
}

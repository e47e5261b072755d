import { EVERY, useApi } from "../../api/query";
import type { Fig } from "../../api/schema/common";
import { GexSeries, Levels, type Levels as LevelsAnswer, Rate, Readings, Volume } from "../../api/schema/market";
import { useAsOf, useMoment } from "../../clock";
import { number, percent, points, signed, usd, words } from "../../format";
import type { Currency } from "../../shell/search";
import { Num } from "../../ui/Num";
import { Sparkline } from "../../ui/Sparkline";
import { change24h, hourly } from "./change";

const DAY = 86_400_000;
const LIVE_ONLY: Fig = { value: null, state: "unavailable", reason: "live only: it has no answer as of a date" };

/** The row of one currency. Price, volume and flip are asked live; the vols are of the latest stored hour. */
export function MarketRow(props: { currency: Currency; choose: () => void }) {
  const { currency } = props;
  const asOf = useAsOf();
  const moment = useMoment();
  const of = `currency=${currency}`;
  const rate = useApi(asOf ? null : `/api/reference-rates?asset=${currency.toLowerCase()}`, Rate, EVERY.live);
  const volume = useApi(asOf ? null : `/api/volume-24h?${of}`, Volume, EVERY.live);
  const levels = useApi(asOf ? null : `/api/analytics/gex-levels?${of}`, Levels, EVERY.live);
  const readings = useApi(`/api/analytics/overview?${of}${asOf ? `&date=${asOf}` : ""}`, Readings, EVERY.hourly);
  const from = new Date(moment - 31 * DAY).toISOString().slice(0, 10);
  const history = useApi(`/api/flow/gex?${of}&from=${from}${asOf ? `&to=${asOf}` : ""}`, GexSeries, EVERY.hourly);
  const r = readings.data;
  const vol = (label: string, name: string, figure: Fig | undefined, text: (v: number) => string) => (
    <Num label={`${currency} ${label}`} text={text} figure={figure} query={readings} source="daily" lineage={{ number: name, currency }} />
  );
  return (
    <tr>
      <th scope="row">
        <button type="button" onClick={props.choose}>
          {currency}
        </button>
      </th>
      <td className="n">
        <Num
          label={`${currency} price`}
          text={(v) => `$${number(v, v < 1_000 ? 2 : 0)}`}
          figure={asOf ? LIVE_ONLY : rate.data && { ...rate.data, value: rate.data.price }}
          query={asOf ? undefined : rate}
          source="live"
          lineage={{ number: "reference_rate", rawId: rate.data?.raw_id }}
        />
        {rate.data?.source === "derivatives_underlying" && (
          <span className="why" tabIndex={0} role="note" data-why={`from derivatives, the underlying's price: ${words(rate.data.reason ?? "no reference rate")}`} aria-label="price from derivatives">
            ᵈ
          </span>
        )}
      </td>
      <td className="n">
        <Num label={`${currency} change over 24 h`} text={(v) => `${signed(100 * v, 2)} %`} figure={history.data && change24h(history.data.points)} query={history} source="daily" />
      </td>
      <td className="n">
        <Num
          label={`${currency} 24 h volume`}
          text={usd}
          figure={asOf ? LIVE_ONLY : volume.data && { ...volume.data, value: volume.data.volume_usd }}
          query={asOf ? undefined : volume}
          source="live"
          lineage={{ number: "volume_24h", rawId: volume.data?.raw_id }}
        />
      </td>
      <td className="n">{vol("IV 7 d", "atm_iv7", r?.atm_iv7, percent)}</td>
      <td className="n">{vol("IV 30 d", "atm_iv30", r?.atm_iv30, percent)}</td>
      <td className="n">{vol("RV 30 d", "rv30", r?.rv30, percent)}</td>
      <td className="n">{vol("VRP", "vrp", r?.vrp, (v) => points(v).replace(" pts", ""))}</td>
      <td className="n">{vol("VRP rank", "vrp_rank", r && { ...r.vrp_rank, as_of: r.vrp.as_of }, (v) => percent(v, 0))}</td>
      <td className="n">{vol("variance premium", "variance_premium", r?.variance_premium, (v) => number(v, 4))}</td>
      <td className="n">{vol("DVOL", "dvol", r?.dvol, percent)}</td>
      <td className="n">
        <Num label={`${currency} 25Δ risk reversal`} text={(v) => points(v).replace(" pts", "")} figure={r?.risk_reversal25} query={readings} source="daily" />
      </td>
      <td className="n">{vol("net GEX", "net_gex", r?.net_gex, usd)}</td>
      <td className="n">
        <Num label={`${currency} distance to the flip`} text={(v) => `${signed(100 * v, 1)} %`} figure={asOf ? LIVE_ONLY : levels.data && toFlip(levels.data)} query={asOf ? undefined : levels} source="live" />
      </td>
      <td>
        <Sparkline label={`${currency} spot over 30 days`} points={history.data ? hourly(history.data.points) : []} />
      </td>
    </tr>
  );
}

/** How far spot has to go to the nearest flip, as a fraction of spot. */
function toFlip(levels: LevelsAnswer): Fig {
  const flip = levels.nearest_flip ?? null;
  if (flip === null || !levels.spot) return { value: null, state: "missing", reason: levels.nearest_flip_reason ?? levels.reason ?? "no flip is served", as_of: levels.as_of };
  return { value: flip / levels.spot - 1, state: levels.state, reason: levels.reason, as_of: levels.as_of };
}

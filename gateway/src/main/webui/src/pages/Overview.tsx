import { type Fig, useApi } from "../api";
import { number, percent, points, time, usd, words } from "../format";
import { Figure, Panel, State } from "../parts";

interface Rate {
  price: number | null;
  state: string;
  as_of: string | null;
  source: string | null;
  reason: string | null;
  raw_id: number | null;
}

interface Volume {
  volume_usd: number | null;
  contract_volume: number | null;
  state: string;
  reason: string | null;
  as_of: string | null;
  counted: number;
  left_out: number;
  raw_id: number | null;
}

interface Readings {
  atm_iv7: Fig;
  atm_iv30: Fig;
  rv30: Fig;
  vrp: Fig;
  vrp_rank: { value: number | null; state: string; reason: string | null };
  variance_premium: Fig;
  dvol: Fig;
  net_gex: Fig;
}

interface Deep {
  status: string;
  services: { service: string; status: string; migration: string | null; reason: string | null }[];
}

export interface Signal {
  id: number;
  kind: string;
  currency: string | null;
  severity: string;
  text: string;
  fired_at: string;
}

function Market(props: { currency: string }) {
  const rate = useApi<Rate>(`/api/reference-rates?asset=${props.currency.toLowerCase()}`);
  const volume = useApi<Volume>(`/api/volume-24h?currency=${props.currency}`);
  const readings = useApi<Readings>(`/api/analytics/overview?currency=${props.currency}`);
  return (
    <Panel title={props.currency} query={readings}>
      {(r) => (
        <div className="figures">
          <Figure
            label="Price"
            number="reference_rate"
            rawId={rate.data?.raw_id}
            figure={rate.data ? { value: rate.data.price, state: rate.data.state, reason: rate.data.reason, as_of: rate.data.as_of } : null}
            text={usd}
          />
          <Figure
            label="24 h volume"
            number="volume_24h"
            rawId={volume.data?.raw_id}
            figure={volume.data ? { value: volume.data.volume_usd, state: volume.data.state, reason: volume.data.reason, as_of: volume.data.as_of } : null}
            text={usd}
          />
          <Figure label="IV 7d" number="atm_iv7" currency={props.currency} figure={r.atm_iv7} text={percent} />
          <Figure label="IV 30d" number="atm_iv30" currency={props.currency} figure={r.atm_iv30} text={percent} />
          <Figure label="RV 30d (vendor, hourly)" number="rv30" currency={props.currency} figure={r.rv30} text={percent} />
          <Figure label="VRP (IV − RV, 30d)" number="vrp" currency={props.currency} figure={r.vrp} text={points} />
          <Figure
            label="VRP percentile, 90 d"
            number="vrp_rank"
            currency={props.currency}
            figure={{ ...r.vrp_rank, as_of: r.vrp.as_of }}
            text={(v) => percent(v, 0)}
          />
          <Figure label="Variance premium (IV² − RV²)" number="variance_premium" currency={props.currency} figure={r.variance_premium} text={(v) => number(v, 4)} />
          <Figure label="DVOL" number="dvol" currency={props.currency} figure={r.dvol} text={percent} />
          <Figure label="Net GEX per 1 %" number="net_gex" currency={props.currency} figure={r.net_gex} text={usd} />
          {rate.data?.source === "derivatives_underlying" && <small>price from derivatives: {words(rate.data.reason)}</small>}
        </div>
      )}
    </Panel>
  );
}

export function Overview() {
  const deep = useApi<Deep>("/api/health/deep", 30_000);
  const status = useApi<{ latest_complete_date: string; items: { type: string; currency: string; status: string; reason: string | null }[] }>("/api/snapshots/status");
  const signals = useApi<{ items: Signal[] }>("/api/alerts/signals");
  return (
    <>
      <div className="bar">
        <h1>Overview</h1>
      </div>
      <Market currency="BTC" />
      <Market currency="ETH" />
      <Market currency="SOL" />
      <Panel title="Services" query={deep}>
        {(d) => (
          <div className="scroll" tabIndex={0}>
          <table>
            <tbody>
              {d.services.map((s) => (
                <tr key={s.service}>
                  <td>{s.service}</td>
                  <td>
                    <State value={s.status} />
                  </td>
                  <td>{s.reason ?? s.migration}</td>
                </tr>
              ))}
            </tbody>
          </table>
          </div>
        )}
      </Panel>
      <Panel title="Data" query={status}>
        {(s) => (
          <>
            <p>
              {s.items.filter((i) => i.status === "ok").length} of {s.items.length} snapshots are ok for {s.latest_complete_date}.
            </p>
            {s.items
              .filter((i) => i.status !== "ok")
              .map((i) => (
                <div key={i.type + i.currency}>
                  {i.type} {i.currency} <State value={i.status} /> <small>{words(i.reason)}</small>
                </div>
              ))}
          </>
        )}
      </Panel>
      <Panel title="Latest signals" query={signals} quality={(s) => (s.items.length ? { state: "ok" } : { state: "missing", reason: "no signal fires; refresh them on the analytics page" })}>
        {(s) => (
          <ul>
            {s.items.slice(0, 8).map((i) => (
              <li key={i.id}>
                <State value={i.severity} /> {i.text} <small>{time(i.fired_at)}</small>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

import { useMemo, useState } from "react";
import { type Fig, useAction, useApi, useSession } from "../api";
import { age, DASH, number, percent, points, signed, time, usd, words } from "../format";
import { Chart, Currency, Figure, Panel, State, useParam } from "../parts";
import type { Signal } from "./Overview";

interface Profile {
  state: string;
  reason: string | null;
  as_of: string | null;
  spot: number | null;
  net_gex: number | null;
  vendor_net_gex: number | null;
  rounding_band: number | null;
  flips: number[];
  nearest_flip: number | null;
  nearest_flip_reason: string | null;
  regime: string | null;
  instruments: number;
  by_mark_vol: number;
  by_surface_vol: number;
  by_open_interest: number;
  left_out: number;
  left_out_reasons: Record<string, number>;
  profile: { spot: number; gex: number }[];
}

interface Levels {
  state: string;
  reason: string | null;
  freshness: string;
  source: string;
  as_of: string | null;
  spot: number | null;
  daily_sigma: number | null;
  daily_sigma_as_of: string | null;
  daily_sigma_reason: string | null;
  levels: { kind: string; strike: number; gex: number; distance_pct: number; distance_daily_sigma: number | null; reason: string | null }[];
}

interface Sample {
  n: number;
  coverage: number;
  independent_n: number;
}

interface Aged {
  state: string;
  reason: string | null;
  as_of: string | null;
}

interface Thresholds extends Aged {
  trailing_days: number;
  metrics: { metric: string; now: Fig; rank: number | null; sample: Sample; state: string; reason: string | null; percentiles: number[] }[];
}

interface SpotVol extends Aged {
  windows: { days: number; beta: number | null; correlation: number | null; r_squared: number | null; sample: Sample; state: string; reason: string | null }[];
}

type Smile = Aged & Record<"skew_stickiness_ratio" | "spot_vol_beta" | "skew_slope" | "fixed_strike_change" | "fixed_delta_change", Fig>;

interface Regime extends Aged {
  series: {
    series: string;
    state: string;
    reason: string | null;
    verdict: string | null;
    from: string | null;
    to: string | null;
    sample: Sample;
    tests: { test: string; statistic: number | null; critical: number[]; verdict: string | null; reason: string | null }[];
  }[];
}

interface Realised extends Aged {
  daily_bars: string;
  windows: { days: number; estimates: { estimator: string; bars: string; value: number | null; state: string; reason: string | null; sample: Sample; last_value: number | null }[] }[];
  vendor: { method: string; rv7: Fig; rv30: Fig };
}

const aged = (a: Aged) => ({ state: a.state, reason: a.reason, asOf: a.as_of });
const stands = (s: Sample) => `${s.n} (${percent(s.coverage, 0)}, ${s.independent_n} independent)`;

function RealisedVols(props: { answer: Realised }) {
  const { windows, vendor } = props.answer;
  return (
    <div className="scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th>Estimator</th>
            {windows.map((w) => (
              <th key={w.days} className="n">
                {w.days} d
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(windows[0]?.estimates ?? []).map((e, i) => (
            <tr key={e.estimator + e.bars}>
              <td>
                {words(e.estimator)}, {e.bars}
              </td>
              {windows.map((w) => {
                const x = w.estimates[i];
                return (
                  <td key={w.days} className={x.state === "ok" ? "n" : "n dim"} title={`${x.reason ? `${words(x.reason)}; ` : ""}${stands(x.sample)}`}>
                    {percent(x.value ?? x.last_value)}
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <td>vendor, {words(vendor.method)}</td>
            {windows.map((w) => (
              <td key={w.days} className="n">
                {w.days === 7 ? percent(vendor.rv7.value) : w.days === 30 ? percent(vendor.rv30.value) : DASH}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <small>Daily bars: {words(props.answer.daily_bars)}. Dimmed: few or missing observations.</small>
    </div>
  );
}

interface Term {
  state: string;
  reason: string | null;
  surface_timestamp: string | null;
  listed: { expiration: string; days: number; atm_iv: Fig }[];
  constant: { days: number; atm_iv: Fig }[];
}

interface SurfaceAnswer {
  state: string;
  reason: string | null;
  surface_timestamp: string | null;
  slices: { expiration: string; days: number; forward: number; points: { label: string; k: number; vol: number }[] }[];
}

function GammaChart(props: { profile: Profile }) {
  const { profile } = props;
  const option = useMemo(
    () => ({
      xAxis: { type: "value", min: "dataMin", max: "dataMax", name: "spot, USD", nameLocation: "middle", nameGap: 24 },
      yAxis: { type: "value", name: "GEX, M USD per 1 %" },
      series: [
        {
          type: "line",
          showSymbol: false,
          areaStyle: { opacity: 0.15 },
          data: profile.profile.map((p) => [Math.round(p.spot), +(p.gex / 1e6).toFixed(3)]),
          markLine: {
            symbol: "none",
            data: [
              ...(profile.spot ? [{ xAxis: profile.spot, label: { formatter: "spot" } }] : []),
              ...(profile.nearest_flip ? [{ xAxis: profile.nearest_flip, label: { formatter: "flip" } }] : []),
            ],
          },
        },
      ],
    }),
    [profile],
  );
  return <Chart option={option} label="gamma profile over spot" />;
}

function TermChart(props: { term: Term }) {
  const { term } = props;
  const option = useMemo(
    () => ({
      xAxis: { type: "value", name: "days", nameLocation: "middle", nameGap: 24 },
      yAxis: { type: "value", scale: true, name: "ATM vol, %" },
      series: [
        { type: "line", data: term.listed.filter((l) => l.atm_iv.value !== null).map((l) => [+l.days.toFixed(2), +(100 * (l.atm_iv.value as number)).toFixed(2)]) },
      ],
    }),
    [term],
  );
  return <Chart option={option} label="term structure of at-the-money vol" />;
}

function SmileChart(props: { surface: SurfaceAnswer }) {
  const { surface } = props;
  const option = useMemo(
    () => ({
      legend: { type: "scroll", top: 0 },
      xAxis: { type: "value", name: "k = ln(K/F)", nameLocation: "middle", nameGap: 24 },
      yAxis: { type: "value", scale: true, name: "vol, %" },
      series: surface.slices.map((s) => ({
        type: "line",
        showSymbol: false,
        name: s.expiration.slice(0, 10),
        data: s.points.map((p) => [+p.k.toFixed(4), +(100 * p.vol).toFixed(2)]),
      })),
    }),
    [surface],
  );
  return <Chart option={option} label="vol surface by expiry" height={320} />;
}

interface Dispatched {
  dry_run: boolean;
  status: string;
  error: string | null;
  results: { signal_id: number; fingerprint: string; status: string; reason: string | null }[];
  message: unknown;
}

function AlertSignals() {
  const session = useSession();
  const signals = useApi<{ items: Signal[] }>("/api/alerts/signals");
  const refresh = useAction<object, unknown>("/api/alerts/refresh");
  const dispatch = useAction<object, Dispatched>("/api/alerts/dispatch");
  const [dryRun, setDryRun] = useState(true);
  const signedIn = session.data?.signed_in;
  return (
    <Panel
      title="Alert Signals"
      query={signals}
      wide
      quality={(s) => (s.items.length ? { state: "ok" } : { state: "ok", reason: null })}
      actions={
        <>
          <button disabled={!signedIn || refresh.isPending} onClick={() => refresh.mutate({})}>
            Refresh
          </button>
          <label>
            <input type="checkbox" checked={dryRun} onChange={(e) => setDryRun(e.target.checked)} /> Dry run
          </label>
          <button className="main" disabled={!signedIn || dispatch.isPending || (!dryRun && !dispatch.data?.dry_run)} onClick={() => dispatch.mutate({ dry_run: dryRun })}>
            {dryRun ? "Show what would be sent" : "Dispatch to Slack"}
          </button>
        </>
      }
    >
      {(s) => (
        <>
          {!signedIn && <p><small>Sign in to refresh and dispatch.</small></p>}
          {(refresh.isPending || dispatch.isPending) && <progress aria-label="working" />}
          {refresh.isError && <div className="notice bad">{refresh.error.message}</div>}
          {dispatch.isError && <div className="notice bad">{dispatch.error.message}</div>}
          {s.items.length === 0 && <p>No signal fires.</p>}
          <ul>
            {s.items.map((i) => (
              <li key={i.id}>
                <State value={i.severity} /> {i.text} <small>{time(i.fired_at)}</small>
              </li>
            ))}
          </ul>
          {dispatch.data && (
            <div data-testid="dispatch-result">
              <p>
                <b>{dispatch.data.dry_run ? "Dry run" : "Dispatch"}:</b> <State value={dispatch.data.status} /> {dispatch.data.error ?? ""}
              </p>
              {dispatch.data.results.map((r) => (
                <div key={r.signal_id}>
                  <State value={r.status} /> {r.fingerprint} <small>{r.reason ?? ""}</small>
                </div>
              ))}
              {dispatch.data.message !== null && (
                <details>
                  <summary>Message</summary>
                  <pre>{JSON.stringify(dispatch.data.message, null, 2)}</pre>
                </details>
              )}
            </div>
          )}
        </>
      )}
    </Panel>
  );
}

export function Analytics() {
  const [currency, setCurrency] = useParam("currency", "BTC");
  const [date, setDate] = useParam("date", "");
  const query = `?currency=${currency}${date ? `&date=${date}` : ""}`;
  const profile = useApi<Profile>(`/api/analytics/gamma-profile${query}`);
  const levels = useApi<Levels>(`/api/analytics/gex-levels?currency=${currency}`);
  const thresholds = useApi<Thresholds>(`/api/analytics/thresholds${query}`);
  const spotVol = useApi<SpotVol>(`/api/analytics/spot-vol${query}`);
  const smile = useApi<Smile>(`/api/analytics/smile-tracking${query}`);
  const regime = useApi<Regime>(`/api/analytics/regime${query}`);
  const term = useApi<Term>(`/api/analytics/term-structure${query}`);
  const surface = useApi<SurfaceAnswer>(`/api/analytics/surface${query}`);
  const realised = useApi<Realised>(`/api/analytics/realised-vol${query}`);
  const metric = (name: string, value: number) => (name === "net_gex" ? usd(value) : name === "variance_premium" ? number(value, 4) : name === "dvol" ? percent(value) : points(value));
  return (
    <>
      <div className="bar">
        <h1>Analytics</h1>
        <Currency value={currency} set={setCurrency} />
        <label>
          As of <input type="date" value={date} onChange={(e) => setDate(e.target.value)} />
        </label>
      </div>
      <AlertSignals />
      <Panel title="Gamma profile" query={profile} quality={(p) => ({ state: p.state, reason: p.reason, asOf: p.as_of })}>
        {(p) => (
          <>
            <GammaChart profile={p} />
            <small>
              {p.net_gex === null ? (
                words(p.reason)
              ) : (
                <>
                  net {usd(p.net_gex)} per 1 %, regime {words(p.regime)} · the vendor's own sum {usd(p.vendor_net_gex)} ± {usd(p.rounding_band)} · flips{" "}
                  {p.flips.length ? p.flips.map(usd).join(", ") : words(p.nearest_flip_reason)} · {p.instruments} instruments: {p.by_mark_vol} at their mark vol, {p.by_surface_vol} at the
                  surface's, {p.by_open_interest} by open interest; {p.left_out} left out
                  {p.left_out ? ` (${Object.entries(p.left_out_reasons).map(([why, n]) => `${n} ${words(why)}`).join(", ")})` : ""}
                </>
              )}
            </small>
          </>
        )}
      </Panel>
      <Panel title="GEX levels" query={levels} quality={(l) => ({ state: l.state, reason: l.reason, asOf: l.as_of })}>
        {(l) => (
          <div className="scroll" tabIndex={0}>
            <p>
              {l.freshness} · {l.source} · {l.as_of ? age(l.as_of) : DASH}
              {l.levels.length > 0 && ` · daily σ ${l.daily_sigma === null ? words(l.daily_sigma_reason) : `${percent(l.daily_sigma, 1)} of ${time(l.daily_sigma_as_of)}`}`}
            </p>
            <table>
              <thead>
                <tr>
                  <th>Kind</th>
                  <th className="n">Strike</th>
                  <th className="n">GEX per 1 %</th>
                  <th className="n">Distance</th>
                  <th className="n">Daily σ</th>
                </tr>
              </thead>
              <tbody>
                {l.levels.map((x) => (
                  <tr key={x.strike}>
                    <td>{x.kind}</td>
                    <td className="n">{usd(x.strike)}</td>
                    <td className="n">{usd(x.gex)}</td>
                    <td className="n">{signed(x.distance_pct, 1)} %</td>
                    <td className="n">{x.distance_daily_sigma === null ? words(x.reason) : signed(x.distance_daily_sigma, 1)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title="Thresholds, 90 days" query={thresholds} quality={aged}>
        {(t) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>Metric</th>
                  <th className="n">Now</th>
                  <th className="n">Percentile</th>
                  <th className="n">5 % … 95 %</th>
                  <th className="n">n</th>
                </tr>
              </thead>
              <tbody>
                {t.metrics.map((m) => (
                  <tr key={m.metric} className={m.state === "ok" ? undefined : "dim"}>
                    <td>{words(m.metric)}</td>
                    <td className="n" title={m.now.reason ? words(m.now.reason) : time(m.now.as_of)}>
                      {m.now.value === null ? DASH : metric(m.metric, m.now.value)}
                    </td>
                    <td className="n" title={words(m.reason)}>
                      {percent(m.rank, 0)}
                    </td>
                    <td className="n">{m.percentiles.length ? `${metric(m.metric, m.percentiles[0])} … ${metric(m.metric, m.percentiles[4])}` : words(m.reason)}</td>
                    <td className="n">{stands(m.sample)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title="Spot–vol" query={spotVol} quality={aged}>
        {(s) => (
          <div className="scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th>Window</th>
                <th className="n">Beta</th>
                <th className="n">Correlation</th>
                <th className="n">R²</th>
                <th className="n">n</th>
              </tr>
            </thead>
            <tbody>
              {s.windows.map((w) => (
                <tr key={w.days} title={words(w.reason)} className={w.state === "ok" ? undefined : "dim"}>
                  <td>{w.days} d</td>
                  <td className="n">{number(w.beta)}</td>
                  <td className="n">{number(w.correlation)}</td>
                  <td className="n">{number(w.r_squared)}</td>
                  <td className="n">{w.reason ? `${stands(w.sample)}: ${words(w.reason)}` : stands(w.sample)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          </div>
        )}
      </Panel>
      <Panel title="Smile tracking" query={smile} quality={aged}>
        {(s) => (
          <div className="figures">
            <Figure label="Skew stickiness ratio" number="skew_stickiness_ratio" currency={currency} figure={s.skew_stickiness_ratio} text={(v) => number(v)} />
            <Figure label="Spot–vol beta" number="spot_vol_beta" currency={currency} figure={s.spot_vol_beta} text={(v) => number(v)} />
            <Figure label="ATM skew slope" number="skew_slope" currency={currency} figure={s.skew_slope} text={(v) => number(v, 3)} />
            <Figure label="24 h, fixed strike" number="fixed_strike_change" currency={currency} figure={s.fixed_strike_change} text={points} />
            <Figure label="24 h, fixed delta" number="fixed_delta_change" currency={currency} figure={s.fixed_delta_change} text={points} />
          </div>
        )}
      </Panel>
      <Panel title="Realised vol" query={realised} quality={aged}>
        {(r) => <RealisedVols answer={r} />}
      </Panel>
      <Panel title="Regime stationarity" query={regime} quality={aged}>
        {(r) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>Series</th>
                  <th>Verdict</th>
                  <th className="n">ADF (5 %)</th>
                  <th className="n">KPSS (5 %)</th>
                  <th className="n">Hours without a gap</th>
                </tr>
              </thead>
              <tbody>
                {r.series.map((s) => (
                  <tr key={s.series} className={s.state === "ok" ? undefined : "dim"} title={words(s.reason)}>
                    <td>{words(s.series)}</td>
                    <td>{words(s.verdict ?? s.reason)}</td>
                    {["adf", "kpss"].map((name) => {
                      const t = s.tests.find((x) => x.test === name);
                      return (
                        <td key={name} className="n" title={words(t?.verdict ?? t?.reason)}>
                          {number(t?.statistic)} ({number(t?.critical[1])})
                        </td>
                      );
                    })}
                    <td className="n" title={`${time(s.from)} to ${time(s.to)}`}>
                      {stands(s.sample)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title="Term structure" query={term} quality={(t) => ({ state: t.state, reason: t.reason, asOf: t.surface_timestamp })}>
        {(t) => <TermChart term={t} />}
      </Panel>
      <Panel title="Surface" query={surface} quality={(s) => ({ state: s.state, reason: s.reason, asOf: s.surface_timestamp })}>
        {(s) => <SmileChart surface={s} />}
      </Panel>
    </>
  );
}

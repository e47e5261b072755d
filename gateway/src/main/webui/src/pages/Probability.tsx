import { useMemo } from "react";
import { useApi } from "../api";
import { DASH, number, percent, signed, time, usd, words } from "../format";
import { Chart, Currency, Panel, State, useParam } from "../parts";

interface Quality {
  state: string;
  area: number | null;
  mean_over_forward: number | null;
  input_points: number;
  fit_rmse_vol_points: number | null;
  fit_source: string | null;
  weights: string | null;
  surface_timestamp: string | null;
  reasons: string[];
}

interface Basis {
  state: string;
  reason: string | null;
  horizon: string;
  surface_timestamp: string | null;
  spot: number | null;
  forward: number | null;
  quoted_range: { low: number; high: number } | null;
  density_quality: Quality;
}

interface Quantile {
  probability: number;
  price: number;
  extrapolated: boolean;
}

interface DensityAnswer extends Basis {
  points: { price: number; density: number; vol: number; below: number; extrapolated: boolean }[];
  quantiles: Quantile[];
}

interface Side {
  side: string;
  mass: number;
  mean_price: number | null;
  extrapolated: boolean;
  quantiles: Quantile[];
}

interface Conditional extends Basis {
  band_low: number | null;
  band_high: number | null;
  sides: Side[];
  magnet_repeller: { state: string; reason: string | null; as_of: string | null; magnet: number | null; repeller: number | null; sides: Side[] };
}

interface TouchAnswer extends Basis {
  levels: { level: number; move_pct: number; vol: number; touch_probability: number; finish_beyond_probability: number; extrapolated: boolean }[];
}

interface Candidates {
  state: string;
  reason: string | null;
  chain_source: string;
  chain_timestamp: string | null;
  expiration: string | null;
  expected_value_measure: string;
  candidates: {
    structure: string;
    target_delta: number;
    legs: string[];
    premium_yield_pct: number | null;
    probability_in_the_money: number | null;
    probability_touch: number | null;
    expected_value_usd: number | null;
    quote_quality: string;
    extrapolated: boolean;
  }[];
}

const quality = (q: Quality) => ({ state: q.state, reason: q.reasons.map(words).join("; "), asOf: q.surface_timestamp });

function DensityChart(props: { answer: DensityAnswer }) {
  const { answer } = props;
  const option = useMemo(
    () => ({
      xAxis: { type: "value", min: "dataMin", max: "dataMax", name: "price, USD", nameLocation: "middle", nameGap: 24 },
      yAxis: [
        { type: "value", name: "density", axisLabel: { show: false } },
        { type: "value", name: "vol, %", scale: true, splitLine: { show: false } },
      ],
      legend: { top: 0 },
      series: [
        {
          name: "density",
          type: "line",
          showSymbol: false,
          areaStyle: { opacity: 0.2 },
          data: answer.points.map((p) => [Math.round(p.price * 100) / 100, p.density]),
          markLine: { symbol: "none", data: answer.spot ? [{ xAxis: answer.spot, label: { formatter: "spot" } }] : [] },
        },
        { name: "smile", type: "line", yAxisIndex: 1, showSymbol: false, lineStyle: { type: "dashed" }, data: answer.points.map((p) => [p.price, +(100 * p.vol).toFixed(2)]) },
      ],
    }),
    [answer],
  );
  return <Chart option={option} label="implied density and smile" height={320} />;
}

/** Beyond every quote a price is the fit's own, and marked so. */
const marked = (text: string, extrapolated: boolean) => (extrapolated ? `${text} *` : text);

function Sides(props: { sides: Side[] }) {
  return (
    <div className="scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th>Given</th>
            <th className="n">Mass</th>
            <th className="n">Mean</th>
            <th className="n">10 % · 50 % · 90 %</th>
          </tr>
        </thead>
        <tbody>
          {props.sides.map((s) => (
            <tr key={s.side}>
              <td>{words(s.side)}</td>
              <td className="n">{marked(percent(s.mass), s.extrapolated)}</td>
              <td className="n">{usd(s.mean_price)}</td>
              <td className="n">{s.quantiles.length ? s.quantiles.map((q) => marked(usd(q.price), q.extrapolated)).join(" · ") : DASH}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Probability() {
  const [currency, setCurrency] = useParam("currency", "BTC");
  const [dte, setDte] = useParam("dte", "30");
  const [date, setDate] = useParam("date", "");
  const query = `?currency=${currency}&dte=${dte}${date ? `&date=${date}` : ""}`;
  const density = useApi<DensityAnswer>(`/api/probability/density${query}`);
  const conditional = useApi<Conditional>(`/api/probability/conditional${query}`);
  const touch = useApi<TouchAnswer>(`/api/probability/touch${query}`);
  const candidates = useApi<Candidates>(`/api/probability/candidates${query}`);
  const gex = useApi<{ state: string; reason: string | null; points: { at: string; regime: string; net_gex: number; flip: number | null; spot: number }[] }>(`/api/flow/gex?currency=${currency}`);
  return (
    <>
      <div className="bar">
        <h1>Probability</h1>
        <Currency value={currency} set={setCurrency} />
        <label>
          Maturity
          <select value={dte} onChange={(e) => setDte(e.target.value)}>
            {["7", "14", "30", "60", "90"].map((d) => (
              <option key={d} value={d}>
                {d} days
              </option>
            ))}
          </select>
        </label>
        <label>
          As of <input type="date" value={date} onChange={(e) => setDate(e.target.value)} />
        </label>
      </div>
      <Panel title="Implied density" query={density} wide quality={(d) => quality(d.density_quality)}>
        {(d) => (
          <>
            <DensityChart answer={d} />
            <p>
              <State value={d.density_quality.state} /> area {number(d.density_quality.area, 4)} · mean/F {number(d.density_quality.mean_over_forward, 4)} · {d.density_quality.input_points} points · fit{" "}
              {number(d.density_quality.fit_rmse_vol_points)} vol points · spot {usd(d.spot)} · forward {usd(d.forward)}
            </p>
            <p>{d.quantiles.map((q) => `${percent(q.probability, 0)} ${marked(usd(q.price), q.extrapolated)}`).join(" · ")}</p>
            <p>
              <small>
                until {time(d.horizon)} · fitted to the {words(d.density_quality.fit_source)}, weights {words(d.density_quality.weights)} · quoted from {usd(d.quoted_range?.low)} to {usd(d.quoted_range?.high)}; * beyond: extrapolated
              </small>
            </p>
          </>
        )}
      </Panel>
      <Panel title="Conditional density" query={conditional} quality={(c) => quality(c.density_quality)}>
        {(c) => (
          <>
            <Sides sides={c.sides} />
            <p>
              Magnet {usd(c.magnet_repeller.magnet)}, repeller {usd(c.magnet_repeller.repeller)}:{" "}
              {c.magnet_repeller.state === "ok" ? `of ${time(c.magnet_repeller.as_of)}` : words(c.magnet_repeller.reason)}
            </p>
            {c.magnet_repeller.state === "ok" && <Sides sides={c.magnet_repeller.sides} />}
          </>
        )}
      </Panel>
      <Panel title="Touch probabilities" query={touch} quality={(t) => quality(t.density_quality)}>
        {(t) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th className="n">Level</th>
                  <th className="n">Move</th>
                  <th className="n">Vol there</th>
                  <th className="n">Touch</th>
                  <th className="n">Finish beyond</th>
                </tr>
              </thead>
              <tbody>
                {t.levels.map((l) => (
                  <tr key={l.level}>
                    <td className="n">{marked(usd(l.level), l.extrapolated)}</td>
                    <td className="n">{signed(l.move_pct, 0)} %</td>
                    <td className="n">{percent(l.vol)}</td>
                    <td className="n">{percent(l.touch_probability)}</td>
                    <td className="n">{percent(l.finish_beyond_probability)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title="Candidate screen (experimental)" query={candidates} wide quality={(c) => ({ state: c.state, reason: c.reason, asOf: c.chain_timestamp })}>
        {(c) => (
          <div className="scroll" tabIndex={0}>
            <p>
              Expiry {c.expiration?.slice(0, 10) ?? DASH}, {c.chain_source} chain; short premium at the bid, weighed under the density of the same chain. <small>{words(c.expected_value_measure)}</small>
            </p>
            <table>
              <thead>
                <tr>
                  <th>Structure</th>
                  <th className="n">Delta</th>
                  <th>Legs</th>
                  <th className="n">Premium yield</th>
                  <th className="n">P(ITM)</th>
                  <th className="n">P(touch)</th>
                  <th className="n">Expected value</th>
                  <th>Quotes</th>
                </tr>
              </thead>
              <tbody>
                {c.candidates.map((x) => (
                  <tr key={x.structure + x.target_delta}>
                    <td>{words(x.structure)}</td>
                    <td className="n">{number(x.target_delta)}</td>
                    <td>{marked(x.legs.join(" + "), x.extrapolated)}</td>
                    <td className="n">{x.premium_yield_pct === null ? DASH : `${number(x.premium_yield_pct)} %`}</td>
                    <td className="n">{percent(x.probability_in_the_money)}</td>
                    <td className="n">{percent(x.probability_touch)}</td>
                    <td className="n">{usd(x.expected_value_usd)}</td>
                    <td>
                      <State value={x.quote_quality} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      <Panel title="Regime overlay (stored hours)" query={gex} wide quality={(g) => ({ state: g.state, reason: g.reason, asOf: g.points.at(-1)?.at })}>
        {(g) => {
          const last = g.points.at(-1);
          const counts = Object.entries(Object.groupBy(g.points, (p) => p.regime ?? "unknown")).map(([r, p]) => `${p?.length} h ${words(r)}`);
          return (
            <p>
              Latest stored hour: <b>{words(last?.regime)}</b>, net GEX {usd(last?.net_gex)} per 1 %, flip {usd(last?.flip)}. Over the range: {counts.join(", ")}.
            </p>
          );
        }}
      </Panel>
    </>
  );
}

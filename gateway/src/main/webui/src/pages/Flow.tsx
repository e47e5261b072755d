import { useMemo } from "react";
import { useApi } from "../api";
import { DASH, number, percent, time, usd, words } from "../format";
import { Chart, Currency, Panel, useParam } from "../parts";

interface Sample {
  n: number;
  asked: number;
  coverage: number;
  independent_n: number;
}

interface Series {
  state: string;
  reason: string | null;
  sample: Sample;
  points: {
    at: string;
    spot: number;
    net_gex: number | null;
    vendor_net_gex: number | null;
    rounding_band: number;
    flip: number | null;
    flip_reason: string | null;
    regime: string | null;
  }[];
}

interface Returns {
  state: string;
  reason: string | null;
  sample: Sample;
  left_out: Record<string, number>;
  false_discovery: { method: string; rate: number; cells: number };
  outcomes: {
    regime: string;
    horizon_hours: number;
    n: number;
    independent_n: number;
    coverage: number | null;
    mean: number | null;
    median: number | null;
    deviation: number | null;
    hit_rate: number | null;
    interval: [number, number] | null;
    interval_reason: string | null;
    p_value: number | null;
    q_value: number | null;
    significant: boolean | null;
  }[];
}

const COLOURS: Record<string, string> = { positive: "#3f9d63", near_flip: "#c58a2b", negative: "#c0504d", undetermined: "#888888" };

function GexChart(props: { series: Series }) {
  const { points } = props.series;
  const option = useMemo(
    () => ({
      legend: { top: 0 },
      xAxis: { type: "time" },
      yAxis: [
        { type: "value", name: "GEX, M USD per 1 %" },
        { type: "value", name: "spot, USD", scale: true, splitLine: { show: false } },
      ],
      series: [
        { name: "net GEX", type: "bar", large: true, data: points.map((p) => ({ value: [p.at, p.net_gex === null ? null : +(p.net_gex / 1e6).toFixed(3)], itemStyle: { color: COLOURS[p.regime ?? ""] ?? "#888" } })) },
        { name: "spot", type: "line", yAxisIndex: 1, showSymbol: false, data: points.map((p) => [p.at, p.spot]) },
      ],
    }),
    [points],
  );
  return <Chart option={option} label="net GEX and spot over time" height={340} />;
}

function Last(props: { point: Series["points"][number] | undefined }) {
  const { point } = props;
  return point === undefined ? null : (
    <p>
      {time(point.at)}: net {usd(point.net_gex)} per 1 %, {words(point.regime)} · the vendor's own sum {usd(point.vendor_net_gex)} ± {usd(point.rounding_band)} · flip{" "}
      {point.flip === null ? words(point.flip_reason) : usd(point.flip)}
    </p>
  );
}

export function Flow() {
  const [currency, setCurrency] = useParam("currency", "BTC");
  const [from, setFrom] = useParam("from", "");
  const [to, setTo] = useParam("to", "");
  const query = `?currency=${currency}${from ? `&from=${from}` : ""}${to ? `&to=${to}` : ""}`;
  const series = useApi<Series>(`/api/flow/gex${query}`);
  const returns = useApi<Returns>(`/api/flow/conditional-returns${query}`);
  return (
    <>
      <div className="bar">
        <h1>Flow</h1>
        <Currency value={currency} set={setCurrency} />
        <label>
          From <input type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
        </label>
        <label>
          To <input type="date" value={to} onChange={(e) => setTo(e.target.value)} />
        </label>
      </div>
      <Panel title="GEX time series" query={series} wide quality={(s) => ({ state: s.state, reason: s.reason, asOf: s.points.at(-1)?.at })}>
        {(s) => (
          <>
            <GexChart series={s} />
            <small>
              {s.points.length} of {s.sample.asked} hours ({percent(s.sample.coverage, 0)}). Bars: <span className="swatch" style={{ background: COLOURS.positive }} /> positive, <span className="swatch" style={{ background: COLOURS.near_flip }} /> near the flip,{" "}
              <span className="swatch" style={{ background: COLOURS.negative }} /> negative gamma,{" "}
              <span className="swatch" style={{ background: COLOURS.undetermined }} /> undetermined: the net lies within what the rounding of the vendor's gamma may add to its own sum.
            </small>
            <Last point={s.points.at(-1)} />
          </>
        )}
      </Panel>
      <Panel title="Conditional returns" query={returns} wide quality={(r) => ({ state: r.state, reason: r.reason })}>
        {(r) => (
          <div className="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th>Regime</th>
                  <th className="n">Horizon</th>
                  <th className="n">n</th>
                  <th className="n">Independent</th>
                  <th className="n">Coverage</th>
                  <th className="n">Mean</th>
                  <th className="n">Median</th>
                  <th className="n">Deviation</th>
                  <th className="n">Hit rate</th>
                  <th className="n">95 % of the mean</th>
                  <th className="n">p</th>
                  <th className="n">q</th>
                </tr>
              </thead>
              <tbody>
                {r.outcomes.map((o) => (
                  <tr key={o.regime + o.horizon_hours}>
                    <td>{words(o.regime)}</td>
                    <td className="n">{o.horizon_hours} h</td>
                    <td className="n">{o.n}</td>
                    <td className="n">{o.independent_n}</td>
                    <td className="n">{percent(o.coverage, 0)}</td>
                    <td className="n">{percent(o.mean, 2)}</td>
                    <td className="n">{percent(o.median, 2)}</td>
                    <td className="n">{percent(o.deviation, 2)}</td>
                    <td className="n">{percent(o.hit_rate, 0)}</td>
                    <td className="n">{o.interval ? `${number(100 * o.interval[0])} … ${number(100 * o.interval[1])} %` : o.interval_reason ? words(o.interval_reason) : DASH}</td>
                    <td className="n">{number(o.p_value, 3)}</td>
                    <td className="n">
                      {number(o.q_value, 3)}
                      {o.significant ? " *" : ""}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <small>
              {r.sample.n} of {r.sample.asked} hours have a regime; in no cell:{" "}
              {Object.entries(r.left_out)
                .map(([why, n]) => `${n} ${words(why)}`)
                .join(", ") || "none"}
              . * stands at a false-discovery rate of {percent(r.false_discovery.rate, 0)} over the {r.false_discovery.cells} cells that have a p.
            </small>
          </div>
        )}
      </Panel>
    </>
  );
}

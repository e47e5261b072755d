import { useMemo } from "react";
import { useApi } from "../api";
import { DASH, number, percent, words } from "../format";
import { Chart, Currency, Panel, useParam } from "../parts";

interface Series {
  state: string;
  reason: string | null;
  points: { at: string; spot: number; net_gex: number; flip: number | null; regime: string | null }[];
}

interface Returns {
  state: string;
  reason: string | null;
  outcomes: {
    regime: string;
    horizon_hours: number;
    n: number;
    mean: number | null;
    median: number | null;
    deviation: number | null;
    hit_rate: number | null;
    interval: [number, number] | null;
    interval_reason: string | null;
  }[];
}

const COLOURS: Record<string, string> = { positive: "#3f9d63", near_flip: "#c58a2b", negative: "#c0504d" };

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
        { name: "net GEX", type: "bar", large: true, data: points.map((p) => ({ value: [p.at, +(p.net_gex / 1e6).toFixed(3)], itemStyle: { color: COLOURS[p.regime ?? ""] ?? "#888" } })) },
        { name: "spot", type: "line", yAxisIndex: 1, showSymbol: false, data: points.map((p) => [p.at, p.spot]) },
      ],
    }),
    [points],
  );
  return <Chart option={option} label="net GEX and spot over time" height={340} />;
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
              {s.points.length} hours. Bars: <span className="swatch" style={{ background: COLOURS.positive }} /> positive, <span className="swatch" style={{ background: COLOURS.near_flip }} /> near the flip,{" "}
              <span className="swatch" style={{ background: COLOURS.negative }} /> negative gamma.
            </small>
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
                  <th className="n">Mean</th>
                  <th className="n">Median</th>
                  <th className="n">Deviation</th>
                  <th className="n">Hit rate</th>
                  <th className="n">95 % of the mean</th>
                </tr>
              </thead>
              <tbody>
                {r.outcomes.map((o) => (
                  <tr key={o.regime + o.horizon_hours}>
                    <td>{words(o.regime)}</td>
                    <td className="n">{o.horizon_hours} h</td>
                    <td className="n">{o.n}</td>
                    <td className="n">{percent(o.mean, 2)}</td>
                    <td className="n">{percent(o.median, 2)}</td>
                    <td className="n">{percent(o.deviation, 2)}</td>
                    <td className="n">{percent(o.hit_rate, 0)}</td>
                    <td className="n">{o.interval ? `${number(100 * o.interval[0])} … ${number(100 * o.interval[1])} %` : o.interval_reason ? words(o.interval_reason) : DASH}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
    </>
  );
}

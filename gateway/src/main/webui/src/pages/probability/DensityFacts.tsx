import { useState } from "react";
import type { DensityAnswer } from "../../api/schema/probability";
import { count, number, percent, time, usd, words } from "../../format";
import { Num } from "../../ui/Num";
import { Table } from "../../ui/Table";
import { below } from "./below";
import { marked } from "./marked";

/** Quantiles, the mass around two strikes of the reader's choice, and what the fit says of itself. */
export function DensityFacts(props: { answer: DensityAnswer; currency: string }) {
  const d = props.answer;
  return (
    <>
      <Table
        label="quantiles"
        rows={d.quantiles}
        rowKey={(q) => q.probability}
        columns={[
          { head: "Quantile", cell: (q) => percent(q.probability, 0) },
          { head: "Price", set: "n", cell: (q) => marked(usd(q.price), q.extrapolated) },
        ]}
      />
      <Strikes answer={d} currency={props.currency} />
      <small>
        until {time(d.horizon)} · area {number(d.density_quality.area, 4)} · mean/F {number(d.density_quality.mean_over_forward, 4)} · {count(d.density_quality.input_points)} points · fit {number(d.density_quality.fit_rmse_vol_points)} vol points, to the{" "}
        {words(d.density_quality.fit_source)}, weights {words(d.density_quality.weights)} · quoted from {usd(d.quoted_range?.low)} to {usd(d.quoted_range?.high)}; * beyond: extrapolated
      </small>
    </>
  );
}

function Strikes(props: { answer: DensityAnswer; currency: string }) {
  const { answer } = props;
  const q = (p: number) => answer.quantiles.find((of) => Math.abs(of.probability - p) < 1e-9)?.price;
  const [low, setLow] = useState<number | null>(null);
  const [high, setHigh] = useState<number | null>(null);
  const from = low ?? Math.round(q(0.05) ?? answer.spot ?? 0);
  const to = high ?? Math.round(q(0.95) ?? answer.spot ?? 0);
  const [pLow, pHigh] = [below(answer.points, from), below(answer.points, to)];
  const figure = (value: number | null) => ({ value, state: value === null ? "missing" : "ok", reason: "beyond the prices the density is drawn for", as_of: answer.surface_timestamp });
  const lineage = { number: "density", currency: props.currency };
  return (
    <>
      <div className="row tight">
        <label>
          from <input type="number" aria-label="lower strike" value={from} onChange={(e) => setLow(e.target.valueAsNumber || 0)} />
        </label>
        <label>
          to <input type="number" aria-label="upper strike" value={to} onChange={(e) => setHigh(e.target.valueAsNumber || 0)} />
        </label>
      </div>
      <dl>
        <dt>P(below {usd(from)})</dt>
        <dd>
          <Num label="probability below the lower strike" text={percent} figure={figure(pLow)} lineage={lineage} />
        </dd>
        <dt>P(between)</dt>
        <dd>
          <Num label="probability between the strikes" text={percent} figure={figure(pLow === null || pHigh === null ? null : Math.max(0, pHigh - pLow))} lineage={lineage} />
        </dd>
        <dt>P(above {usd(to)})</dt>
        <dd>
          <Num label="probability above the upper strike" text={percent} figure={figure(pHigh === null ? null : 1 - pHigh)} lineage={lineage} />
        </dd>
      </dl>
    </>
  );
}

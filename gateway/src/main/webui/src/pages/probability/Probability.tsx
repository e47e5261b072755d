import { EVERY, useApi } from "../../api/query";
import { GexSeries } from "../../api/schema/market";
import { Candidates, Conditional, DensityAnswer, type Quality, TouchAnswer } from "../../api/schema/probability";
import { useAsOf } from "../../clock";
import { DASH, day, words } from "../../format";
import type { ProbabilitySearch } from "../../router";
import { Page } from "../../shell/Page";
import { useAddress, useCurrency } from "../../shell/search";
import { Panel } from "../../ui/Panel";
import { Segmented } from "../../ui/Segmented";
import { CandidateTable } from "./CandidateTable";
import { ConditionalSides } from "./ConditionalSides";
import { DensityChart } from "./DensityChart";
import { DensityFacts } from "./DensityFacts";
import { RegimeStrip } from "./RegimeStrip";
import { TouchLadder } from "./TouchLadder";

const MATURITIES = ["7", "14", "30", "60", "90"] as const;

const quality = (q: Quality) => ({ state: q.state, reason: q.reasons.map(words).join("; "), asOf: q.surface_timestamp });

export function Probability() {
  const { search, set } = useAddress<ProbabilitySearch>();
  const currency = useCurrency();
  const asOf = useAsOf();
  const dte = search.dte ?? "30";
  const date = asOf ? `&date=${asOf}` : "";
  const query = `?currency=${currency}&dte=${dte}${date}`;
  const density = useApi(`/api/probability/density${query}`, DensityAnswer, EVERY.hourly);
  const conditional = useApi(`/api/probability/conditional${query}`, Conditional, EVERY.hourly);
  const touch = useApi(`/api/probability/touch${query}`, TouchAnswer, EVERY.hourly);
  const candidates = useApi(`/api/probability/candidates${query}`, Candidates, asOf ? EVERY.hourly : EVERY.live);
  const gex = useApi(`/api/flow/gex?currency=${currency}${asOf ? `&to=${asOf}` : ""}`, GexSeries, EVERY.hourly);
  return (
    <Page
      path="/probability"
      read={[
        "The curve is the options' own density of the price at the horizon, under the forward measure; it is no forecast.",
        "Give two strikes for the mass below, between and above them.",
        "Figures with a star lie beyond every quote: the fit's own.",
      ]}
      controls={<Segmented label="maturity" options={MATURITIES} value={dte} set={(of) => set({ dte: of })} text={(of) => `${of} d`} />}
    >
      <Panel title="Implied density" query={density} span={8} height={390} source="daily" quality={(d) => quality(d.density_quality)} about="Second derivative of the fitted smile's prices.">
        {(d) => <DensityChart answer={d} />}
      </Panel>
      <Panel title="What it says" query={density} span={4} height={390} source="daily" quality={(d) => quality(d.density_quality)} about="Quantiles and the mass between two strikes.">
        {(d) => <DensityFacts answer={d} currency={currency} />}
      </Panel>
      <Panel title="Touch probabilities" query={touch} span={6} height={300} source="daily" quality={(t) => quality(t.density_quality)} about="Of reaching a level at any time before the horizon.">
        {(t) => <TouchLadder answer={t} currency={currency} />}
      </Panel>
      <Panel title="Conditional density" query={conditional} span={6} height={300} source="daily" quality={(c) => quality(c.density_quality)} about="The same density given which side of the levels it ends.">
        {(c) => <ConditionalSides answer={c} />}
      </Panel>
      <Panel
        title="Candidate screen (experimental)"
        query={candidates}
        height={382}
        quality={(c) => ({ state: c.state, reason: c.reason, asOf: c.chain_timestamp })}
        about="Listed contracts nearest to each target delta; short premium at the bid."
      >
        {(c) => (
          <>
            <p>
              Expiry {c.expiration ? day(c.expiration) : DASH}, {words(c.chain_source)} chain; short premium at the bid, weighed under the density of the same chain. <small>{words(c.expected_value_measure)}</small>
            </p>
            <CandidateTable answer={c} />
          </>
        )}
      </Panel>
      <Panel title="Regime overlay (stored hours)" query={gex} height={80} source="daily" quality={(g) => ({ state: g.state, reason: g.reason, asOf: g.points.at(-1)?.at })} about="From stored hourly gamma exposure; not from live strike levels.">
        {(g) => <RegimeStrip series={g} currency={currency} />}
      </Panel>
    </Page>
  );
}

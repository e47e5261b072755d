import { EVERY, useApi } from "../../api/query";
import { EnrichmentStatus, Performance as Answer, type Performance as Performed } from "../../api/schema/performance";
import { count, number } from "../../format";
import type { PerformanceSearch } from "../../router";
import { Page } from "../../shell/Page";
import { useAddress } from "../../shell/search";
import { Panel } from "../../ui/Panel";
import { Segmented } from "../../ui/Segmented";
import { State } from "../../ui/State";
import { EnrichmentBackfill } from "./EnrichmentBackfill";
import { Freshness } from "./Freshness";
import { Kpis } from "./Kpis";
import { LeftOut } from "./LeftOut";
import { MarkOutCurve } from "./MarkOutCurve";
import { Outcomes } from "./Outcomes";
import { Blank, Quality } from "./Quality";
import { Slices } from "./Slices";

const DIMENSIONS = ["portfolio", "underlying", "month", "side"] as const;

export function Performance() {
  const { search, set } = useAddress<PerformanceSearch>();
  const authority = search.authority ?? "direct";
  const by = search.by ?? "portfolio";
  const suffix = search.portfolio ? `&portfolio=${encodeURIComponent(search.portfolio)}` : "";
  const performance = useApi(`/api/internal/trades/performance?source=alpha_sync&authority=${authority}${suffix}`, Answer, EVERY.hourly);
  const status = useApi(`/api/internal/trades/analytics/status?source=alpha_sync${suffix}`, EnrichmentStatus, EVERY.live);
  const quality = (a: Performed) => (a.overall.trades ? { state: "ok", asOf: a.as_of } : { state: "missing", reason: "no execution has been synced yet" });
  return (
    <Page
      path="/performance"
      read={[
        "The first row has the answer with its n; the funnel beside it says of how many executions it speaks.",
        "A cost is positive. Medians stand before means: one implausible fill rules a mean.",
        "What is pending, stale or unavailable is in no average; open “left out” for the reasons.",
      ]}
      controls={
        <>
          <select aria-label="portfolio" value={search.portfolio ?? ""} onChange={(e) => set({ portfolio: e.target.value || undefined })}>
            <option value="">all portfolios</option>
            {performance.data?.portfolios.map((p) => (
              <option key={p}>{p}</option>
            ))}
          </select>
          <label>
            <input type="checkbox" checked={authority === "all"} onChange={(e) => set({ authority: e.target.checked ? "all" : undefined })} /> with estimates of models
          </label>
        </>
      }
    >
      <Panel title="In short" query={performance} quality={quality} height={70} about="Over all executions of the filter.">
        {(a) => <Kpis answer={a} />}
      </Panel>
      <Panel title="Enrichment states" query={status} span={5} height={250} about="How many executions reach each stage of the pipeline.">
        {(s) => <Freshness status={s} />}
      </Panel>
      <Panel title="Mark-out curve" query={performance} quality={quality} span={7} height={250} about="Mean P&L of executions whose horizon has a sourced mark.">
        {(a) => (a.overall.outcomes.some((o) => o.pnl_usd.n > 0) ? <MarkOutCurve outcomes={a.overall.outcomes} /> : <p>No horizon has a mark yet.</p>)}
      </Panel>
      <Panel title="Execution quality" query={performance} quality={quality} height={192} about="Against the quote of the exact contract at the execution's moment.">
        {(a) => <Quality answer={a} />}
      </Panel>
      <Panel title="Outcomes by horizon" query={performance} quality={quality} height={130} about="From sourced marks of the exact contract only.">
        {(a) => <Outcomes answer={a} />}
      </Panel>
      <Panel title="Slices" query={performance} quality={quality} height={110} actions={<Segmented label="slice by" options={DIMENSIONS} value={by} set={(of) => set({ by: of })} />}>
        {(a) => <Slices answer={a} dimension={by} />}
      </Panel>
      <Panel title="Opportunity alignment" query={performance} quality={quality} span={4} height={300} about="Whether an execution's direction went with the signals of its moment; derived on read.">
        {(a) => (
          <>
            {Object.entries(a.overall.alignment.labels).map(([label, n]) => (
              <p key={label}>
                <State value={label} /> {count(n)} executions
              </p>
            ))}
            <p>
              Mean score {number(a.overall.alignment.score.mean, 1)} of 100 over {count(a.overall.alignment.score.n)}; direction assumed for {count(a.overall.alignment.direction_assumed)}.
            </p>
            <LeftOut of={a.overall.alignment.score} />
          </>
        )}
      </Panel>
      <Panel title="Why P&L is blank" query={performance} span={8} height={300} quality={(a) => (a.missing_inputs.length ? { state: "ok" } : { state: "missing", reason: "no P&L is blank" })}>
        {(a) => <Blank answer={a} />}
      </Panel>
      <EnrichmentBackfill portfolio={search.portfolio} />
    </Page>
  );
}

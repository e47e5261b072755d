import { EVERY, useApi } from "../../api/query";
import { GexSeries, Returns } from "../../api/schema/market";
import { useMoment } from "../../clock";
import { DASH, percent, time, usd, words } from "../../format";
import type { RangeSearch } from "../../router";
import { Page } from "../../shell/Page";
import { useAddress, useCurrency } from "../../shell/search";
import { DateField } from "../../ui/DateField";
import { Num } from "../../ui/Num";
import { Panel } from "../../ui/Panel";
import { Segmented } from "../../ui/Segmented";
import { GexChart, RegimeKey } from "./GexChart";
import { ConditionalReturns } from "./ConditionalReturns";

const DAY = 86_400_000;
const PRESETS = { "1D": 1, "1W": 7, "1M": 30, "3M": 90 } as const;
type Preset = keyof typeof PRESETS;

export function Flow() {
  const { search, set } = useAddress<RangeSearch>();
  const currency = useCurrency();
  const moment = useMoment();
  const to = search.to ?? search.date;
  const query = `?currency=${currency}${search.from ? `&from=${search.from}` : ""}${to ? `&to=${to}` : ""}`;
  const series = useApi(`/api/flow/gex${query}`, GexSeries, EVERY.hourly);
  const returns = useApi(`/api/flow/conditional-returns${query}`, Returns, EVERY.hourly);
  const since = (preset: Preset) => new Date((to ? Date.parse(to) : moment) - PRESETS[preset] * DAY).toISOString().slice(0, 10);
  const preset = (Object.keys(PRESETS) as Preset[]).find((of) => search.from === since(of)) ?? null;
  return (
    <Page
      path="/flow"
      read={[
        "Panes share one axis of UTC; drag the bar below to zoom, the shaded parts have no snapshot.",
        "A bar's colour is its regime: dealers' gamma long, near the flip, or short.",
        "Returns below count only where hours do not overlap; a star stands at the false-discovery rate.",
      ]}
      controls={
        <>
          <Segmented label="range" options={Object.keys(PRESETS) as Preset[]} value={preset} set={(of) => set({ from: since(of) })} />
          <DateField label="From" value={search.from} set={(from) => set({ from })} />
          <DateField label="To" value={search.to} set={(to) => set({ to })} />
        </>
      }
    >
      <Panel
        title="GEX time series"
        query={series}
        height={498}
        source="daily"
        about="Stored hours of gamma exposure; never strike-level live exposures."
        quality={(s) => (s.points.length ? { state: s.state, reason: s.reason, asOf: s.points.at(-1)?.at } : { state: "missing", reason: s.reason ?? "no stored hour in this range" })}
        remedy={<a href="/data">Backfill spot and gex on the data page.</a>}
      >
        {(s) => {
          const last = s.points.at(-1);
          return (
            <>
              <GexChart series={s} />
              <small>
                {s.points.length} of {s.sample.asked ?? DASH} hours ({percent(s.sample.coverage, 0)}). Bars: <RegimeKey />
              </small>
              {last && (
                <p>
                  {time(last.at)}: net <Num label="net GEX" text={usd} figure={{ value: last.net_gex, state: "ok", reason: "the chain has no net", as_of: last.at }} lineage={{ number: "net_gex", currency }} /> per 1 %, {words(last.regime)} · the vendor's own sum{" "}
                  {usd(last.vendor_net_gex)} ± {usd(last.rounding_band)} · flip {last.flip === null ? words(last.flip_reason) : usd(last.flip)}
                </p>
              )}
            </>
          );
        }}
      </Panel>
      <Panel title="Conditional returns" query={returns} height={394} quality={(r) => ({ state: r.state, reason: r.reason })} about="What spot did in the hours after each regime.">
        {(r) => <ConditionalReturns answer={r} />}
      </Panel>
    </Page>
  );
}

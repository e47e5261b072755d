import { useMemo } from "react";
import { EVERY, useApi } from "../../api/query";
import { Term } from "../../api/schema/market";
import { useAsOf } from "../../clock";
import { number, percent } from "../../format";
import { CURRENCIES, type Currency } from "../../shell/search";
import { Panel } from "../../ui/Panel";
import { XYChart } from "../../ui/XYChart";
import type { XYSeries } from "../../ui/xyOption";

const path = (currency: Currency, asOf: string | null) => `/api/analytics/term-structure?currency=${currency}${asOf ? `&date=${asOf}` : ""}`;

/** At-the-money vol by days to expiry, of every currency in one place. */
export function TermStructures() {
  const asOf = useAsOf();
  const btc = useApi(path("BTC", asOf), Term, EVERY.hourly);
  const eth = useApi(path("ETH", asOf), Term, EVERY.hourly);
  const sol = useApi(path("SOL", asOf), Term, EVERY.hourly);
  const series = useMemo(
    () =>
      [btc.data, eth.data, sol.data].flatMap((term, i): XYSeries[] =>
        term && term.listed.length > 0
          ? [
              {
                name: CURRENCIES[i],
                unit: { name: "ATM vol", text: percent },
                points: term.listed.filter((l) => l.days > 0).map((l) => [l.days, l.atm_iv.value] as const),
              },
            ]
          : [],
      ),
    [btc.data, eth.data, sol.data],
  );
  const others = [eth, sol].filter((query) => query.isError).length;
  return (
    <Panel title="Term structures" query={btc} span={6} height={250} source="daily" about="From the listed expiries of the latest stored surface." quality={(t) => ({ state: t.state, reason: t.reason, asOf: t.surface_timestamp })}>
      {() => (
        <>
          <XYChart label="term structures of at-the-money vol" height={230} data={{ x: { name: "days to expiry, log", text: (v) => number(v, v < 10 ? 1 : 0), log: true }, series }} />
          {others > 0 && <small className="tone-bad">{others} currencies could not be asked</small>}
        </>
      )}
    </Panel>
  );
}

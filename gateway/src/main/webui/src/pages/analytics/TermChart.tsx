import { useMemo } from "react";
import type { Term } from "../../api/schema/market";
import { number, percent } from "../../format";
import { XYChart } from "../../ui/XYChart";
import type { XYChartData } from "../../ui/xyOption";

/** At-the-money vol of the listed expiries over days, on a log scale; an expiry without one is a gap. */
export function TermChart(props: { term: Term }) {
  const { term } = props;
  const data = useMemo(
    (): XYChartData => ({
      x: { name: "days to expiry, log", text: (v) => number(v, v < 10 ? 1 : 0), log: true },
      series: [{ name: "ATM vol", unit: { name: "ATM vol", text: percent }, points: term.listed.filter((l) => l.days > 0).map((l) => [l.days, l.atm_iv.value] as const) }],
    }),
    [term],
  );
  return <XYChart label="term structure of at-the-money vol" data={data} height={250} />;
}

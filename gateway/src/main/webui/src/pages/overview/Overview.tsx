import { Page } from "../../shell/Page";
import { Attention } from "./Attention";
import { FirstRun } from "./FirstRun";
import { Market } from "./Market";
import { Services } from "./Services";
import { LatestSignals } from "./LatestSignals";
import { TermStructures } from "./TermStructures";

export function Overview() {
  return (
    <Page
      path="/"
      read={[
        "One row per currency; a dash has its reason on hover, focus and touch, a slanted figure is stale.",
        "Click a figure for its formula, its rows and the raw payload behind them.",
        "What needs a hand is listed beside the term structures, each with the way to mend it.",
      ]}
    >
      <FirstRun />
      <Market />
      <TermStructures />
      <Attention />
      <LatestSignals />
      <Services />
    </Page>
  );
}

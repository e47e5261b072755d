import { Page } from "../../shell/Page";
import { Contracts } from "./Contracts";
import { Differences } from "./Differences";
import { Executions } from "./Executions";
import { Quarantine } from "./Quarantine";
import { SyncCard } from "./SyncCard";

export function Trades() {
  return (
    <Page
      path="/trades"
      read={[
        "The steps say how far today's sync is; a real one stands on a preview of the same scope, at most 15 minutes old.",
        "Differences and quarantine hold what the cache and Alpha do not agree on; each is answered by name.",
        "A row of the executions opens its story: market, fill, marks, and the payloads behind them.",
      ]}
    >
      <SyncCard />
      <Executions />
      <Differences />
      <Quarantine />
      <Contracts />
    </Page>
  );
}

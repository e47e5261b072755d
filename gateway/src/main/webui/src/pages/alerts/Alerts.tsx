import { Page } from "../../shell/Page";
import { History } from "./History";
import { SignalInbox } from "./SignalInbox";
import { Silences } from "./Silences";

export function Alerts() {
  return (
    <Page
      path="/alerts"
      read={[
        "Ticked signals are the ones meant for Slack; notes on the quality of data are not, unless you tick them.",
        "Show what would be sent: what went out within its repeat interval, or is silenced, is left out by itself.",
        "Dispatch sends exactly what was shown; whatever has changed since closes it again.",
      ]}
    >
      <SignalInbox />
      <History />
      <Silences />
    </Page>
  );
}

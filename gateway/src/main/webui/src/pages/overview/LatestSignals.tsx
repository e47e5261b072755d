import { EVERY, useApi } from "../../api/query";
import { Signals } from "../../api/schema/alerts";
import { time } from "../../format";
import { Panel } from "../../ui/Panel";
import { State } from "../../ui/State";
import { SIGNALS } from "../alerts/SignalInbox";

export function LatestSignals() {
  const signals = useApi(SIGNALS, Signals, EVERY.live);
  return (
    <Panel title="Latest signals" query={signals} span={7} height={250} liveOnly quality={(s) => (s.items.length ? { state: "ok" } : { state: "missing", reason: "no signal stands; refresh them on the alerts page" })} remedy={<a href="/alerts">To the alerts</a>}>
      {(s) => (
        <ul className="plain held" tabIndex={0} aria-label="latest signals">
          {s.items.slice(0, 8).map((of) => (
            <li key={of.id}>
              <State value={of.severity} /> {of.text} <small>{time(of.since)}</small>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

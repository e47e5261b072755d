import { useState } from "react";
import { EVERY, useApi } from "../../api/query";
import { Coverage, Events, Readiness, Status } from "../../api/schema/snapshots";
import { useMoment } from "../../clock";
import type { RangeSearch } from "../../router";
import { Page } from "../../shell/Page";
import { useAddress } from "../../shell/search";
import { DateField } from "../../ui/DateField";
import { Panel } from "../../ui/Panel";
import { Backfill, type Plan } from "./Backfill";
import { Calendar } from "./Calendar";
import { LatestMatrix } from "./LatestMatrix";
import { Ready } from "./Ready";
import { Remediation } from "./Remediation";

const DAY = 86_400_000;
const DAYS_SHOWN = 42;
const EMPTY: Plan = { from: "", to: "", types: ["iv_surface"], currencies: ["BTC"] };

export function Data() {
  const { search, set } = useAddress<RangeSearch>();
  const moment = useMoment();
  const [plan, setPlan] = useState<Plan>(EMPTY);
  const iso = (at: number) => new Date(at).toISOString().slice(0, 10);
  const to = search.from ? iso(Math.min(Date.parse(search.from) + (DAYS_SHOWN - 1) * DAY, moment)) : iso(moment);
  const from = search.from ?? iso(moment - (DAYS_SHOWN - 1) * DAY);
  const status = useApi("/api/snapshots/status", Status, EVERY.hourly);
  const coverage = useApi(`/api/snapshots/coverage?from=${from}&to=${to}`, Coverage, EVERY.hourly);
  const readiness = useApi("/api/snapshots/readiness", Readiness, EVERY.hourly);
  const remediation = useApi("/api/snapshots/remediation", Events, EVERY.hourly);
  return (
    <Page
      path="/data"
      read={[
        "Latest status is judged against the latest complete UTC date; today's rows are in the calendar only.",
        "Hatched days have nothing; click one, and with Shift the other end, to plan their backfill.",
        "A plan is a dry run first: it says how many snapshots it would capture.",
      ]}
      controls={
        <DateField label="Coverage from" value={search.from} set={(from) => set({ from })} />
      }
    >
      <Panel title="Latest status" query={status} span={7} height={216} liveOnly about="The ledger of captures, by type and currency.">
        {(s) => <LatestMatrix items={s.items} date={s.latest_complete_date} />}
      </Panel>
      <Panel title="Probability readiness" query={readiness} span={5} height={216} liveOnly about="Whether a density can be drawn from the latest surface.">
        {(r) => <Ready items={r.items} />}
      </Panel>
      <Panel title="Coverage by UTC date" query={coverage} height={356} about="Rows of each UTC snapshot date.">
        {(c) => <Calendar cells={c.cells} plan={plan} setPlan={setPlan} />}
      </Panel>
      <Backfill plan={plan} setPlan={setPlan} />
      <Panel
        title="Remediation history"
        query={remediation}
        height={352}
        about="Every manual capture, re-run and backfill."
        quality={(r) => (r.items.length ? { state: "ok" } : { state: "missing", reason: "no manual capture, re-run or backfill yet" })}
      >
        {(r) => <Remediation events={r.items} />}
      </Panel>
    </Page>
  );
}

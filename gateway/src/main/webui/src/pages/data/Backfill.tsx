import { useState } from "react";
import { useJob } from "../../api/jobs";
import { useSession } from "../../api/query";
import { Backfilled } from "../../api/schema/snapshots";
import { count, words } from "../../format";
import { CURRENCIES } from "../../shell/search";
import { DateField } from "../../ui/DateField";
import { JobProgress } from "../../ui/JobProgress";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { REBUILT } from "./Calendar";

/** What is to be captured, of which UTC days. */
export interface Plan {
  from: string;
  to: string;
  types: string[];
  currencies: string[];
}

const toggled = (list: string[], item: string) => (list.includes(item) ? list.filter((i) => i !== item) : [...list, item]);
const CHANGED = ["/api/snapshots", "/api/analytics", "/api/probability", "/api/flow"];

/** Captures past days: planned by a dry run that says what it costs, then run. */
export function Backfill(props: { plan: Plan; setPlan: (plan: Plan) => void }) {
  const { plan, setPlan } = props;
  const session = useSession();
  const [dryRun, setDryRun] = useState(true);
  const [reason, setReason] = useState("");
  const backfill = useJob<typeof Backfilled, object>("/api/admin/snapshot/backfill", Backfilled, CHANGED);
  const ready = session.data?.signed_in && !backfill.isPending && plan.from && plan.to && plan.types.length > 0 && plan.currencies.length > 0;
  const boxes = (name: "types" | "currencies", options: readonly string[]) =>
    options.map((of) => (
      <label key={of}>
        <input type="checkbox" checked={plan[name].includes(of)} onChange={() => setPlan({ ...plan, [name]: toggled(plan[name], of) })} /> {words(of)}
      </label>
    ));
  return (
    <Section title="Backfill">
      <div className="row">
        <DateField label="From" value={plan.from} set={(from = "") => setPlan({ ...plan, from })} />
        <DateField label="To" value={plan.to} set={(to = "") => setPlan({ ...plan, to })} />
        {boxes("types", REBUILT)}
        {boxes("currencies", CURRENCIES)}
        <label>
          Reason <input type="text" value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} />
        </label>
        <label>
          <input type="checkbox" checked={dryRun} onChange={(e) => setDryRun(e.target.checked)} /> Dry run
        </label>
        <button type="button" className="main" disabled={!ready} onClick={() => backfill.mutate({ ...plan, dry_run: dryRun, reason: reason || null })}>
          {dryRun ? "Plan" : "Backfill"}
        </button>
        {session.data && !session.data.signed_in && <small>Sign in to backfill.</small>}
        <small>Open interest cannot be rebuilt for a past date and is not offered.</small>
      </div>
      {backfill.isPending && <JobProgress label="backfill is running" job={backfill.job} cancel={backfill.cancel} />}
      {backfill.isError && <Notice tone="bad">{backfill.error.message}</Notice>}
      {backfill.data && (
        <>
          <p>
            {count(backfill.data.tasks)} snapshots{backfill.data.dry_run ? " would be captured" : ""}, {count(backfill.data.already_stored)} stood before ·{" "}
            {Object.entries(backfill.data.by_status)
              .map(([s, n]) => `${count(n)} ${words(s)}`)
              .join(", ")}
          </p>
          {backfill.data.failures.map((f) => (
            <Notice key={f} tone="bad">
              {f}
            </Notice>
          ))}
        </>
      )}
    </Section>
  );
}

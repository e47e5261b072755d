import { useJob } from "../../api/jobs";
import { EVERY, useApi, useSession } from "../../api/query";
import { Backfilled, Status } from "../../api/schema/snapshots";
import { useNow } from "../../clock";
import { count } from "../../format";
import { CURRENCIES } from "../../shell/search";
import { JobProgress } from "../../ui/JobProgress";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";

const DAY = 86_400_000;
const DAYS_BACK = 30;
const TYPES = ["iv_surface", "vol_metrics", "spot", "gex"];

/** On a system that has captured nothing yet: the first backfill, with what it costs before it begins. */
export function FirstRun() {
  const session = useSession();
  const now = useNow();
  const status = useApi("/api/snapshots/status", Status, EVERY.hourly);
  const backfill = useJob<typeof Backfilled, object>("/api/admin/snapshot/backfill", Backfilled, ["/api/snapshots", "/api/analytics", "/api/flow"]);
  if (!status.data || status.data.items.some((item) => item.snapshot_date !== null)) return null;
  const on = (days: number) => new Date(now - days * DAY).toISOString().slice(0, 10);
  const run = (dry: boolean) => backfill.mutate({ from: on(DAYS_BACK), to: on(1), types: TYPES, currencies: CURRENCIES, dry_run: dry, reason: "first run" });
  const planned = backfill.data?.dry_run ? backfill.data : null;
  return (
    <Section title="First run">
      <p>
        Nothing has been captured yet: the market's figures need history. The last {DAYS_BACK} days of {TYPES.length} types and {CURRENCIES.length} currencies can be captured now.
      </p>
      {backfill.isError && <Notice tone="bad">{backfill.error.message}</Notice>}
      {planned && (
        <p>
          It would capture <b>{count(planned.tasks)}</b> snapshots, each at least one question to the vendor.
        </p>
      )}
      {backfill.isPending ? (
        <JobProgress label="first backfill" job={backfill.job} cancel={backfill.cancel} />
      ) : (
        <div className="row">
          <button type="button" disabled={!session.data?.signed_in} onClick={() => run(true)}>
            What would it cost?
          </button>
          <button type="button" className="main" disabled={!session.data?.signed_in || !planned} onClick={() => run(false)}>
            Capture {DAYS_BACK} days
          </button>
          {session.data && !session.data.signed_in && <small>Sign in first.</small>}
        </div>
      )}
    </Section>
  );
}

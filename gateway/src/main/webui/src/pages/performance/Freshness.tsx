import type { EnrichmentStatus } from "../../api/schema/performance";
import { time, words } from "../../format";
import { Age } from "../../ui/Age";
import { State } from "../../ui/State";
import { Funnel } from "./Funnel";

export function Freshness(props: { status: EnrichmentStatus }) {
  const s = props.status;
  return (
    <>
      <Funnel status={s} />
      <dl>
        <dt>Last enrichment</dt>
        <dd>
          {time(s.freshness.last_successful_sync_at)} <Age at={s.freshness.last_successful_sync_at} />
        </dd>
        <dt>Last error</dt>
        <dd>{s.freshness.last_error ?? "none"}</dd>
        <dt>Executions as of</dt>
        <dd>{time(s.projection.caught_up_at)}</dd>
      </dl>
      {s.last_runs.length > 0 && (
        <details>
          <summary>Last runs</summary>
          {s.last_runs.map((r) => (
            <div key={r.id}>
              <State value={r.status} /> {words(r.kind)}, {time(r.started_at)}, {r.requested_by ?? "by itself"}
            </div>
          ))}
        </details>
      )}
    </>
  );
}

import type { Job } from "../api/schema/system";
import { count, words } from "../format";

/** How far a job is, and the way to stop it. */
export function JobProgress(props: { label: string; job: Job | null; cancel: () => unknown }) {
  const { job } = props;
  const known = job?.total != null && job.done != null;
  return (
    <div className="row" data-testid="job-progress">
      <progress aria-label={props.label} max={known ? Math.max(job.total as number, job.done as number, 1) : undefined} value={known ? (job.done as number) : undefined} />
      <span>
        {words(job?.step ?? job?.status ?? "starting")} {job?.done != null && count(job.done)}
        {known && ` of ${count(job.total)}`}
      </span>
      {job && (
        <button type="button" disabled={job.cancel_requested} onClick={props.cancel}>
          {job.cancel_requested ? "Stopping…" : "Stop"}
        </button>
      )}
    </div>
  );
}

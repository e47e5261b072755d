import * as Popover from "@radix-ui/react-popover";
import { LoaderCircle } from "lucide-react";
import { useEffect } from "react";
import { toast } from "sonner";
import { follow, stop, useFollowedJobs } from "../api/jobs";
import { EVERY, useApi } from "../api/query";
import { Jobs } from "../api/schema/system";
import { words } from "../format";
import { JobProgress } from "../ui/JobProgress";

/** What runs on the services, also what was begun before this page was loaded; each ends in a word at the corner. */
export function JobTray() {
  const jobs = useFollowedJobs();
  const running = useApi("/api/jobs?status=running", Jobs, EVERY.sync);
  useEffect(() => {
    for (const job of running.data?.items ?? []) {
      follow(job).then(
        () => toast.success(`${words(job.kind)} is done`),
        (e: Error) => toast.error(`${words(job.kind)}: ${e.message}`),
      );
    }
  }, [running.data]);
  if (jobs.length === 0) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="tray" aria-label={`${jobs.length} running`}>
        <LoaderCircle size={14} aria-hidden className="spin" /> {jobs.length}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="pop wide" align="end">
          {jobs.map((job) => (
            <div key={job.id}>
              <b>{words(job.kind)}</b>
              <JobProgress label={words(job.kind)} job={job} cancel={() => void stop(job)} />
            </div>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

import { useState } from "react";
import { useJob } from "../../api/jobs";
import { EVERY, useApi } from "../../api/query";
import { Card, Report } from "../../api/schema/trades";
import { useNow } from "../../clock";
import { JobProgress } from "../../ui/JobProgress";
import { Notice } from "../../ui/Notice";
import { Panel } from "../../ui/Panel";
import { RunStepper } from "../../ui/RunStepper";
import { ConfirmSync } from "./ConfirmSync";
import { Exceptions } from "./Exceptions";
import { obstacles } from "./gate";
import { steps } from "./steps";
import { SyncControls } from "./SyncControls";
import { SyncFacts } from "./SyncFacts";
import { SyncResult } from "./SyncResult";

export const CARD = "/api/internal/trades/sync/status?source=alpha_sync";
const CHANGED_BY_SYNC = ["/api/internal/trades", "/api/internal/contracts"];

/** Preview, diagnose, sync, enrich: each step with its verdict, and the next only open where the one before lets it. */
export function SyncCard() {
  const card = useApi(CARD, Card, EVERY.sync);
  const now = useNow();
  const sync = useJob<typeof Report, object>("/api/internal/trades/sync", Report, CHANGED_BY_SYNC);
  const [dryRun, setDryRun] = useState(true);
  const [full, setFull] = useState(false);
  const [pending, setPending] = useState<boolean | null>(null);
  const [preview, setPreview] = useState<Report | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [accepted, setAccepted] = useState<string[]>([]);
  const [asking, setAsking] = useState(false);
  const run = () => {
    const stands = dryRun ? {} : { preview_run_id: preview?.run_id, accept: accepted };
    sync.mutate(
      { source: "alpha_sync", dry_run: dryRun, full_scope_diagnostic: full, ...(pending === null ? {} : { include_pending: pending }), ...stands },
      {
        onSuccess: (result) => {
          setReport(result);
          setPreview(result.dry_run ? result : null);
          setAccepted([]);
          if (!result.dry_run) setDryRun(true);
        },
      },
    );
  };
  return (
    <Panel title="OMS/PMS Sync" query={card} height={180} about="Alpha's executions of the scope against the cache: the sync's own ledger.">
      {(c) => {
        const includePending = pending ?? c.include_pending;
        const closed = dryRun ? [] : obstacles(preview, { fullScope: full, includePending, accepted }, now);
        return (
          <>
            <RunStepper label="steps of a sync" steps={steps(c, preview, report, now)} />
            <SyncFacts card={c} />
            <SyncControls
              {...{ dryRun, setDryRun, full, setFull, includePending, setPending }}
              busy={sync.isPending}
              closed={closed}
              go={() => (dryRun ? run() : setAsking(true))}
            />
            {sync.isPending && <JobProgress label="sync is running" job={sync.job} cancel={sync.cancel} />}
            {sync.isError && (
              <Notice tone="bad">
                <b>Failed:</b> {sync.error.message}
              </Notice>
            )}
            {preview && <ConfirmSync open={asking} close={() => setAsking(false)} go={run} card={c} preview={preview} accepted={accepted} />}
            {report?.dry_run && <Exceptions exceptions={report.exceptions} accepted={accepted} set={setAccepted} />}
            {report && <SyncResult report={report} />}
          </>
        );
      }}
    </Panel>
  );
}

package io.voldesk.analytics.outcome;

import io.voldesk.kit.job.JobKind;
import io.voldesk.kit.job.Progress;
import jakarta.inject.Singleton;

/** An outcome backfill as a job. Taken up again, it begins with the executions it had not come to: those are chosen first. */
@Singleton
public class OutcomeJob implements JobKind<OutcomeRequest> {
    static final String NAME = "outcome_backfill";

    private final OutcomeRun run;

    public OutcomeJob(OutcomeRun run) {
        this.run = run;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<OutcomeRequest> requestType() {
        return OutcomeRequest.class;
    }

    @Override
    public OutcomeRun.Answer run(String requestedBy, OutcomeRequest request, Progress progress) {
        return run.run(request, requestedBy, progress);
    }
}

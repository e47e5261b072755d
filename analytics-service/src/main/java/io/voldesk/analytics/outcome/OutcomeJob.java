package io.voldesk.analytics.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.kit.job.JobKind;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.problem.Problem;
import jakarta.inject.Singleton;

/** An outcome backfill as a job. Taken up again, it begins with the executions it had not come to: those are chosen first. */
@Singleton
public class OutcomeJob implements JobKind {
    static final String NAME = "outcome_backfill";

    private final OutcomeRun run;
    private final ObjectMapper json;

    public OutcomeJob(OutcomeRun run, ObjectMapper json) {
        this.run = run;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public OutcomeRun.Answer run(String requestedBy, String request, Progress progress) {
        try {
            return run.run(json.readValue(request, OutcomeRequest.class), requestedBy, progress);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (MarketData.Unreachable e) {
            throw Problem.upstream(e.getMessage(), e);
        }
    }
}

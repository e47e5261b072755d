package io.voldesk.analytics.outcome;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.pipeline.PatientLock;
import io.voldesk.analytics.pipeline.PipelineRun;
import io.voldesk.analytics.pipeline.PipelineState;
import io.voldesk.analytics.pipeline.Trouble;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** One run of the outcome backfill: alone among its kind, on an up-to-date projection, in the ledger. */
@ApplicationScoped
public class OutcomeRun {
    private final OutcomeBackfill backfill;
    private final Projection projection;
    private final PipelineState state;
    private final PatientLock locks;

    public OutcomeRun(OutcomeBackfill backfill, Projection projection, PipelineState state, PatientLock locks) {
        this.backfill = backfill;
        this.projection = projection;
        this.state = state;
        this.locks = locks;
    }

    /**
     * @param status {@code ok}, or {@code partial_error} where the projection could not be brought up to date or the vendor failed
     *     for some marks, which are pending and asked for again
     * @param errors what went wrong besides
     */
    @RegisterForReflection(registerFullHierarchy = true) // answered inside a Response, which shows no type
    public record Answer(
            String status,
            boolean dryRun,
            long executions,
            long rowsProcessed,
            long rowsWritten,
            List<OutcomeBackfill.HorizonCounts> horizons,
            List<String> errors) {}

    /**
     * @throws Problem 409 while another real run is on; 502 where market data does not answer: what was stored before stands
     */
    Answer run(OutcomeRequest request, String requestedBy, Progress progress) {
        try {
            return runAsked(request, requestedBy, progress);
        } catch (MarketData.Unreachable e) {
            throw Problem.upstream(e.getMessage(), e);
        }
    }

    private Answer runAsked(OutcomeRequest request, String requestedBy, Progress progress) {
        OutcomeBackfill.Asked asked = request.asked();
        if (asked.dryRun()) {
            return answer(true, backfill.run(asked, progress), List.of());
        }
        String source = asked.selection().source();
        try (var held = locks.take(lock(source), requestedBy)) {
            long run = state.start(held, PipelineRun.Kind.OUTCOMES, asked.selection(), requestedBy);
            try {
                List<String> errors = new ArrayList<>();
                projection.catchUp(source).ifPresent(why -> errors.add("projection: " + why));
                Answer answer = answer(false, backfill.run(asked, progress), errors);
                state.end(run, answer.status(), answer);
                return answer;
            } catch (JobStopped stopped) {
                state.end(run, stopped);
                throw stopped;
            } catch (RuntimeException e) {
                state.end(run, "failed", Trouble.words(e));
                throw e;
            }
        }
    }

    /** What keeps two runs over the marks of a source apart. */
    public static String lock(String source) {
        return "analytics:outcomes:" + source;
    }

    private static Answer answer(boolean dryRun, OutcomeBackfill.Found found, List<String> errors) {
        List<String> all = new ArrayList<>(errors);
        if (found.vendorFailures() > 0) {
            all.add("outcome_marks: " + Trouble.vendorFailed(found.vendorFailures(), "marks"));
        }
        return new Answer(
                all.isEmpty() ? "ok" : "partial_error",
                dryRun,
                found.executions(),
                found.rowsProcessed(),
                found.rowsWritten(),
                found.horizons(),
                all);
    }
}

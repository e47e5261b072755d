package io.voldesk.analytics.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.analytics.benchmark.BenchmarkStep;
import io.voldesk.analytics.context.MarketContextStep;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.Enrichment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * The entry to enrichment: runs the steps in the order of the answer. A step that fails does not stop the others; a dry run
 * writes nothing, freshness included.
 */
@ApplicationScoped
public class Pipeline {
    private static final Logger LOG = Logger.getLogger(Pipeline.class);

    private final Projection projection;
    private final MarketContextStep context;
    private final BenchmarkStep benchmarks;
    private final PipelineState state;
    private final RunLock locks;
    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;

    public Pipeline(
            Projection projection,
            MarketContextStep context,
            BenchmarkStep benchmarks,
            PipelineState state,
            RunLock locks,
            Jdbi jdbi,
            ObjectMapper json,
            Clock clock) {
        this.projection = projection;
        this.context = context;
        this.benchmarks = benchmarks;
        this.state = state;
        this.locks = locks;
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    public static String source(String sent) {
        return Params.oneOf("source", sent, Projection.ALPHA_SYNC, Set.of(Projection.ALPHA_SYNC));
    }

    /** Which persisted steps a run takes. */
    public record Steps(boolean context, boolean execution, boolean outcomes) {}

    /** @throws io.voldesk.kit.problem.Problem 409 while another real run is on */
    public Enrichment.Summary run(
            String kind, Selection selection, int limit, boolean dryRun, Steps steps, String requestedBy) {
        if (dryRun) {
            return runSteps(selection, limit, true, steps, new ArrayList<>());
        }
        try (var _ = locks.take("analytics:pipeline:" + selection.source(), requestedBy)) {
            Instant started = clock.instant();
            List<Enrichment.StepError> errors = new ArrayList<>();
            catchUp(selection, errors);
            Enrichment.Summary summary = runSteps(selection, limit, false, steps, errors);
            state.finish(
                    kind,
                    Selection.all(selection.source(), selection.portfolio()),
                    requestedBy,
                    started,
                    clock.instant(),
                    summary.status(),
                    errors.isEmpty()
                            ? null
                            : errors.getFirst().step() + ": "
                                    + errors.getFirst().reason(),
                    write(summary));
            return summary;
        }
    }

    private void catchUp(Selection selection, List<Enrichment.StepError> errors) {
        try {
            projection.catchUp(selection.source());
        } catch (VendorFailure | ProcessingException e) {
            errors.add(new Enrichment.StepError("projection", "trade-sync-service did not answer"));
        }
    }

    private Enrichment.Summary runSteps(
            Selection selection, int limit, boolean dryRun, Steps wanted, List<Enrichment.StepError> errors) {
        List<Enrichment.Step> done = new ArrayList<>();
        done.add(runStep(context, wanted.context(), selection, limit, dryRun, errors));
        done.add(runStep(benchmarks, wanted.execution(), selection, limit, dryRun, errors));
        done.add(new Enrichment.Step(
                "opportunity_alignment", "derived_on_read", 0, 0, "recomputed from persisted context when it is read"));
        done.add(outcomeAttribution(selection, wanted.outcomes()));
        long processed = done.stream()
                .filter(s -> s.status().equals("ok") && !s.name().equals("outcome_attribution"))
                .mapToLong(Enrichment.Step::rowsProcessed)
                .sum();
        return new Enrichment.Summary(errors.isEmpty() ? "ok" : "partial_error", dryRun, processed, done, errors);
    }

    private static Enrichment.Step runStep(
            Step step,
            boolean wanted,
            Selection selection,
            int limit,
            boolean dryRun,
            List<Enrichment.StepError> errors) {
        if (!wanted) {
            return new Enrichment.Step(step.name(), "skipped", 0, 0, "not asked for");
        }
        try {
            Step.Result result = step.run(selection, limit, dryRun);
            return new Enrichment.Step(step.name(), "ok", result.rowsProcessed(), result.rowsWritten(), null);
        } catch (RuntimeException e) {
            LOG.warnf(e, "step %s failed", step.name());
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            errors.add(new Enrichment.StepError(step.name(), reason));
            return new Enrichment.Step(step.name(), "error", 0, 0, reason);
        }
    }

    /** Reads what the outcome backfill persisted; marks themselves are sourced by that backfill alone. */
    private Enrichment.Step outcomeAttribution(Selection selection, boolean wanted) {
        if (!wanted) {
            return new Enrichment.Step("outcome_attribution", "skipped", 0, 0, "not asked for; reads persisted marks");
        }
        long marks = jdbi.withHandle(handle -> selection
                .bind(handle.createQuery("""
                        select count(*) from outcome_mark o join execution e using (source_trade_id)
                        where o.state = 'unrealized_mark' and %s""".formatted(Selection.CONDITION)))
                .mapTo(Long.class)
                .one());
        return new Enrichment.Step("outcome_attribution", "ok", marks, 0, marks == 0 ? "no_persisted_marks" : null);
    }

    private String write(Enrichment.Summary summary) {
        try {
            return json.writeValueAsString(summary);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

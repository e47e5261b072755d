package io.voldesk.analytics.pipeline;

import io.voldesk.analytics.benchmark.BenchmarkStep;
import io.voldesk.analytics.context.MarketContextStep;
import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.job.Progress;
import io.voldesk.model.Enrichment;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * The entry to enrichment: runs the steps in the order of the answer. A step that fails does not stop the others; a dry run
 * writes nothing, freshness included.
 */
@ApplicationScoped
public class Pipeline {
    private final Projection projection;
    private final MarketContextStep context;
    private final BenchmarkStep benchmarks;
    private final EnrichmentStore store;
    private final PipelineState state;
    private final StepRunner runner;
    private final PatientLock locks;
    private final Jdbi jdbi;

    public Pipeline(
            Projection projection,
            MarketContextStep context,
            BenchmarkStep benchmarks,
            EnrichmentStore store,
            PipelineState state,
            StepRunner runner,
            PatientLock locks,
            Jdbi jdbi) {
        this.projection = projection;
        this.context = context;
        this.benchmarks = benchmarks;
        this.store = store;
        this.state = state;
        this.runner = runner;
        this.locks = locks;
        this.jdbi = jdbi;
    }

    /** Which persisted steps a run takes. */
    public record Steps(boolean context, boolean execution, boolean outcomes) {}

    /**
     * What an operator asks for.
     *
     * @throws io.voldesk.kit.problem.Problem 400 for a bad request, 409 while another real run is on
     */
    public Enrichment.Summary backfill(BackfillRequest request, String requestedBy, Progress progress) {
        return request.dry()
                ? runSteps(request.selection(), request.most(), true, request.steps(), new ArrayList<>(), progress)
                : run(
                        PipelineRun.Kind.BACKFILL,
                        request.selection(),
                        request.most(),
                        request.steps(),
                        requestedBy,
                        progress);
    }

    /** Everything that changed in a sync, whatever its number. */
    public Enrichment.Summary afterSync(Enrichment.Request request) {
        return run(
                PipelineRun.Kind.POST_SYNC,
                new Selection(
                        Projection.source(request.source()), null, request.afterChangeSeq(), request.uptoChangeSeq()),
                BackfillRequest.MOST,
                new Steps(true, true, true),
                "trade-sync-service",
                Progress.NONE);
    }

    /** What keeps two runs of the pipeline over a source apart. */
    public static String lock(String source) {
        return "analytics:pipeline:" + source;
    }

    private Enrichment.Summary run(
            PipelineRun.Kind kind, Selection selection, int limit, Steps steps, String requestedBy, Progress progress) {
        try (var held = locks.take(lock(selection.source()), requestedBy)) {
            Selection scope = Selection.all(selection.source(), selection.portfolio());
            long run = state.start(held, kind, scope, requestedBy);
            List<Enrichment.StepError> errors = new ArrayList<>();
            projection
                    .catchUp(selection.source())
                    .ifPresent(why -> errors.add(new Enrichment.StepError("projection", why)));
            Enrichment.Summary summary;
            try {
                summary = runSteps(selection, limit, false, steps, errors, progress);
            } catch (JobStopped stopped) {
                state.end(run, stopped);
                throw stopped;
            }
            String error = errors.isEmpty()
                    ? null
                    : errors.getFirst().step() + ": " + errors.getFirst().reason();
            state.finish(run, scope, summary.status(), error, summary);
            return summary;
        }
    }

    private Enrichment.Summary runSteps(
            Selection selection,
            int limit,
            boolean dryRun,
            Steps wanted,
            List<Enrichment.StepError> errors,
            Progress progress) {
        List<Enrichment.Step> done = new ArrayList<>();
        done.add(wanted.context() ? runStep(context, selection, limit, dryRun, progress, errors) : skipped(context));
        done.add(
                wanted.execution()
                        ? runStep(benchmarks, selection, limit, dryRun, progress, errors)
                        : skipped(benchmarks));
        done.add(new Enrichment.Step(
                "opportunity_alignment", "derived_on_read", 0, 0, "recomputed from persisted context when it is read"));
        done.add(outcomeAttribution(selection, wanted.outcomes()));
        long processed = done.stream()
                .filter(s -> !s.name().equals("outcome_attribution"))
                .mapToLong(Enrichment.Step::rowsProcessed)
                .sum();
        return new Enrichment.Summary(errors.isEmpty() ? "ok" : "partial_error", dryRun, processed, done, errors);
    }

    private Enrichment.Step runStep(
            Step<?> step,
            Selection selection,
            int limit,
            boolean dryRun,
            Progress progress,
            List<Enrichment.StepError> errors) {
        return runner.run(step, () -> store.choose(selection, step.layout(), limit), dryRun, progress, errors);
    }

    private static Enrichment.Step skipped(Step<?> step) {
        return new Enrichment.Step(step.name(), "skipped", 0, 0, "not asked for");
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
}

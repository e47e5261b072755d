package io.voldesk.analytics.healing;

import io.voldesk.analytics.benchmark.BenchmarkStep;
import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.outcome.OutcomeBackfill;
import io.voldesk.analytics.outcome.OutcomeRun;
import io.voldesk.analytics.pipeline.PatientLock;
import io.voldesk.analytics.pipeline.Pipeline;
import io.voldesk.analytics.pipeline.PipelineRun;
import io.voldesk.analytics.pipeline.PipelineState;
import io.voldesk.analytics.pipeline.StepRunner;
import io.voldesk.analytics.pipeline.Trouble;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.model.Enrichment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Asks again for what a vendor failed to answer: portion by portion while it answers; once it fails, a few after longer and longer
 * pauses. Which ones is left to chance, so that some that always fail do not stand before the others.
 */
@ApplicationScoped
public class VendorRetry {
    private static final String REQUESTED_BY = "background retry";
    private static final int PORTION = 500;
    private static final int PROBE = 25;
    /** Lets a waiting run in. */
    private static final Duration BETWEEN_PORTIONS = Duration.ofMillis(250);

    private final BenchmarkStep benchmarks;
    private final OutcomeBackfill marks;
    private final EnrichmentStore store;
    private final StepRunner runner;
    private final PipelineState state;
    private final PatientLock locks;
    private final Backoff backoff;
    private final Jdbi jdbi;

    public VendorRetry(
            BenchmarkStep benchmarks,
            OutcomeBackfill marks,
            EnrichmentStore store,
            StepRunner runner,
            PipelineState state,
            PatientLock locks,
            Backoff backoff,
            Jdbi jdbi) {
        this.benchmarks = benchmarks;
        this.marks = marks;
        this.store = store;
        this.runner = runner;
        this.state = state;
        this.locks = locks;
        this.backoff = backoff;
        this.jdbi = jdbi;
    }

    void retryBenchmarks(String source) {
        repeat(
                source,
                "execution_benchmarks",
                Pipeline.lock(source),
                () -> benchmarksPending(source),
                (held, limit) -> benchmarks(held, source, limit));
    }

    void retryMarks(String source) {
        repeat(
                source,
                "outcome_marks",
                OutcomeRun.lock(source),
                () -> !marks.owed(source).isEmpty(),
                (held, limit) -> marks(held, source, limit));
    }

    /** Asks for at most so many executions, and tells whether the vendor answered about each. */
    private interface Portion {
        boolean ask(RunLock.Held held, int limit);
    }

    private void repeat(String source, String step, String lock, BooleanSupplier owed, Portion portion) {
        boolean some = false;
        while (owed.getAsBoolean() && backoff.due(step)) {
            try (var held = locks.forHealing(lock).orElse(null)) {
                if (held == null) {
                    return;
                }
                some = true;
                if (portion.ask(held, backoff.failing(step) ? PROBE : PORTION)) {
                    backoff.answered(step);
                } else {
                    backoff.failed(step);
                }
            }
            pause();
        }
        if (some && !benchmarksPending(source) && marks.owed(source).isEmpty()) {
            state.recovered(source);
        }
    }

    private boolean benchmarks(RunLock.Held held, String source, int limit) {
        Selection all = Selection.all(source, null);
        long run = state.start(held, PipelineRun.Kind.BENCHMARK_RETRY, all, REQUESTED_BY);
        List<Enrichment.StepError> errors = new ArrayList<>();
        Enrichment.Step step = runner.run(
                benchmarks, () -> store.choose(all, """
                        exists (select 1 from execution_benchmark x where x.source_trade_id = e.source_trade_id
                          and x.state = 'pending')""", "random()", Map.of(), limit), false, Progress.NONE, errors);
        String status = errors.isEmpty() ? "ok" : "partial_error";
        state.end(run, status, new Enrichment.Summary(status, false, step.rowsProcessed(), List.of(step), errors));
        return errors.isEmpty();
    }

    private boolean marks(RunLock.Held held, String source, int limit) {
        Selection all = Selection.all(source, null);
        OutcomeBackfill.Owed owed = marks.owed(source).getFirst();
        long run = state.start(held, PipelineRun.Kind.OUTCOME_RETRY, all, REQUESTED_BY);
        try {
            OutcomeBackfill.Found found = marks.again(all, owed, limit);
            state.end(run, found.vendorFailures() == 0 ? "ok" : "partial_error", found);
            return found.vendorFailures() == 0;
        } catch (RuntimeException e) {
            state.end(run, "failed", Trouble.words(e));
            return false;
        }
    }

    private boolean benchmarksPending(String source) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select 1 from execution_benchmark x join execution e using (source_trade_id)
                                       where x.state = 'pending' and e.source = :source)""")
                .bind("source", source)
                .mapTo(Boolean.class)
                .one());
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_PORTIONS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

package io.voldesk.analytics.pipeline;

import io.voldesk.analytics.enrichment.EnrichedRow;
import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.enrichment.Tally;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.job.Progress;
import io.voldesk.model.Enrichment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Takes one step over the executions chosen for it, and says what came of it. */
@ApplicationScoped
public class StepRunner {
    private static final Logger LOG = Logger.getLogger(StepRunner.class);

    private final EnrichmentStore store;
    private final Clock clock;

    public StepRunner(EnrichmentStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Portion by portion, each stored before the next is begun; a dry run finds out but writes nothing.
     *
     * @param chosen picks its executions; what it throws is the step's failure, too
     * @param errors takes what went wrong
     */
    public <R extends Record & EnrichedRow> Enrichment.Step run(
            Step<R> step,
            Supplier<EnrichmentStore.Chosen> chosen,
            boolean dryRun,
            Progress progress,
            List<Enrichment.StepError> errors) {
        Tally tally = new Tally(step.name(), progress);
        try {
            take(step, chosen.get(), dryRun, tally);
        } catch (JobStopped stopped) {
            throw stopped;
        } catch (RuntimeException e) {
            LOG.warnf(e, "step %s failed", step.name());
            return ended(step, "error", Trouble.words(e), tally, errors);
        }
        return tally.vendorFailures() == 0
                ? new Enrichment.Step(step.name(), "ok", tally.rowsProcessed(), tally.rowsWritten(), null)
                : ended(
                        step,
                        "partial_error",
                        Trouble.vendorFailed(tally.vendorFailures(), "executions"),
                        tally,
                        errors);
    }

    private static Enrichment.Step ended(
            Step<?> step, String status, String reason, Tally tally, List<Enrichment.StepError> errors) {
        errors.add(new Enrichment.StepError(step.name(), reason));
        return new Enrichment.Step(step.name(), status, tally.rowsProcessed(), tally.rowsWritten(), reason);
    }

    private <R extends Record & EnrichedRow> void take(
            Step<R> step, EnrichmentStore.Chosen chosen, boolean dryRun, Tally tally) {
        Step.Layout<R> layout = step.layout();
        tally.begin(chosen.executions());
        store.eachPortion(chosen, layout.portion(), step::enrich, (executions, rows) -> {
            int written = dryRun ? 0 : store.upsert(layout.table(), rows, clock.instant());
            tally.vendorFailed(rows.stream().filter(EnrichedRow::vendorFailed).count());
            tally.portion(executions.size(), rows.size(), written);
        });
    }
}

package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The sync by schedule: a preview, and a real run where it has no exception and stays within the operator's bounds; to both the run
 * itself is held as well. Otherwise nothing is written, and the card says why until a sync has gone through. Off unless {@code SYNC_CRON} is set.
 */
@ApplicationScoped
public class ScheduledSync implements Recurring {
    static final String ACTOR = "scheduler:internal";
    private static final Logger LOG = Logger.getLogger(ScheduledSync.class);

    private final SyncRunner runner;
    private final SyncHolds holds;
    private final AlphaSettings settings;
    private final Clock clock;

    public ScheduledSync(SyncRunner runner, SyncHolds holds, AlphaSettings settings, Clock clock) {
        this.runner = runner;
        this.holds = holds;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "scheduled_sync";
    }

    @Override
    public Recurrence when() {
        return Recurrence.cron(settings.schedule().cron());
    }

    @Override
    public void recur() {
        run();
    }

    /** Answers why nothing was written; empty where a real run went through. */
    Optional<String> run() {
        Scope scope = new Scope(Scope.ALPHA_SYNC, settings.portfolioNames(), settings.includePending());
        Long previewRun = null;
        Optional<String> held;
        try {
            SyncReport preview = runner.run(SyncRequest.OF_NOTHING, scope, ACTOR, Progress.NONE);
            previewRun = preview.runId();
            held = outOfBounds(preview);
            if (held.isEmpty()) {
                runner.run(SyncRequest.REAL, scope, ACTOR, Progress.NONE, this::requireWithinBounds);
            }
        } catch (Problem problem) {
            if (problem.more().containsKey("held_by")) {
                // somebody's own run is on: it is the sync, and what it meets it tells
                LOG.infof("the scheduled sync is left out: %s", problem.getMessage());
                return Optional.of(problem.getMessage());
            }
            held = Optional.of(problem.getMessage());
        } catch (RuntimeException failed) {
            LOG.error("the scheduled sync failed", failed);
            held = Optional.of(DatabaseTrouble.of(failed)
                    .map(Problem::getMessage)
                    .orElse("internal error: " + failed.getClass().getSimpleName()));
        }
        if (held.isPresent()) {
            LOG.warnf("the scheduled sync waits: %s", held.get());
            holds.hold(scope, previewRun, held.get(), clock.instant());
        }
        return held;
    }

    /** Between the preview and the run the source goes on: what the run itself is about to write is what counts. */
    private void requireWithinBounds(SyncReport run) {
        outOfBounds(run).ifPresent(why -> {
            throw Problem.conflict(why, Map.of());
        });
    }

    private Optional<String> outOfBounds(SyncReport run) {
        List<SyncException> exceptions = run.exceptions();
        if (!exceptions.isEmpty()) {
            SyncException first = exceptions.getFirst();
            return Optional.of(run.exceptionsCount() + " exceptions, the first " + first.name() + " (" + first.kind()
                    + ": " + first.reason() + ")");
        }
        long changed = run.counts().inserted() + run.counts().updated();
        if (changed > settings.schedule().maxChanged()) {
            return Optional.of(changed + " new and changed executions, more than the "
                    + settings.schedule().maxChanged() + " allowed");
        }
        BigDecimal premium = run.counts().grossPremiumDeltaUsd();
        if (premium.compareTo(settings.schedule().maxPremiumUsd()) > 0) {
            return Optional.of("a premium delta of " + premium.toPlainString() + " USD, more than the "
                    + settings.schedule().maxPremiumUsd().toPlainString() + " allowed");
        }
        return Optional.empty();
    }
}

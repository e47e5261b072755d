package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.alpha.AlphaFeed;
import io.voldesk.tradesync.alpha.AlphaWalkFailed;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The entry to execution sync: one {@link SyncTransaction} a run, and in it the end of the run's line in the ledger. What is told as
 * failed has left nothing behind, and what is told as done stands.
 */
@ApplicationScoped
public class SyncRunner {
    private final Jdbi jdbi;
    private final RunLock locks;
    private final AlphaFeed feed;
    private final SyncTransaction transaction;
    private final PreviewGate gate;
    private final SyncStateStore states;
    private final EnrichmentDebts debts;
    private final ObjectMapper json;
    private final Clock clock;

    public SyncRunner(
            Jdbi jdbi,
            RunLock locks,
            AlphaFeed feed,
            SyncTransaction transaction,
            PreviewGate gate,
            SyncStateStore states,
            EnrichmentDebts debts,
            ObjectMapper json,
            Clock clock) {
        this.jdbi = jdbi;
        this.locks = locks;
        this.feed = feed;
        this.transaction = transaction;
        this.gate = gate;
        this.states = states;
        this.debts = debts;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Walks and compares. A dry run writes nothing but the ledger; a real one merges, and then enriches what changed.
     *
     * @param scope the scope that {@code asked} names
     * @throws Problem 409 while another real sync of the scope runs, or where the preview it stands on does not carry it
     * @throws io.voldesk.kit.job.JobStopped at a safe point; nothing of the run stands then
     */
    public SyncReport run(SyncRequest asked, Scope scope, String requestedBy, Progress progress) {
        return run(asked, scope, requestedBy, progress, _ -> {});
    }

    /**
     * @param bounds looks at what the run is about to write, and refuses it by a {@link Problem}: nothing of the run stands then
     */
    SyncReport run(SyncRequest asked, Scope scope, String requestedBy, Progress progress, Consumer<SyncReport> bounds) {
        requireConfiguration();
        asked.since(clock.instant());
        PreviewGate.Basis basis = asked.basis();
        Instant started = clock.instant();
        if (!asked.real()) {
            try (var entered = states.runs().enter(handle -> begin(handle, asked, scope, requestedBy, started))) {
                return ledgered(entered.id(), started, asked, scope, progress, null, bounds);
            }
        }
        SyncReport report;
        try (var held = locks.take("sync:" + scope.source() + ":" + scope.key(), requestedBy)) {
            if (basis != null) {
                Instant now = clock.instant();
                gate.requirePreview(basis, scope, asked.fullScope(), asked.since(now), now);
            }
            long runId = states.runs().enter(held, handle -> begin(handle, asked, scope, requestedBy, started));
            report = ledgered(runId, started, asked, scope, progress, basis, bounds);
        }
        return report.with(debts.settleNow(report.runId()));
    }

    /** Closes the lines of runs that died. */
    void settle() {
        states.runs().settle();
    }

    /** @throws Problem 503 naming what is not set */
    void requireConfiguration() {
        if (!feed.configurationErrors().isEmpty()) {
            throw Problem.unavailable("configuration error: " + String.join("; ", feed.configurationErrors()));
        }
    }

    private static long begin(Handle handle, SyncRequest asked, Scope scope, String requestedBy, Instant started) {
        String kind = (asked.real() ? "sync" : "preview") + (asked.fullScope() ? "_full" : "");
        return SyncStateStore.beginRun(handle, scope, kind, requestedBy, started);
    }

    private SyncReport ledgered(
            long runId,
            Instant started,
            SyncRequest asked,
            Scope scope,
            Progress progress,
            PreviewGate.Basis basis,
            Consumer<SyncReport> bounds) {
        boolean real = asked.real();
        try {
            return inTransaction(
                    new SyncTransaction.Task(
                            scope, asked.fullScope(), real, asked.since(started), basis, runId, started),
                    progress,
                    bounds);
        } catch (JobStopped stopped) {
            states.stopRun(
                    runId, clock.instant(), stopped.cancelled() ? "cancelled" : "abandoned", stopped.getMessage());
            throw stopped;
        } catch (Problem gateClosed) {
            states.stopRun(runId, clock.instant(), "held", gateClosed.getMessage());
            throw gateClosed;
        } catch (AlphaWalkFailed e) {
            states.failRun(scope, runId, real, clock.instant(), e.getMessage());
            throw Problem.upstream(e.getMessage(), e);
        } catch (RuntimeException e) {
            String error = DatabaseTrouble.of(e)
                    .map(Problem::getMessage)
                    .orElse("internal error: " + e.getClass().getSimpleName());
            try {
                states.failRun(scope, runId, real, clock.instant(), error);
            } catch (RuntimeException ledgerOutOfReach) {
                // whoever looks at the ledger next closes the run in it
                e.addSuppressed(ledgerOutOfReach);
            }
            throw e;
        }
    }

    private SyncReport inTransaction(SyncTransaction.Task task, Progress progress, Consumer<SyncReport> bounds) {
        return jdbi.inTransaction(handle -> {
            SyncReport report = transaction.run(handle, task, progress);
            bounds.accept(report);
            String summary = write(report.forLedger());
            if (task.real()) {
                states.succeed(handle, task.scope(), report.finishedAt(), summary);
            }
            states.finishRun(handle, task.runId(), report.finishedAt(), summary);
            progress.beforeCommit(handle);
            return report;
        });
    }

    private String write(SyncReport report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

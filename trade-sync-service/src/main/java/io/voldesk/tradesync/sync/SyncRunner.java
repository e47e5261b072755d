package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.alpha.AlphaDeskClient;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.alpha.AlphaWalkFailed;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.reconcile.Diagnostic;
import io.voldesk.tradesync.reconcile.DiagnosticStore;
import io.voldesk.tradesync.reconcile.Pairing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The entry to execution sync: walks the source into staging tables and, in one transaction, compares, and for a real sync
 * merges, quarantines, moves the watermark and owes the enrichment. A preview is the same transaction, rolled back.
 */
@ApplicationScoped
public class SyncRunner {
    private final Jdbi jdbi;
    private final RunLock locks;
    private final AlphaDeskClient alpha;
    private final AlphaSettings settings;
    private final MergeStore merges;
    private final Pairing pairing;
    private final DiagnosticStore diagnostics;
    private final SyncStateStore states;
    private final EnrichmentDebts debts;
    private final ObjectMapper json;
    private final Clock clock;

    public SyncRunner(
            Jdbi jdbi,
            RunLock locks,
            AlphaDeskClient alpha,
            AlphaSettings settings,
            MergeStore merges,
            Pairing pairing,
            DiagnosticStore diagnostics,
            SyncStateStore states,
            EnrichmentDebts debts,
            ObjectMapper json,
            Clock clock) {
        this.jdbi = jdbi;
        this.locks = locks;
        this.alpha = alpha;
        this.settings = settings;
        this.merges = merges;
        this.pairing = pairing;
        this.diagnostics = diagnostics;
        this.states = states;
        this.debts = debts;
        this.json = json;
        this.clock = clock;
    }

    void closeAbandonedRuns(@Observes StartupEvent started) {
        states.closeAbandonedRuns(clock.instant());
    }

    /**
     * Walks and compares. A dry run writes nothing but the ledger; a real one merges, and then enriches what changed.
     *
     * @param scope the scope that {@code asked} names
     * @throws Problem 409 while another real sync of the scope runs
     * @throws io.voldesk.kit.job.JobStopped at a safe point; nothing of the run stands then
     */
    public SyncReport run(SyncRequest asked, Scope scope, String requestedBy, Progress progress) {
        requireConfiguration();
        if (!asked.real()) {
            return run(scope, asked.fullScope(), false, requestedBy, progress);
        }
        SyncReport report;
        try (var _ = locks.take("sync:" + scope.source() + ":" + scope.key(), requestedBy)) {
            report = run(scope, asked.fullScope(), true, requestedBy, progress);
        }
        return report.with(debts.settleNow(report.runId()));
    }

    /** @throws Problem 503 naming what is not set */
    void requireConfiguration() {
        if (!settings.configurationErrors().isEmpty()) {
            throw Problem.unavailable("configuration error: " + String.join("; ", settings.configurationErrors()));
        }
    }

    private SyncReport run(Scope scope, boolean fullScope, boolean real, String requestedBy, Progress progress) {
        Instant started = clock.instant();
        long runId =
                states.beginRun(scope, (real ? "sync" : "preview") + (fullScope ? "_full" : ""), requestedBy, started);
        try {
            SyncReport report = inTransaction(scope, fullScope, real, runId, started, progress);
            if (!real) {
                jdbi.useHandle(handle -> states.finishRun(handle, runId, report.finishedAt(), write(report)));
            }
            return report;
        } catch (JobStopped stopped) {
            states.stopRun(
                    runId, clock.instant(), stopped.cancelled() ? "cancelled" : "abandoned", stopped.getMessage());
            throw stopped;
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
                // the next start closes the run in the ledger
                e.addSuppressed(ledgerOutOfReach);
            }
            throw e;
        }
    }

    private SyncReport inTransaction(
            Scope scope, boolean fullScope, boolean real, long runId, Instant started, Progress progress) {
        return jdbi.withHandle(handle -> {
            handle.begin();
            SyncReport report;
            try {
                report = walkAndCompare(handle, scope, fullScope, real, runId, started, progress);
            } catch (RuntimeException e) {
                try {
                    handle.rollback();
                } catch (RuntimeException connectionLost) {
                    e.addSuppressed(connectionLost);
                }
                throw e;
            }
            if (real) {
                handle.commit();
            } else {
                handle.rollback();
            }
            return report;
        });
    }

    private SyncReport walkAndCompare(
            Handle handle,
            Scope scope,
            boolean fullScope,
            boolean real,
            long runId,
            Instant started,
            Progress progress) {
        Watermark watermark = states.read(handle, scope).watermark();
        try (Staging staging = new Staging(handle)) {
            return walkAndCompare(handle, staging, watermark, scope, fullScope, real, runId, started, progress);
        }
    }

    private SyncReport walkAndCompare(
            Handle handle,
            Staging staging,
            Watermark watermark,
            Scope scope,
            boolean fullScope,
            boolean real,
            long runId,
            Instant started,
            Progress progress) {
        Instant since =
                fullScope || watermark == null ? null : watermark.updatedAt().minus(settings.overlap());
        // counting a large cache takes a second: only where somebody watches
        Long expected = fullScope && progress != Progress.NONE ? states.cachedRows(handle, scope) : null;
        progress.at("walk", 0, expected);
        alpha.walk(scope, since, staging::clear, rows -> {
            staging.add(rows);
            progress.at("walk", staging.size(), expected);
        });
        staging.close();
        Instant walked = clock.instant();
        progress.at("compare", staging.size(), staging.size());
        long duplicates = merges.dropRepeated(handle);
        if (real) {
            merges.lock(handle);
        }
        pairing.pair(handle, scope, fullScope);
        Counts counts = merges.count(handle, scope, fullScope ? null : watermark, duplicates);
        progress.at(real ? "merge" : "report", staging.size(), staging.size());
        MergeStore.ChangeRange range = real ? merges.merge(handle, scope, runId, started) : null;
        Diagnostic diagnostic = null;
        if (fullScope) {
            if (real && !range.isEmpty()) {
                pairing.repair(handle, scope);
            }
            diagnostic = diagnostics.compare(handle, scope);
        }
        Instant finished = clock.instant();
        Watermark reached = watermark;
        if (real) {
            reached = states.advance(handle, scope, staging.highest());
            if (!range.isEmpty()) {
                debts.owe(handle, runId, scope, range, finished);
            }
        }
        SyncReport report = new SyncReport(
                runId,
                "ok",
                scope.source(),
                scope.key(),
                !real,
                fullScope ? "full_scope" : "incremental_delta",
                started,
                walked,
                finished,
                fullScope ? counts.withoutDeltas() : counts,
                diagnostic,
                diagnostic == null ? null : diagnostic.clean() && counts.rejected() == 0,
                reached,
                null);
        if (real) {
            String summary = write(report);
            states.succeed(handle, scope, finished, summary);
            states.finishRun(handle, runId, finished, summary);
        }
        return report;
    }

    private String write(SyncReport report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

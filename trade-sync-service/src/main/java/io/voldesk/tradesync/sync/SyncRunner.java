package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
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

    /** Walks and compares; writes nothing but the ledger. */
    public SyncReport preview(Scope scope, boolean fullScope, String requestedBy) {
        requireConfiguration();
        return run(scope, fullScope, false, requestedBy);
    }

    /**
     * Syncs for real, then enriches what changed.
     *
     * @throws Problem 409 while another real sync of the scope runs
     */
    public SyncReport sync(Scope scope, boolean fullScope, String requestedBy) {
        requireConfiguration();
        SyncReport report;
        try (var _ = locks.take("sync:" + scope.source() + ":" + scope.key(), requestedBy)) {
            report = run(scope, fullScope, true, requestedBy);
        }
        return report.with(debts.settleNow(report.runId()));
    }

    private void requireConfiguration() {
        if (!settings.configurationErrors().isEmpty()) {
            throw Problem.unavailable("configuration error: " + String.join("; ", settings.configurationErrors()));
        }
    }

    private SyncReport run(Scope scope, boolean fullScope, boolean real, String requestedBy) {
        Instant started = clock.instant();
        long runId =
                states.beginRun(scope, (real ? "sync" : "preview") + (fullScope ? "_full" : ""), requestedBy, started);
        try {
            SyncReport report = inTransaction(scope, fullScope, real, runId, started);
            if (!real) {
                jdbi.useHandle(handle -> states.finishRun(handle, runId, report.finishedAt(), write(report)));
            }
            return report;
        } catch (AlphaWalkFailed e) {
            states.failRun(scope, runId, real, clock.instant(), e.getMessage());
            throw Problem.upstream(e.getMessage(), e);
        } catch (RuntimeException e) {
            states.failRun(
                    scope,
                    runId,
                    real,
                    clock.instant(),
                    "internal error: " + e.getClass().getSimpleName());
            throw e;
        }
    }

    private SyncReport inTransaction(Scope scope, boolean fullScope, boolean real, long runId, Instant started) {
        return jdbi.withHandle(handle -> {
            handle.begin();
            SyncReport report;
            try {
                report = walkAndCompare(handle, scope, fullScope, real, runId, started);
            } catch (RuntimeException e) {
                handle.rollback();
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
            Handle handle, Scope scope, boolean fullScope, boolean real, long runId, Instant started) {
        Watermark watermark = states.read(handle, scope).watermark();
        Staging staging = new Staging(handle);
        Instant since =
                fullScope || watermark == null ? null : watermark.updatedAt().minus(settings.overlap());
        alpha.walk(scope, since, staging::clear, staging::add);
        long duplicates = merges.dropRepeated(handle);
        if (real) {
            merges.lock(handle);
        }
        pairing.pair(handle, scope, fullScope);
        Counts counts = merges.count(handle, scope, fullScope ? null : watermark, duplicates);
        MergeStore.ChangeRange range = real ? merges.merge(handle, scope, runId, started) : null;
        Diagnostic diagnostic = null;
        if (fullScope) {
            if (real && !range.isEmpty()) {
                pairing.repair(handle, scope);
            }
            diagnostic = diagnostics.compare(handle, scope);
        }
        Instant finished = clock.instant();
        if (real) {
            watermark = states.advance(handle, scope, staging.highest());
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
                finished,
                fullScope ? counts.withoutDeltas() : counts,
                diagnostic,
                diagnostic == null ? null : diagnostic.clean() && counts.rejected() == 0,
                watermark,
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

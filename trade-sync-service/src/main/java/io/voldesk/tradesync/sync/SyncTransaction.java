package io.voldesk.tradesync.sync;

import io.voldesk.kit.job.Progress;
import io.voldesk.tradesync.alpha.AlphaDeskClient;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.reconcile.BreakKeeper;
import io.voldesk.tradesync.reconcile.DiagnosticStore;
import io.voldesk.tradesync.reconcile.Pairing;
import io.voldesk.tradesync.reconcile.PortfolioPart;
import io.voldesk.tradesync.reconcile.PortfolioParts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a run does in its one transaction: walks the source into staging tables, compares, and for a real sync merges,
 * quarantines, moves the watermark and owes the enrichment. A diagnostic is kept with it; of a preview that, and what a real run may
 * stand on, is all that is. Whether any of it stands is the caller's to say.
 */
@ApplicationScoped
public class SyncTransaction {
    private static final Watermark EVERYTHING = new Watermark(Instant.parse("9999-12-31T23:59:59Z"), "");

    private final AlphaDeskClient alpha;
    private final AlphaSettings settings;
    private final MergeStore merges;
    private final Quarantine quarantine;
    private final Pairing pairing;
    private final DiagnosticStore diagnostics;
    private final SyncStateStore states;
    private final PortfolioParts portfolios;
    private final BreakKeeper breaks;
    private final Exceptions exceptions;
    private final PreviewGate gate;
    private final PreviewStore previews;
    private final SyncHolds holds;
    private final FutureExecutions future;
    private final EnrichmentDebts debts;
    private final Clock clock;

    public SyncTransaction(
            AlphaDeskClient alpha,
            AlphaSettings settings,
            MergeStore merges,
            Quarantine quarantine,
            Pairing pairing,
            DiagnosticStore diagnostics,
            SyncStateStore states,
            PortfolioParts portfolios,
            BreakKeeper breaks,
            Exceptions exceptions,
            PreviewGate gate,
            PreviewStore previews,
            SyncHolds holds,
            FutureExecutions future,
            EnrichmentDebts debts,
            Clock clock) {
        this.alpha = alpha;
        this.settings = settings;
        this.merges = merges;
        this.quarantine = quarantine;
        this.pairing = pairing;
        this.diagnostics = diagnostics;
        this.states = states;
        this.portfolios = portfolios;
        this.breaks = breaks;
        this.exceptions = exceptions;
        this.gate = gate;
        this.previews = previews;
        this.holds = holds;
        this.future = future;
        this.debts = debts;
        this.clock = clock;
    }

    /**
     * @param updatedSince the instant to re-read from in place of the watermark; null for the watermark
     * @param basis the preview that a real run stands on; null where nobody gates the run
     */
    record Task(
            Scope scope,
            boolean fullScope,
            boolean real,
            Instant updatedSince,
            PreviewGate.Basis basis,
            long runId,
            Instant started) {}

    /**
     * From where a run reads, and what it may do to the mark.
     *
     * @param since null for the whole scope
     * @param seen up to where equal rows are a re-reading; null for nowhere
     * @param anew whether the mark is set to what was read, also downwards
     * @param moves whether the mark moves at all
     */
    private record Reach(Instant since, Watermark seen, boolean anew, boolean moves) {}

    SyncReport run(Handle handle, Task task, Progress progress) {
        Watermark mark = states.read(handle, task.scope()).watermark();
        Reach reach = reach(task, mark);
        try (Staging staging = new Staging(handle, clock)) {
            return run(handle, staging, task, mark, reach, progress);
        }
    }

    private Reach reach(Task task, Watermark mark) {
        if (task.fullScope()) {
            return new Reach(null, null, true, true);
        }
        if (task.updatedSince() != null) {
            // a mark may rise only over what has been read without a gap
            boolean joined = mark != null && !task.updatedSince().isAfter(mark.updatedAt());
            return new Reach(task.updatedSince(), EVERYTHING, false, joined);
        }
        if (mark == null || mark.updatedAt().isAfter(Watermark.ceiling(null, clock.instant()))) {
            // a mark in the future has hidden rows since who knows when
            return new Reach(null, null, true, true);
        }
        return new Reach(mark.updatedAt().minus(settings.overlap()), mark, false, true);
    }

    private SyncReport run(Handle handle, Staging staging, Task task, Watermark mark, Reach reach, Progress progress) {
        Scope scope = task.scope();
        // counting a large cache takes a second: only where somebody watches
        Long expected = task.fullScope() && progress != Progress.NONE ? states.cachedRows(handle, scope) : null;
        progress.at("walk", 0, expected);
        alpha.walk(scope, reach.since(), staging::clear, (rows, asOf) -> {
            staging.add(rows, asOf);
            progress.at("walk", staging.size(), expected);
        });
        staging.close();
        Instant walked = clock.instant();
        progress.at("compare", staging.size(), staging.size());
        Instant ceiling = staging.ceiling();
        long duplicates = merges.dropRepeated(handle, ceiling);
        if (task.real()) {
            merges.lock(handle);
        }
        pairing.pair(handle, scope, task.fullScope(), ceiling);
        quarantine.stage(handle, scope, ceiling, staging.hasRejected());
        Counts counts = merges.count(handle, reach.seen(), ceiling, duplicates);
        progress.at(task.real() ? "merge" : "report", staging.size(), staging.size());
        PreviewStore.Differences differences =
                task.basis() == null ? PreviewStore.Differences.NONE : gate.differences(handle, task.basis());
        MergeStore.ChangeRange range = task.real() ? merges.merge(handle, scope, task.runId(), task.started()) : null;
        if (task.fullScope() && task.real() && !range.isEmpty()) {
            pairing.repair(handle, scope);
        }
        DiagnosticStore.Comparison comparison =
                task.fullScope() ? diagnostics.compare(handle, scope, staging.premiumDisagrees()) : null;
        SyncException.Met met = exceptions.of(handle, scope, staging.futureExecutions(), ceiling, comparison);
        if (task.basis() != null) {
            gate.requireCarried(task.basis(), differences, met);
        }
        List<PortfolioPart> parts =
                comparison == null ? portfolios.incremental(handle, scope) : comparison.portfolios();
        Boolean clean = comparison == null ? null : comparison.clean() && counts.rejected() == 0;
        Instant finished = clock.instant();
        Watermark reached = mark;
        if (task.real()) {
            quarantine.keep(handle, scope, ceiling, task.fullScope(), task.runId(), finished);
            breaks.mended(handle, scope, task.runId(), finished);
            holds.release(handle, scope);
            future.keep(handle, scope, staging.futureExecutions().keySet(), ceiling, task.runId(), finished);
            reached = states.advance(handle, scope, reach.moves() ? staging.highest() : Optional.empty(), reach.anew());
            if (!range.isEmpty()) {
                debts.owe(handle, task.runId(), scope, range, finished);
            }
        } else {
            previews.keep(handle, task.runId(), met.listed(), finished);
        }
        if (comparison != null) {
            breaks.keep(
                    handle,
                    scope,
                    task.runId(),
                    finished,
                    comparison,
                    clean,
                    staging.premiumDisagrees(),
                    staging.reconBreaks());
        }
        return new SyncReport(
                task.runId(),
                "ok",
                scope.source(),
                scope.key(),
                !task.real(),
                task.fullScope() ? "full_scope" : "incremental_delta",
                task.updatedSince(),
                task.started(),
                walked,
                finished,
                task.fullScope() ? counts.withoutDeltas() : counts,
                staging.fromFuture().size(),
                staging.fromFuture().stream()
                        .limit(FutureExecutions.MOST_LISTED)
                        .toList(),
                comparison == null ? null : comparison.diagnostic(),
                parts,
                comparison == null ? null : comparison.fields(),
                met.count(),
                met.listed(),
                clean,
                reached,
                null);
    }
}

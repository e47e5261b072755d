package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.tradesync.reconcile.Diagnostic;
import io.voldesk.tradesync.reconcile.FieldMatch;
import io.voldesk.tradesync.reconcile.PortfolioPart;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a preview or sync.
 *
 * @param status {@code ok}; a run that failed answers a problem instead
 * @param diagnosticScope {@code incremental_delta} or {@code full_scope}
 * @param updatedSince from where the caller had it read again; null where the watermark said
 * @param fromFuture rows dated later than the source's own moment, good and bad; they move no watermark
 * @param walkedAt when the last page of the source was read; what follows is comparison and storage
 * @param watermark where the scope stands after this run
 * @param diagnostic null unless the full scope was walked
 * @param portfolios the run by portfolio
 * @param fieldMatch null unless the full scope was walked
 * @param exceptionsCount how many exceptions there are; more than are listed stand on no preview
 * @param exceptions what the run cannot mend and somebody has to accept by name; {@link SyncException#MOST_LISTED} at most
 * @param clean whether the full-scope diagnostic found nothing to mend; null for an incremental run
 * @param analytics the enrichment that followed a real sync; null for a preview
 */
@RegisterForReflection(registerFullHierarchy = true) // answered inside a Response, which shows no type
public record SyncReport(
        long runId,
        String status,
        String source,
        String scopeKey,
        boolean dryRun,
        String diagnosticScope,
        @Nullable Instant updatedSince,
        Instant startedAt,
        Instant walkedAt,
        Instant finishedAt,
        @JsonUnwrapped Counts counts,
        long fromFuture,
        List<String> fromFutureTradeIds,
        @JsonUnwrapped @Nullable Diagnostic diagnostic,
        List<PortfolioPart> portfolios,
        List<FieldMatch> fieldMatch,
        long exceptionsCount,
        List<SyncException> exceptions,
        Boolean clean,
        @Nullable Watermark watermark,
        @Nullable EnrichmentOutcome analytics) {
    /** Of every list in the ledger's copy so many at most: the counts beside them are whole. */
    private static final int LISTED_IN_LEDGER = 100;

    SyncReport with(EnrichmentOutcome outcome) {
        return with(diagnostic, exceptions, outcome);
    }

    /** As the ledger keeps it, where hundreds of runs are read at once. */
    SyncReport forLedger() {
        return with(
                diagnostic == null ? null : diagnostic.listing(LISTED_IN_LEDGER),
                exceptions.subList(0, Math.min(LISTED_IN_LEDGER, exceptions.size())),
                analytics);
    }

    private SyncReport with(Diagnostic compared, List<SyncException> met, EnrichmentOutcome outcome) {
        return new SyncReport(
                runId,
                status,
                source,
                scopeKey,
                dryRun,
                diagnosticScope,
                updatedSince,
                startedAt,
                walkedAt,
                finishedAt,
                counts,
                fromFuture,
                fromFutureTradeIds,
                compared,
                portfolios,
                fieldMatch,
                exceptionsCount,
                met,
                clean,
                watermark,
                outcome);
    }
}

package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.tradesync.reconcile.Diagnostic;
import java.time.Instant;

/**
 * The answer of a preview or sync.
 *
 * @param status {@code ok}; a run that failed answers a problem instead
 * @param diagnosticScope {@code incremental_delta} or {@code full_scope}
 * @param walkedAt when the last page of the source was read; what follows is comparison and storage
 * @param watermark where the scope stands after this run
 * @param diagnostic null unless the full scope was walked
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
        Instant startedAt,
        Instant walkedAt,
        Instant finishedAt,
        @JsonUnwrapped Counts counts,
        @JsonUnwrapped Diagnostic diagnostic,
        Boolean clean,
        Watermark watermark,
        EnrichmentOutcome analytics) {
    SyncReport with(EnrichmentOutcome outcome) {
        return new SyncReport(
                runId,
                status,
                source,
                scopeKey,
                dryRun,
                diagnosticScope,
                startedAt,
                walkedAt,
                finishedAt,
                counts,
                diagnostic,
                clean,
                watermark,
                outcome);
    }
}

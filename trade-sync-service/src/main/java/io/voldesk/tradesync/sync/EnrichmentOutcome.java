package io.voldesk.tradesync.sync;

import io.voldesk.model.Enrichment;
import org.jspecify.annotations.Nullable;

/**
 * How the enrichment after a real sync went.
 *
 * @param status {@code ok}, {@code partial_error} (a vendor failed for some rows, or a step broke off and is owed: the reason says so),
 *     {@code failed} (owed, and retried until done), {@code owed} (too large to wait for)
 *     or {@code skipped}
 * @param reason null for ok
 * @param summary what analytics answered; null where it did not
 */
public record EnrichmentOutcome(String status, @Nullable String reason, Enrichment.@Nullable Summary summary) {}

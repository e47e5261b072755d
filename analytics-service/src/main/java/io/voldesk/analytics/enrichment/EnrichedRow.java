package io.voldesk.analytics.enrichment;

/**
 * A row of an enrichment table, as a record whose components are the table's columns: one for each execution and context key.
 * {@code forVersion} is the execution's version it was computed for.
 */
public interface EnrichedRow {
    String sourceTradeId();

    String contextKey();

    int forVersion();

    String state();

    String reason();

    /** Nothing was learned: the row is pending, and what an earlier look found stands. */
    default boolean vendorFailed() {
        return "pending".equals(state()) && "vendor_error".equals(reason());
    }
}

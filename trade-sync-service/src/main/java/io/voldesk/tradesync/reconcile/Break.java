package io.voldesk.tradesync.reconcile;

import java.util.Locale;

/**
 * One thing in which source and cache, or source and custodian, are at odds.
 *
 * @param tradeId for a portfolio its name
 * @param field empty where the break is of no single field
 */
public record Break(Kind kind, String tradeId, String portfolio, String field, String sourceValue, String localValue) {
    public enum Kind {
        UNMATCHED_SOURCE,
        UNMATCHED_LOCAL,
        MISMATCHED,
        PREMIUM_DISAGREES,
        /** The custodian's reconciliation says break. */
        RECON_BREAK,
        /** A portfolio that was asked for and has no rows, or has none any more. */
        PORTFOLIO;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package io.voldesk.tradesync.reconcile;

import java.util.Locale;

/** In what source and cache, or source and custodian, can be at odds. */
enum BreakKind {
    UNMATCHED_SOURCE,
    UNMATCHED_LOCAL,
    MISMATCHED,
    PREMIUM_DISAGREES,
    /** The custodian's reconciliation says break. */
    RECON_BREAK,
    /** A portfolio that was asked for and has no rows, or has none any more. */
    PORTFOLIO;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

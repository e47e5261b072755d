package io.voldesk.tradesync.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A portfolio's part of a run. Of an incremental run the changes only; of a full scope the whole portfolio at the source and in the
 * cache, deltas source − local.
 *
 * @param state {@code changes} of an incremental run; of a full scope {@code clean}, {@code differs}, {@code rejected_only} (the
 *     source serves bad rows alone, the cache has none), {@code vanished} (rows in the cache, none at the source) or {@code unknown}
 *     (no row anywhere)
 * @param rejectedCount bad rows at the source that say they are of this portfolio, dismissed ones among them
 * @param quarantinedCount executions in the cache whose row at the source is bad
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PortfolioPart(
        String portfolio,
        String state,
        long inserted,
        long updated,
        long unchanged,
        Long sourceRowCount,
        Long localScopeRowCount,
        @Nullable BigDecimal sourceTotalQuantity,
        @Nullable BigDecimal localTotalQuantity,
        @Nullable BigDecimal quantityDelta,
        @Nullable BigDecimal sourceTotalPremiumUsd,
        @Nullable BigDecimal localTotalPremiumUsd,
        @Nullable BigDecimal premiumDeltaUsd,
        Long unmatchedSourceCount,
        Long unmatchedLocalCount,
        Long mismatchedCount,
        Long quarantinedCount,
        long rejectedCount) {
    public boolean atOdds() {
        return state.equals("vanished") || state.equals("unknown");
    }
}

package io.voldesk.tradesync.reconcile;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole scope at the source against the whole scope in the cache. Deltas are source − local; totals are of the accepted
 * rows, rejected ones are counted apart.
 *
 * @param unmatchedSourceTradeIds at the source, not in the cache; by id, {@link #MOST_LISTED} at most
 * @param unmatchedLocalTradeIds in the cache, no longer served
 * @param mismatchedTrades in both, with every field that differs
 * @param quarantinedCount in the cache, and at the source with a version that is bad, be it dismissed or not: the totals differ by
 *     them
 * @param premiumDisagrees rows whose two premiums differ by more than a cent; the source's is right by definition, so they do not
 *     count against {@link #clean}
 */
public record Diagnostic(
        long sourceRowCount,
        long localScopeRowCount,
        BigDecimal sourceTotalQuantity,
        BigDecimal localTotalQuantity,
        BigDecimal quantityDelta,
        BigDecimal sourceTotalPremiumUsd,
        BigDecimal localTotalPremiumUsd,
        BigDecimal premiumDeltaUsd,
        long unmatchedSourceCount,
        long unmatchedLocalCount,
        long mismatchedCount,
        long quarantinedCount,
        List<String> unmatchedSourceTradeIds,
        List<String> unmatchedLocalTradeIds,
        List<Mismatch> mismatchedTrades,
        long premiumDisagreesCount,
        List<PremiumDisagrees> premiumDisagrees) {
    public static final int MOST_LISTED = 10_000;

    /** One field of one execution; values as text, null where there is none. */
    public record Mismatch(
            String tradeId,
            String field,
            @Nullable String sourceValue,
            @Nullable String localValue) {}

    /** The source's premium, which is used, and what quantity × price × multiplier comes to. */
    public record PremiumDisagrees(String tradeId, BigDecimal sourcePremiumUsd, BigDecimal computedPremiumUsd) {}

    /** The same with its lists cut to {@code most}; the counts say how many there are. */
    public Diagnostic listing(int most) {
        return new Diagnostic(
                sourceRowCount,
                localScopeRowCount,
                sourceTotalQuantity,
                localTotalQuantity,
                quantityDelta,
                sourceTotalPremiumUsd,
                localTotalPremiumUsd,
                premiumDeltaUsd,
                unmatchedSourceCount,
                unmatchedLocalCount,
                mismatchedCount,
                quarantinedCount,
                first(unmatchedSourceTradeIds, most),
                first(unmatchedLocalTradeIds, most),
                first(mismatchedTrades, most),
                premiumDisagreesCount,
                first(premiumDisagrees, most));
    }

    private static <T> List<T> first(List<T> list, int most) {
        return list.size() <= most ? list : List.copyOf(list.subList(0, most));
    }

    public boolean clean() {
        return unmatchedSourceCount + unmatchedLocalCount + mismatchedCount + quarantinedCount == 0
                && quantityDelta.signum() == 0
                && premiumDeltaUsd.signum() == 0;
    }
}

package io.voldesk.tradesync.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** The highest (updated_at, trade_id) of a scope that is stored. */
public record Watermark(Instant updatedAt, String tradeId) implements Comparable<Watermark> {
    /** Clocks differ; what lies further ahead than this is from the future. */
    static final Duration SKEW = Duration.ofMinutes(5);

    /**
     * How far a row of an answer may raise the mark.
     *
     * @param asOf the moment the answer speaks for; null where it says none
     */
    static Instant ceiling(Instant asOf, Instant now) {
        return (asOf == null || asOf.isAfter(now) ? now : asOf).plus(SKEW);
    }

    @Override
    public int compareTo(Watermark other) {
        return Comparator.comparing(Watermark::updatedAt)
                .thenComparing(Watermark::tradeId)
                .compare(this, other);
    }
}

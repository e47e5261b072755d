package io.voldesk.tradesync.sync;

import java.time.Instant;
import java.util.Comparator;

/** The highest (updated_at, trade_id) of a scope that is stored. */
public record Watermark(Instant updatedAt, String tradeId) implements Comparable<Watermark> {
    @Override
    public int compareTo(Watermark other) {
        return Comparator.comparing(Watermark::updatedAt)
                .thenComparing(Watermark::tradeId)
                .compare(this, other);
    }
}

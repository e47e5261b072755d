package io.voldesk.snapshot.capture;

import java.time.Instant;
import java.util.List;

/**
 * One row read from a vendor answer.
 *
 * @param key what may appear once per source timestamp
 * @param values in the order of the table's columns
 * @param suspicious the reason the row is kept out of calculations; null for a good row
 */
public record SnapshotRow(Instant sourceTimestamp, String key, List<Object> values, String suspicious, long rawId) {
    public static SnapshotRow read(Instant sourceTimestamp, String key, long rawId, Object... values) {
        return new SnapshotRow(sourceTimestamp, key, java.util.Arrays.asList(values), null, rawId);
    }

    public SnapshotRow suspected(String reason) {
        return suspicious == null ? new SnapshotRow(sourceTimestamp, key, values, reason, rawId) : this;
    }
}

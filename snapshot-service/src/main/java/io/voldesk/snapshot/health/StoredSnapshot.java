package io.voldesk.snapshot.health;

import io.voldesk.kit.db.Rows;
import io.voldesk.snapshot.capture.SnapshotChecks;
import io.voldesk.snapshot.capture.SnapshotSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/** What stands for a type, currency and date. */
record StoredSnapshot(
        String type,
        String currency,
        LocalDate date,
        int records,
        int suspicious,
        String warnings,
        Instant from,
        Instant to,
        int timestamps,
        Instant createdAt) {
    static StoredSnapshot read(ResultSet row) throws SQLException {
        return new StoredSnapshot(
                row.getString("snapshot_type"),
                row.getString("currency"),
                row.getObject("snapshot_date", LocalDate.class),
                row.getInt("record_count"),
                row.getInt("suspicious_count"),
                row.getString("warnings"),
                Rows.instant(row.getTimestamp("source_from")),
                Rows.instant(row.getTimestamp("source_to")),
                row.getInt("source_timestamps"),
                Rows.instant(row.getTimestamp("created_at")));
    }

    boolean good() {
        return suspicious == 0 && !SnapshotChecks.doubtful(warnings);
    }

    /** Whether the day was over when it was captured. */
    boolean whole() {
        return !createdAt.isBefore(SnapshotSource.startOf(date.plusDays(1)));
    }

    String status() {
        return !whole() ? "partial" : good() ? "ok" : "suspicious";
    }

    String reason() {
        if (!whole()) {
            return "captured_before_the_day_was_over";
        }
        return good() ? null : suspicious > 0 ? suspicious + "_suspicious_rows" : warnings;
    }
}

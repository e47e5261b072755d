package io.voldesk.snapshot.capture;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the capture of one type, currency and date went.
 *
 * @param runId null where nothing was run
 * @param status {@code ok}, {@code suspicious} (stored, with rows or warnings to look at), {@code no_payload} (the vendor has
 *     nothing; what stood before stands), {@code unavailable} (a missed day that cannot be had any more) or {@code failed}
 * @param rejected vendor rows that could not be kept at all, by {@code rejectedReasons}; {@code rejectedRows} are the first hundred
 *     of them with their places
 * @param reason null for a stored snapshot
 */
public record CaptureResult(
        Long runId,
        SnapshotType type,
        String currency,
        LocalDate targetDate,
        String status,
        int records,
        int suspicious,
        int rejected,
        Map<String, Integer> rejectedReasons,
        List<ReadRows.Rejected> rejectedRows,
        List<String> warnings,
        @Nullable Instant sourceFrom,
        @Nullable Instant sourceTo,
        @Nullable String reason) {

    private static final int MOST_PLACES = 100;

    static CaptureResult nothing(
            Long runId, SnapshotType type, String currency, LocalDate date, String status, String reason) {
        return new CaptureResult(
                runId, type, currency, date, status, 0, 0, 0, Map.of(), List.of(), List.of(), null, null, reason);
    }

    CaptureResult rejecting(ReadRows read) {
        return new CaptureResult(
                runId,
                type,
                currency,
                targetDate,
                status,
                records,
                suspicious,
                read.rejected().size(),
                read.byReason(),
                read.rejected().stream().limit(MOST_PLACES).toList(),
                warnings,
                sourceFrom,
                sourceTo,
                reason);
    }

    public boolean stored() {
        return status.equals("ok") || status.equals("suspicious");
    }

    /** Whether asking again may help: the vendor had nothing, or failed. */
    public boolean owed() {
        return status.equals("no_payload") || status.equals("failed");
    }
}

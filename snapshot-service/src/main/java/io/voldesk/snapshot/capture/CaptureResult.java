package io.voldesk.snapshot.capture;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * How the capture of one type, currency and date went.
 *
 * @param status {@code ok}, {@code suspicious} (stored, with rows or warnings to look at), {@code no_payload} (the vendor has
 *     nothing; what stood before stands) or {@code failed}
 * @param reason null for a stored snapshot
 */
public record CaptureResult(
        long runId,
        SnapshotType type,
        String currency,
        LocalDate targetDate,
        String status,
        int records,
        int suspicious,
        List<String> warnings,
        Instant sourceFrom,
        Instant sourceTo,
        String reason) {

    static CaptureResult nothing(
            long runId, SnapshotType type, String currency, LocalDate date, String status, String reason) {
        return new CaptureResult(runId, type, currency, date, status, 0, 0, List.of(), null, null, reason);
    }

    public boolean stored() {
        return status.equals("ok") || status.equals("suspicious");
    }
}

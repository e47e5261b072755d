package io.voldesk.alert.dispatch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param status {@code ok, failed} or {@code unknown}
 * @param dryRunId of a dry run its own id, which a dispatch may name; of a dispatch the one it was bound to, null without
 * @param dispatchId the line of the ledger; null where nothing was sent
 * @param error Slack's own words; null where it took the message
 * @param message exactly what was or would be sent; null where nothing is left to send
 */
public record DispatchAnswer(
        String status,
        boolean dryRun,
        Long dryRunId,
        Long dispatchId,
        @Nullable String error,
        List<Result> results,
        @JsonRawValue @Nullable String message) {

    /** @param status {@code delivered, would_send, duplicate, silenced, failed} or {@code unknown} */
    public record Result(
            long signalId,
            String fingerprint,
            String status,
            @Nullable String reason) {}
}

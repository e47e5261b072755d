package io.voldesk.alert.dispatch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the delivery ledger.
 *
 * @param dryRunId the dry run it was bound to; null where it named none
 * @param message exactly what was sent, as JSON
 * @param status {@code sending, delivered, failed} or {@code unknown}
 * @param error Slack's own words; null where it took the message
 * @param finishedAt null while it is being sent
 */
@RegisterForReflection // made from its row by its constructor
public record Dispatch(
        long id,
        String requestedBy,
        @Nullable String note,
        Long dryRunId,
        @JsonRawValue @Nullable String message,
        String status,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt) {}

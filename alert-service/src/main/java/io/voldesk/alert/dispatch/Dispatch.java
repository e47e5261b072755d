package io.voldesk.alert.dispatch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

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
        String note,
        Long dryRunId,
        @JsonRawValue String message,
        String status,
        String error,
        Instant createdAt,
        Instant finishedAt) {}

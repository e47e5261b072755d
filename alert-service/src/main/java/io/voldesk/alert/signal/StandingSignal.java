package io.voldesk.alert.signal;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * A signal as it stands.
 *
 * @param inputs JSON of its readings with their quality and times
 * @param clearedAt null while it stands
 */
public record StandingSignal(
        long id,
        String kind,
        String currency,
        String severity,
        String text,
        @JsonRawValue String inputs,
        String fingerprint,
        Instant raisedAt,
        Instant lastSeenAt,
        Instant clearedAt) {}

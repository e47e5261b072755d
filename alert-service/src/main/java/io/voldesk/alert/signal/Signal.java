package io.voldesk.alert.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.alert.rule.Kind;
import io.voldesk.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signal: firing, or resolved.
 *
 * @param currency null where it is of the desk's own workings
 * @param inputs JSON of its readings with their quality and times
 * @param resolvedAt null while it fires
 */
@RegisterForReflection // made from its row by its constructor
public record Signal(
        long id,
        Kind kind,
        @Nullable String currency,
        Severity severity,
        String text,
        @JsonRawValue String inputs,
        String fingerprint,
        Instant firedAt,
        Instant lastSeenAt,
        @Nullable Instant resolvedAt) {
    @JsonProperty("state")
    public String state() {
        return resolvedAt == null ? "firing" : "resolved";
    }
}

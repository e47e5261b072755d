package io.voldesk.alert.silence;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.alert.rule.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a kind of signal from being dispatched until it ends.
 *
 * @param currency null where it covers every currency, and the desk's own
 * @param until when it ends, or ended; {@code liftedAt} and {@code liftedBy} say that it was lifted before that
 */
@RegisterForReflection // made from its row by its constructor
public record Silence(
        long id,
        Kind kind,
        @Nullable String currency,
        String author,
        String reason,
        Instant createdAt,
        Instant until,
        @Nullable Instant liftedAt,
        @Nullable String liftedBy) {
    public boolean covers(Kind signalKind, String signalCurrency) {
        return kind == signalKind && (currency == null || currency.equals(signalCurrency));
    }

    /** Who lifted it is kept, so that the list says how a silence ended. */
    @JsonProperty("lifted")
    public boolean lifted() {
        return liftedAt != null;
    }
}

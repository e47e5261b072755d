package io.voldesk.alert.dispatch;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.alert.signal.Signal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run showed.
 *
 * @param dispatchId the dispatch it has led to; null before one
 */
record DryRun(long id, @Nullable String note, Instant createdAt, Long dispatchId, List<Shown> signals) {
    /** A signal as it was shown. */
    @RegisterForReflection // made from its row by its constructor, and bound by its components
    public record Shown(long signalId, String fingerprint, String severity, String text) {
        static Shown of(Signal signal) {
            return new Shown(
                    signal.id(), signal.fingerprint(), signal.severity().code(), signal.text());
        }
    }
}

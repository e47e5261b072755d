package io.voldesk.kit.job;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of long work as its caller sees it.
 *
 * @param status {@code queued, running, done, failed, cancelled}
 * @param step what it is at; null before it starts
 * @param done of that step, in its own unit
 * @param total null where it is not known
 * @param attempts how often it was started: more than once after a restart of its service
 * @param waitsFor why it was put back into the queue and is tried again later; null otherwise
 * @param result what the synchronous call would have answered; null until it is done
 * @param problem what the synchronous call would have answered as problem+json; null unless it failed
 */
public record Job(
        String id,
        String kind,
        String requestedBy,
        @JsonRawValue String request,
        String status,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int attempts,
        @Nullable String waitsFor,
        @Nullable String step,
        Long done,
        Long total,
        boolean cancelRequested,
        @JsonRawValue String result,
        @JsonRawValue String problem) {

    public boolean ended() {
        return !status.equals("queued") && !status.equals("running");
    }
}

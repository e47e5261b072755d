package io.voldesk.alert.signal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.AdminOnly;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The signals that stand, and their refresh. */
@Path("/api/alerts")
@RunOnVirtualThread
public class SignalResource {
    private final SignalStore store;
    private final SignalEvaluation evaluation;
    private final Clock clock;

    public SignalResource(SignalStore store, SignalEvaluation evaluation, Clock clock) {
        this.store = store;
        this.evaluation = evaluation;
        this.clock = clock;
    }

    public record Signals(List<StandingSignal> items, List<StandingSignal> recentlyCleared) {}

    public record Refreshed(Instant refreshedAt, List<StandingSignal> items) {}

    /** Takes no fields. */
    public record RefreshRequest() {}

    @GET
    @Path("/signals")
    public Signals signals() {
        return new Signals(store.standing(), store.recentlyCleared(20));
    }

    @POST
    @Path("/refresh")
    @AdminOnly
    public Refreshed refresh(RefreshRequest ignored) {
        List<StandingSignal> standing = evaluation.refresh();
        return new Refreshed(clock.instant(), standing);
    }
}

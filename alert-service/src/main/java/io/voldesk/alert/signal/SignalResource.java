package io.voldesk.alert.signal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.AdminOnly;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The signals that fire, and their refresh. */
@Path("/api/alerts")
@RunOnVirtualThread
public class SignalResource {
    private static final int RECENT = 20;

    private final SignalStore store;
    private final Evaluation evaluation;
    private final Clock clock;

    public SignalResource(SignalStore store, Evaluation evaluation, Clock clock) {
        this.store = store;
        this.evaluation = evaluation;
        this.clock = clock;
    }

    /** @param items that fire, the most severe first */
    public record Signals(List<Signal> items, List<Signal> recentlyResolved) {}

    public record Refreshed(Instant refreshedAt, List<Signal> items) {}

    /** Takes no fields. */
    public record RefreshRequest() {}

    @GET
    @Path("/signals")
    public Signals signals() {
        return new Signals(store.firing(), store.recentlyResolved(RECENT));
    }

    @POST
    @Path("/refresh")
    @AdminOnly
    public Refreshed refresh(RefreshRequest ignored) {
        List<Signal> firing = evaluation.refresh();
        return new Refreshed(clock.instant(), firing);
    }
}

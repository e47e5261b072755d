package io.voldesk.alert.silence;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.alert.RequestText;
import io.voldesk.alert.input.Peers;
import io.voldesk.alert.rule.AlertSettings;
import io.voldesk.alert.rule.Kind;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The silences: listed, made for a bounded time, lifted before it. */
@Path("/api/alerts/silences")
@RunOnVirtualThread
public class SilenceResource {
    private static final int LONGEST_REASON = 500;

    private final SilenceStore store;
    private final AlertSettings settings;
    private final Clock clock;
    private final Actor actor;

    public SilenceResource(SilenceStore store, AlertSettings settings, Clock clock, Actor actor) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.actor = actor;
    }

    /** @param currency null for every one */
    public record Request(String kind, String currency, String until, String reason) {}

    /** Those in force; with {@code state=over} those that ended or were lifted, the latest first. */
    @GET
    public Listing<Silence> silences(
            @QueryParam("state") String state, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Params.integer("limit", limit, 50, 1, 500);
        long before = Params.sequence("cursor", cursor, Long.MAX_VALUE);
        if (Params.oneOf("state", state, "active", Set.of("active", "over")).equals("active")) {
            return new Listing<>(store.active(clock.instant()), null);
        }
        List<Silence> items = store.over(clock.instant(), before, most);
        return new Listing<>(
                items,
                items.size() < most ? null : String.valueOf(items.getLast().id()));
    }

    @POST
    @AdminOnly
    public Silence silence(Request sent) {
        Request request = sent == null ? new Request(null, null, null, null) : sent;
        Kind kind = Kind.of(Params.oneOf("kind", request.kind(), null, Kind.codes()));
        if (request.currency() != null) {
            Params.oneOf("currency", request.currency(), null, new LinkedHashSet<>(Peers.CURRENCIES));
        }
        String reason = RequestText.required("reason", request.reason(), LONGEST_REASON);
        Instant now = clock.instant();
        return store.add(kind, request.currency(), actor.name(), reason, now, until(request.until(), now));
    }

    private Instant until(String sent, Instant now) {
        Instant until = Params.instant("until", sent);
        if (until == null || !until.isAfter(now)) {
            throw Problem.badField("until", "must be an instant ahead");
        }
        if (until.isAfter(now.plus(settings.longestSilence()))) {
            throw Problem.badField(
                    "until", "must be at most " + settings.longestSilence().toDays() + " days ahead");
        }
        return until;
    }

    /** @throws Problem 404 where none of that id is in force */
    @DELETE
    @Path("/{id}")
    @AdminOnly
    public Silence lift(@PathParam("id") String id) {
        return store.lift(Params.sequence("id", id, 0), actor.name(), clock.instant())
                .orElseThrow(() -> Problem.notFound("no silence " + id + " is in force"));
    }
}

package io.voldesk.alert.silence;

import com.fasterxml.jackson.annotation.JsonValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.alert.rule.AlertSettings;
import io.voldesk.alert.rule.Kind;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.Currency;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

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
    public record Request(
            @NotNull Kind kind,
            String currency,
            @NotNull Instant until,
            @NotBlank @Size(max = LONGEST_REASON) String reason) {}

    /** Which silences are listed. */
    public enum State {
        ACTIVE,
        OVER;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Those in force; with {@code state=over} those that ended or were lifted, the latest first. */
    @GET
    public Listing<Silence> silences(
            @QueryParam("state") @DefaultValue("active") State state,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("cursor") @Min(0) Long cursor) {
        if (state == State.ACTIVE) {
            return new Listing<>(store.active(clock.instant()), null);
        }
        List<Silence> items = store.over(clock.instant(), Listing.before(cursor), limit);
        return new Listing<>(
                items,
                items.size() < limit ? null : String.valueOf(items.getLast().id()));
    }

    @POST
    @AdminOnly
    public Silence silence(@NotNull @Valid Request request) {
        if (request.currency() != null && !Currency.CODES.contains(request.currency())) {
            throw Problem.badField("currency", "must be one of " + String.join(", ", Currency.CODES));
        }
        Instant now = clock.instant();
        return store.add(
                request.kind(), request.currency(), actor.name(), request.reason(), now, until(request.until(), now));
    }

    private Instant until(Instant until, Instant now) {
        if (!until.isAfter(now)) {
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
    public Silence lift(@PathParam("id") @Min(0) long id) {
        return store.lift(id, actor.name(), clock.instant())
                .orElseThrow(() -> Problem.notFound("no silence " + id + " is in force"));
    }
}

package io.voldesk.alert.dispatch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.alert.signal.SignalStore;
import io.voldesk.alert.signal.StandingSignal;
import io.voldesk.alert.slack.SlackChannel;
import io.voldesk.alert.slack.SlackMessage;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Dispatch of standing signals to Slack, the delivery ledger and the silences. */
@Path("/api/alerts")
@RunOnVirtualThread
public class DispatchResource {
    private final SignalStore signals;
    private final Outbox outbox;
    private final SlackChannel slack;
    private final RunLock locks;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration cooldown;
    private final Actor actor;

    public DispatchResource(
            SignalStore signals,
            Outbox outbox,
            SlackChannel slack,
            RunLock locks,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "voldesk.alert.cooldown") Duration cooldown,
            Actor actor) {
        this.signals = signals;
        this.outbox = outbox;
        this.slack = slack;
        this.locks = locks;
        this.json = json;
        this.clock = clock;
        this.cooldown = cooldown;
        this.actor = actor;
    }

    /** Without {@code signal_ids}: all that stand. Named ids are sent even within their cooldown. */
    public record Request(Boolean dryRun, List<Long> signalIds, String note) {}

    /** @param status {@code delivered, would_send, duplicate, silenced, failed} or {@code unknown} */
    public record Result(long signalId, String fingerprint, String status, String reason) {}

    /** @param message exactly what was or would be sent; null where nothing is left to send */
    public record Answer(
            String status,
            boolean dryRun,
            Long dispatchId,
            String error,
            List<Result> results,
            @JsonRawValue String message) {}

    public record SilenceRequest(String kind, String currency, String until, String reason) {}

    @POST
    @Path("/dispatch")
    @AdminOnly
    public Answer dispatch(Request sent) {
        Request request = sent == null ? new Request(null, null, null) : sent;
        if (request.note() != null && request.note().length() > 1_000) {
            throw Problem.badField("note", "must be at most 1000 characters");
        }
        if (!Boolean.FALSE.equals(request.dryRun())) {
            return plan(request).answer();
        }
        try (var held = locks.take("alert:dispatch", actor.name())) {
            return send(held, plan(request), request.note());
        }
    }

    private record Plan(List<StandingSignal> sendable, List<Result> others, String message) {
        Answer answer() {
            List<Result> results = new ArrayList<>(others);
            sendable.forEach(s -> results.add(new Result(s.id(), s.fingerprint(), "would_send", null)));
            return new Answer("ok", true, null, null, results, message);
        }
    }

    private Plan plan(Request request) {
        List<StandingSignal> chosen = chosen(request.signalIds());
        Instant now = clock.instant();
        List<Silence> silences = Silence.active(now);
        List<StandingSignal> sendable = new ArrayList<>();
        List<Result> others = new ArrayList<>();
        for (StandingSignal signal : chosen) {
            Optional<Silence> silence = silences.stream()
                    .filter(s -> s.covers(signal.kind(), signal.currency()))
                    .findFirst();
            Optional<String> before = request.signalIds() != null
                    ? Optional.empty()
                    : outbox.sentSince(signal.fingerprint(), now.minus(cooldown));
            if (silence.isPresent()) {
                others.add(new Result(
                        signal.id(),
                        signal.fingerprint(),
                        "silenced",
                        "until " + silence.get().until + " by " + silence.get().author));
            } else if (before.isPresent()) {
                others.add(new Result(
                        signal.id(),
                        signal.fingerprint(),
                        "duplicate",
                        before.get().equals("delivered")
                                ? "delivered within the last " + cooldown.toHours() + " h"
                                : "an earlier message may have arrived: name its id to send it again"));
            } else {
                sendable.add(signal);
            }
        }
        String message = sendable.isEmpty() ? null : SlackMessage.of(sendable, request.note(), json);
        return new Plan(sendable, others, message);
    }

    private List<StandingSignal> chosen(List<Long> ids) {
        List<StandingSignal> standing = signals.standing();
        if (ids == null) {
            return standing;
        }
        List<StandingSignal> chosen = new ArrayList<>();
        for (Long id : Set.copyOf(ids)) {
            chosen.add(standing.stream()
                    .filter(s -> id.equals(s.id()))
                    .findFirst()
                    .orElseThrow(() -> Problem.badField("signal_ids", id + " is no standing signal")));
        }
        return chosen;
    }

    private Answer send(RunLock.Held held, Plan plan, String note) {
        if (plan.sendable().isEmpty()) {
            return new Answer("ok", false, null, null, plan.others(), null);
        }
        long id = outbox.begin(held, plan.sendable(), plan.message(), note, actor.name());
        SlackChannel.Fate fate = slack.deliver(plan.message());
        String status = switch (fate) {
            case SlackChannel.Fate.Delivered _ -> "delivered";
            case SlackChannel.Fate.Failed _ -> "failed";
            case SlackChannel.Fate.Unknown _ -> "unknown";
        };
        String error = switch (fate) {
            case SlackChannel.Fate.Delivered _ -> null;
            case SlackChannel.Fate.Failed failed -> failed.error();
            case SlackChannel.Fate.Unknown unknown -> unknown.error();
        };
        outbox.finish(id, status, error);
        List<Result> results = new ArrayList<>(plan.others());
        plan.sendable().forEach(s -> results.add(new Result(s.id(), s.fingerprint(), status, error)));
        return new Answer(status.equals("delivered") ? "ok" : status, false, id, error, results, plan.message());
    }

    @GET
    @Path("/dispatches")
    public Listing<Dispatch> dispatches(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Params.integer("limit", limit, 50, 1, 500);
        outbox.settle();
        List<Dispatch> items = Dispatch.before(Params.sequence("cursor", cursor, Long.MAX_VALUE), most);
        return new Listing<>(items, items.size() < most ? null : String.valueOf(items.getLast().id));
    }

    @GET
    @Path("/silences")
    public Listing<Silence> silences() {
        return new Listing<>(Silence.active(clock.instant()), null);
    }

    @POST
    @Path("/silences")
    @AdminOnly
    @Transactional
    public Silence silence(SilenceRequest request) {
        if (request == null || request.kind() == null || request.kind().isBlank()) {
            throw Problem.badField("kind", "is required");
        }
        if (request.reason() == null || request.reason().isBlank()) {
            throw Problem.badField("reason", "is required");
        }
        Instant until = Params.instant("until", request.until());
        if (until == null || !until.isAfter(clock.instant())) {
            throw Problem.badField("until", "must be an instant ahead");
        }
        Silence silence = new Silence();
        silence.kind = request.kind();
        silence.currency = request.currency();
        silence.author = actor.name();
        silence.reason = request.reason();
        silence.createdAt = clock.instant();
        silence.until = until;
        silence.persist();
        return silence;
    }
}

package io.voldesk.alert.dispatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.alert.dispatch.DispatchAnswer.Result;
import io.voldesk.alert.rule.AlertSettings;
import io.voldesk.alert.signal.Signal;
import io.voldesk.alert.signal.SignalStore;
import io.voldesk.alert.silence.Silence;
import io.voldesk.alert.silence.SilenceStore;
import io.voldesk.alert.slack.SlackChannel;
import io.voldesk.alert.slack.SlackMessage;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Plans what is sent, and sends it: one message at a time in all instances, written down before it leaves. */
@ApplicationScoped
public class Dispatcher {
    private static final String LOCK = "alert:dispatch";

    private final SignalStore signals;
    private final SilenceStore silences;
    private final DispatchStore dispatches;
    private final DryRunStore dryRuns;
    private final DryRunGate gate;
    private final SlackChannel slack;
    private final RunLock locks;
    private final ObjectMapper json;
    private final AlertSettings settings;
    private final Clock clock;

    public Dispatcher(
            SignalStore signals,
            SilenceStore silences,
            DispatchStore dispatches,
            DryRunStore dryRuns,
            DryRunGate gate,
            SlackChannel slack,
            RunLock locks,
            ObjectMapper json,
            AlertSettings settings,
            Clock clock) {
        this.signals = signals;
        this.silences = silences;
        this.dispatches = dispatches;
        this.dryRuns = dryRuns;
        this.gate = gate;
        this.slack = slack;
        this.locks = locks;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    private record Plan(List<Signal> sendable, List<Result> others) {}

    DispatchAnswer dryRun(DispatchRequest request, String requestedBy) {
        Instant now = clock.instant();
        Plan plan = plan(request, now);
        long id = dryRuns.add(plan.sendable(), request.note(), requestedBy, now);
        return new DispatchAnswer(
                "ok",
                true,
                id,
                null,
                null,
                results(plan, "would_send", null),
                message(plan.sendable(), request.note()));
    }

    /** @throws Problem 409 while another dispatch is at it, and where a named dry run is not what would be sent */
    DispatchAnswer send(DispatchRequest request, String requestedBy) {
        try (var held = locks.take(LOCK, requestedBy)) {
            Instant now = clock.instant();
            if (request.dryRunId() == null) {
                return send(held, plan(request, now), request.note(), null, requestedBy);
            }
            var approved = gate.approved(request, new DryRunGate.Present(signals.firing(), silences.active(now), now));
            return send(
                    held, new Plan(approved.signals(), List.of()), approved.note(), request.dryRunId(), requestedBy);
        }
    }

    private DispatchAnswer send(RunLock.Held held, Plan plan, String note, Long dryRunId, String requestedBy) {
        if (plan.sendable().isEmpty()) {
            return new DispatchAnswer("ok", false, dryRunId, null, null, plan.others(), null);
        }
        String message = message(plan.sendable(), note);
        long id = dispatches.begin(held, plan.sendable(), message, note, requestedBy, dryRunId, clock.instant());
        SlackChannel.Fate fate = slack.deliver(message);
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
        dispatches.finish(id, status, error, clock.instant());
        return new DispatchAnswer(
                status.equals("delivered") ? "ok" : status,
                false,
                dryRunId,
                id,
                error,
                results(plan, status, error),
                message);
    }

    private static List<Result> results(Plan plan, String status, String reason) {
        List<Result> results = new ArrayList<>(plan.others());
        plan.sendable().forEach(s -> results.add(new Result(s.id(), s.fingerprint(), status, reason)));
        return results;
    }

    private String message(List<Signal> sendable, String note) {
        return sendable.isEmpty() ? null : SlackMessage.of(sendable, note, json);
    }

    private Plan plan(DispatchRequest request, Instant now) {
        List<Silence> active = silences.active(now);
        List<Signal> sendable = new ArrayList<>();
        List<Result> others = new ArrayList<>();
        for (Signal signal : chosen(request.signalIds())) {
            Optional<Silence> silence = active.stream()
                    .filter(s -> s.covers(signal.kind(), signal.currency()))
                    .findFirst();
            Optional<String> before = request.signalIds() != null
                    ? Optional.empty()
                    : dispatches.sentSince(signal.fingerprint(), now.minus(settings.repeatInterval()));
            if (silence.isPresent()) {
                others.add(new Result(
                        signal.id(),
                        signal.fingerprint(),
                        "silenced",
                        "until " + silence.get().until() + " by "
                                + silence.get().author()));
            } else if (before.isPresent()) {
                others.add(new Result(signal.id(), signal.fingerprint(), "duplicate", duplicate(before.get())));
            } else {
                sendable.add(signal);
            }
        }
        return new Plan(sendable, others);
    }

    private String duplicate(String status) {
        return status.equals("delivered")
                ? "delivered within the last " + settings.repeatInterval().toHours() + " h"
                : "an earlier message may have arrived: name its id to send it again";
    }

    private List<Signal> chosen(List<Long> ids) {
        List<Signal> firing = signals.firing();
        if (ids == null) {
            return firing;
        }
        List<Signal> chosen = new ArrayList<>();
        for (Long id : new LinkedHashSet<>(ids)) {
            chosen.add(firing.stream()
                    .filter(signal -> signal.id() == id)
                    .findFirst()
                    .orElseThrow(() -> Problem.badField("signal_ids", id + " is no firing signal")));
        }
        return chosen;
    }
}

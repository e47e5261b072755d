package io.voldesk.alert.dispatch;

import io.voldesk.alert.rule.AlertSettings;
import io.voldesk.alert.signal.Signal;
import io.voldesk.alert.silence.Silence;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A dispatch that names its dry run sends exactly the signals and the words that were shown, or is turned away with what differs. */
@ApplicationScoped
class DryRunGate {
    private final DryRunStore dryRuns;
    private final DispatchStore dispatches;
    private final AlertSettings settings;

    DryRunGate(DryRunStore dryRuns, DispatchStore dispatches, AlertSettings settings) {
        this.dryRuns = dryRuns;
        this.dispatches = dispatches;
        this.settings = settings;
    }

    /**
     * @param difference {@code not_in_dry_run, left_out, resolved, changed, silenced} or {@code delivered}
     * @param detail what it says now, or who silenced it
     */
    record Difference(long signalId, String fingerprint, String difference, String detail) {}

    /** What stands against the dry run now. */
    record Present(List<Signal> firing, List<Silence> silences, Instant now) {}

    /**
     * The signals of the dry run, each as it was shown.
     *
     * @throws Problem 400 where there is no such dry run; 409 where it is too old, was dispatched already, or anything differs
     */
    Approved approved(DispatchRequest request, Present present) {
        DryRun dryRun = dryRuns.find(request.dryRunId())
                .orElseThrow(() -> Problem.badField("dry_run_id", request.dryRunId() + " is no dry run"));
        if (dryRun.dispatchId() != null) {
            throw closed("dry run " + dryRun.id() + " was dispatched already, as " + dryRun.dispatchId(), List.of());
        }
        if (dryRun.createdAt().plus(settings.dryRunValid()).isBefore(present.now())) {
            throw closed(
                    "dry run " + dryRun.id() + " is older than "
                            + settings.dryRunValid().toMinutes() + " minutes",
                    List.of());
        }
        if (request.note() != null && !Objects.equals(request.note(), dryRun.note())) {
            throw closed("the note is not the one of dry run " + dryRun.id(), List.of());
        }
        List<Signal> signals = new ArrayList<>();
        List<Difference> differences = new ArrayList<>(named(request, dryRun));
        for (DryRun.Shown shown : dryRun.signals()) {
            Optional<Signal> signal = present.firing().stream()
                    .filter(s -> s.id() == shown.signalId())
                    .findFirst();
            signal.ifPresent(signals::add);
            difference(shown, signal, dryRun, present).ifPresent(differences::add);
        }
        if (!differences.isEmpty()) {
            throw closed(differences.size() + " signals differ from dry run " + dryRun.id(), differences);
        }
        return new Approved(signals, dryRun.note());
    }

    record Approved(List<Signal> signals, String note) {}

    /** Ids that a dispatch names beside its dry run are those of the dry run, all of them. */
    private static List<Difference> named(DispatchRequest request, DryRun dryRun) {
        if (request.signalIds() == null) {
            return List.of();
        }
        Set<Long> named = Set.copyOf(request.signalIds());
        List<Difference> differences = new ArrayList<>();
        for (DryRun.Shown shown : dryRun.signals()) {
            if (!named.contains(shown.signalId())) {
                differences.add(new Difference(shown.signalId(), shown.fingerprint(), "left_out", shown.text()));
            }
        }
        named.stream()
                .filter(id -> dryRun.signals().stream().noneMatch(shown -> shown.signalId() == id))
                .sorted()
                .forEach(id -> differences.add(new Difference(id, "", "not_in_dry_run", "it was not shown")));
        return differences;
    }

    private Optional<Difference> difference(
            DryRun.Shown shown, Optional<Signal> signal, DryRun dryRun, Present present) {
        if (signal.isEmpty()) {
            return Optional.of(new Difference(shown.signalId(), shown.fingerprint(), "resolved", "it fires no more"));
        }
        if (!DryRun.Shown.of(signal.get()).equals(shown)) {
            return Optional.of(new Difference(
                    shown.signalId(),
                    shown.fingerprint(),
                    "changed",
                    signal.get().severity().code() + ": " + signal.get().text()));
        }
        Optional<Silence> silence = present.silences().stream()
                .filter(s -> s.covers(signal.get().kind(), signal.get().currency()))
                .findFirst();
        if (silence.isPresent()) {
            return Optional.of(new Difference(
                    shown.signalId(),
                    shown.fingerprint(),
                    "silenced",
                    "until " + silence.get().until() + " by " + silence.get().author()));
        }
        return dispatches
                .sentSince(shown.fingerprint(), dryRun.createdAt())
                .map(status -> new Difference(
                        shown.signalId(), shown.fingerprint(), "delivered", "sent since the dry run: " + status));
    }

    private static Problem closed(String why, List<Difference> differences) {
        return Problem.conflict(why, Map.of("differences", differences));
    }
}

package io.voldesk.alert.rule;

import io.voldesk.alert.input.Reading;
import io.voldesk.alert.rule.Observation.Measured;
import io.voldesk.alert.rule.Observation.NoData;
import io.voldesk.model.QualityState;
import io.voldesk.model.ServiceStatus;
import io.voldesk.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the rules on the desk's own data measure: snapshots, densities, sync and enrichment. */
final class OperationsRules {
    private static final Set<String> WITHOUT_SOURCE = Set.of("missing", "stale", "partial", "failed");
    /** What is pending is not due yet and alarms nobody. */
    private static final Set<String> WELL = Set.of("ok", "pending");

    private static final List<Integer> MATURITIES = List.of(7, 30);
    private static final Set<String> NOT_WHOLE = Set.of("partial_error", "failed");

    private OperationsRules() {}

    /**
     * Of one currency: how many snapshots are not well. What is missing, stale or partial leaves figures without their source, and so
     * do the days that a backfill gave up on.
     */
    static List<Observation> snapshotHealth(String currency, ServiceStatus.Snapshots status, Instant now) {
        List<ServiceStatus.Snapshot> ofCurrency = status.items().stream()
                .filter(item -> item.currency().equals(currency))
                .toList();
        if (ofCurrency.isEmpty()) {
            return List.of(new NoData(
                    Kind.SNAPSHOT_HEALTH, currency, Reading.unknown("snapshots", "snapshots", "not_served")));
        }
        List<ServiceStatus.Snapshot> wrong = ofCurrency.stream()
                .filter(item -> !WELL.contains(item.status()))
                .toList();
        List<String> named = new ArrayList<>(
                wrong.stream().map(s -> s.type() + " " + s.status()).toList());
        boolean grave = wrong.stream().anyMatch(item -> WITHOUT_SOURCE.contains(item.status()));
        for (ServiceStatus.FailedBackfill failed : status.failedBackfills()) {
            if (failed.currency().equals(currency)) {
                named.add(failed.tasks() + " days of a backfill failed, the first " + failed.first());
                grave = true;
            }
        }
        return List.of(new Measured(
                Kind.SNAPSHOT_HEALTH,
                currency,
                "not_ok",
                named.size(),
                grave ? Severity.WARNING : Severity.INFO,
                Map.of("date", status.latestCompleteDate().toString(), "snapshots", String.join(", ", named)),
                List.of(Reading.known("snapshots_not_ok", named.size(), "snapshots", now, now))));
    }

    /** Of one currency: each maturity whose density is not ok. */
    static List<Observation> densityDegraded(String currency, ServiceStatus.Densities readiness, Instant now) {
        List<Observation> observations = new ArrayList<>();
        for (int dte : MATURITIES) {
            Optional<ServiceStatus.Density> found = readiness.items().stream()
                    .filter(item -> item.currency().equals(currency) && item.dte() == dte)
                    .findFirst();
            observations.add(
                    found.isPresent()
                            ? density(found.get(), now)
                            : new NoData(
                                    Kind.DENSITY_DEGRADED,
                                    currency,
                                    Reading.unknown("density_" + dte + "d", "state", "not_served")));
        }
        return observations;
    }

    private static Observation density(ServiceStatus.Density density, Instant now) {
        String maturity = density.dte() + "d";
        Set<String> reasons = new LinkedHashSet<>();
        if (density.reason() != null) {
            reasons.add(density.reason());
        }
        reasons.addAll(density.densityQuality().reasons());
        String why = reasons.isEmpty() ? "no_reason_given" : String.join("; ", reasons);
        Instant surface = density.densityQuality().surfaceTimestamp();
        return new Measured(
                Kind.DENSITY_DEGRADED,
                density.currency(),
                maturity,
                density.state() == QualityState.OK ? 0 : 1,
                null,
                Map.of(
                        "dte",
                        String.valueOf(density.dte()),
                        "state",
                        density.state().code(),
                        "reasons",
                        why),
                List.of(new Reading(
                        "density_" + maturity,
                        null,
                        "state",
                        density.state(),
                        why,
                        surface,
                        Reading.age(surface, now))));
    }

    /** Hours since the last successful sync; without any it has been overdue since ever. */
    static List<Observation> syncOverdue(ServiceStatus.Sync card, Duration overdueAfter, Instant now) {
        Instant last = card.lastSuccessfulSyncAt();
        return List.of(new Measured(
                Kind.SYNC_OVERDUE,
                null,
                "overdue",
                last == null
                        ? Double.POSITIVE_INFINITY
                        : Duration.between(last, now).toSeconds() / 3600.0,
                null,
                Map.of(
                        "last_success",
                        last == null
                                ? "no Alpha sync has succeeded yet"
                                : "the last successful one was at " + last + ", over " + overdueAfter.toHours()
                                        + " h ago",
                        "last_error",
                        card.lastError() == null ? "" : "; the last error: " + card.lastError()),
                List.of(since("sync", last, now))));
    }

    /**
     * What the card says no sync can mend: each alarm, as it stands there. One that fires and is not on the card any more counts none.
     *
     * @param firing fingerprints of the signals that fire already
     */
    static List<Observation> syncAlarms(ServiceStatus.Sync card, Set<String> firing, Instant now) {
        if (card.alarms() == null) {
            return List.of(new NoData(Kind.SYNC_ALARM, null, Reading.unknown("alarms", "alarms", "not_served")));
        }
        List<Observation> observations = new ArrayList<>();
        Set<String> listed = new LinkedHashSet<>();
        for (ServiceStatus.SyncAlarm alarm : card.alarms()) {
            listed.add(alarm.kind());
            observations.add(new Measured(
                    Kind.SYNC_ALARM,
                    null,
                    alarm.kind(),
                    1,
                    alarm.severity(),
                    Map.of("alarm", alarm.text()),
                    List.of(Reading.known(alarm.kind(), alarm.count(), "count", alarm.since(), now))));
        }
        String before = Finding.fingerprint(Kind.SYNC_ALARM, null, "");
        firing.stream()
                .filter(fingerprint -> fingerprint.startsWith(before))
                .map(fingerprint -> fingerprint.substring(before.length()))
                .filter(kind -> !listed.contains(kind))
                .sorted()
                .forEach(kind ->
                        observations.add(new Measured(Kind.SYNC_ALARM, null, kind, 0, null, Map.of(), List.of())));
        return observations;
    }

    /** Owed by a sync, or run in part: a step whose vendor failed makes the pipeline's last run {@code partial_error}. */
    static List<Observation> enrichmentPartial(ServiceStatus.Sync card, ServiceStatus.Analytics status, Instant now) {
        long owed = card.owedEnrichment().count();
        ServiceStatus.Freshness freshness = status.freshness();
        String last = freshness.lastRunSummary() == null
                ? "ok"
                : freshness.lastRunSummary().status();
        boolean partial = freshness.lastError() != null || NOT_WHOLE.contains(last);
        return List.of(new Measured(
                Kind.ENRICHMENT_PARTIAL,
                null,
                "partial",
                owed + (partial ? 1 : 0),
                null,
                Map.of(
                        "owed",
                        owed > 0 ? owed + " sync runs still owe their enrichment. " : "",
                        "last_error",
                        partial
                                ? "last pipeline error: "
                                        + (freshness.lastError() == null ? last : freshness.lastError())
                                : ""),
                List.of(
                        Reading.known("owed_enrichment", owed, "runs", now, now),
                        since("enrichment", freshness.lastSuccessfulSyncAt(), now))));
    }

    /** How long ago something last succeeded. */
    private static Reading since(String what, Instant last, Instant now) {
        return last == null
                ? Reading.unknown("hours_since_" + what, "hours", "no_" + what + "_has_succeeded")
                : Reading.known("hours_since_" + what, Reading.age(last, now) / 3600.0, "hours", last, now);
    }
}

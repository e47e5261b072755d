package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The signals of the desk's own data: snapshots, densities, sync and enrichment. */
final class OperationsRules {
    private static final Set<String> WITHOUT_SOURCE = Set.of("missing", "stale", "partial", "failed");

    private static final String SYNC_ALARM = "sync_alarm";

    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    OperationsRules(Instant now) {
        this.now = now;
    }

    List<Finding> findings() {
        return findings;
    }

    private void judge(
            String kind,
            String currency,
            String direction,
            boolean holds,
            String severity,
            String text,
            List<Reading> inputs) {
        findings.add(
                holds
                        ? new Finding.Raise(kind, currency, direction, severity, text, inputs)
                        : new Finding.Quiet(Finding.fingerprint(kind, currency, direction)));
    }

    /**
     * What is pending is not due yet and alarms nobody; what is missing, stale or partial leaves figures without their source, and so
     * does a backfill that gave up.
     */
    void snapshots(JsonNode status) {
        Map<String, List<String>> wrong = new TreeMap<>();
        Map<String, Boolean> graveOf = new TreeMap<>();
        for (JsonNode item : status.path("items")) {
            String currency = item.path("currency").asText();
            String of = item.path("status").asText();
            List<String> list = wrong.computeIfAbsent(currency, c -> new ArrayList<>());
            if (!of.equals("ok") && !of.equals("pending")) {
                list.add(item.path("type").asText() + " " + of);
                graveOf.merge(currency, WITHOUT_SOURCE.contains(of), Boolean::logicalOr);
            }
        }
        for (JsonNode failed : status.path("failed_backfills")) {
            String currency = failed.path("currency").asText();
            wrong.computeIfAbsent(currency, c -> new ArrayList<>())
                    .add(failed.path("tasks").asText() + " days of a backfill failed, the first "
                            + failed.path("first").asText());
            graveOf.put(currency, true);
        }
        wrong.forEach((currency, list) -> judge(
                "snapshot_health",
                currency,
                "not_ok",
                !list.isEmpty(),
                graveOf.getOrDefault(currency, false) ? "warning" : "info",
                currency + ": snapshots for "
                        + status.path("latest_complete_date").asText() + " not ok: " + String.join(", ", list),
                List.of(Reading.known("snapshots_not_ok", list.size(), "snapshots", now, now))));
    }

    void readiness(JsonNode readiness) {
        for (JsonNode item : readiness.path("items")) {
            String currency = item.path("currency").asText();
            int dte = item.path("dte").asInt();
            JsonNode quality = item.path("density_quality");
            String state = item.path("state").asText();
            String reasons = reasons(item, quality);
            Instant surface = Reading.time(quality.path("surface_timestamp"));
            judge(
                    "density_degraded",
                    currency,
                    dte + "d",
                    !state.equals("ok"),
                    "info",
                    currency + ": " + dte + "d density is " + state + ": " + reasons,
                    List.of(new Reading(
                            "density_" + dte + "d", null, "state", state, reasons, surface, seconds(surface))));
        }
    }

    private static String reasons(JsonNode item, JsonNode quality) {
        Set<String> reasons = new LinkedHashSet<>();
        for (JsonNode node : List.of(item, quality)) {
            if (node.hasNonNull("reason")) {
                reasons.add(node.path("reason").asText());
            }
            node.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        }
        return reasons.isEmpty() ? "no_reason_given" : String.join("; ", reasons);
    }

    private Long seconds(Instant source) {
        return source == null
                ? null
                : (Long) Math.max(Duration.between(source, now).toSeconds(), 0);
    }

    void sync(JsonNode card, Duration overdueAfter) {
        Instant last = Reading.time(card.path("last_successful_sync_at"));
        String error = Reading.text(card, "last_error");
        boolean overdue = last == null || last.plus(overdueAfter).isBefore(now);
        judge(
                "sync_overdue",
                null,
                "overdue",
                overdue,
                "warning",
                (last == null
                                ? "no Alpha sync has succeeded yet"
                                : "last successful Alpha sync was at " + last + ", over " + overdueAfter.toHours()
                                        + " h ago")
                        + (error == null ? "" : "; the last error: " + error),
                List.of(since("sync", last)));
    }

    /**
     * What the card says no sync can mend: each alarm a signal, as it stands there. One that stood and is not on the card any more
     * is over; a card that lists none at all, not even no alarm, says nothing of them.
     *
     * @param standing fingerprints raised and not cleared
     */
    void alarms(JsonNode card, Set<String> standing) {
        if (!card.path("alarms").isArray()) {
            findings.add(new Finding.Blind(SYNC_ALARM, null, Reading.unknown("alarms", "alarms", "not_served")));
            return;
        }
        Set<String> raised = new HashSet<>();
        for (JsonNode alarm : card.path("alarms")) {
            String kind = alarm.path("kind").asText();
            raised.add(Finding.fingerprint(SYNC_ALARM, null, kind));
            findings.add(new Finding.Raise(
                    SYNC_ALARM,
                    null,
                    kind,
                    alarm.path("severity").asText("warning"),
                    "Alpha sync: " + alarm.path("text").asText(kind),
                    List.of(Reading.known(
                            kind, alarm.path("count").asDouble(), "count", Reading.time(alarm.path("since")), now))));
        }
        standing.stream()
                .filter(fingerprint -> fingerprint.startsWith(Finding.fingerprint(SYNC_ALARM, null, "")))
                .filter(fingerprint -> !raised.contains(fingerprint))
                .sorted()
                .forEach(fingerprint -> findings.add(new Finding.Quiet(fingerprint)));
    }

    /** How long ago something last succeeded. */
    private Reading since(String what, Instant last) {
        return last == null
                ? Reading.unknown("hours_since_" + what, "hours", "no_" + what + "_has_succeeded")
                : Reading.known("hours_since_" + what, seconds(last) / 3600.0, "hours", last, now);
    }

    /** Owed by a sync, or run in part: a step whose vendor failed makes the pipeline's last run {@code partial_error}. */
    void enrichment(JsonNode card, JsonNode status) {
        long owed = card.path("owed_enrichment").path("count").asLong();
        JsonNode freshness = status.path("freshness");
        String error = Reading.text(freshness, "last_error");
        String last = freshness.path("last_run_summary").path("status").asText("ok");
        boolean partial = error != null || Set.of("partial_error", "failed").contains(last);
        Instant succeeded = Reading.time(freshness.path("last_successful_sync_at"));
        judge(
                "enrichment_partial",
                null,
                "partial",
                owed > 0 || partial,
                "warning",
                (owed > 0 ? owed + " sync runs still owe their enrichment. " : "")
                        + (partial ? "last pipeline error: " + (error == null ? last : error) : ""),
                List.of(
                        Reading.known("owed_enrichment", (double) owed, "runs", now, now),
                        since("enrichment", succeeded)));
    }
}

package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The signals of the desk's own data: snapshots, densities, sync and enrichment. */
final class OperationsRules {
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

    void snapshots(JsonNode status) {
        Map<String, List<String>> wrong = new TreeMap<>();
        for (JsonNode item : status.path("items")) {
            List<String> of = wrong.computeIfAbsent(item.path("currency").asText(), c -> new ArrayList<>());
            if (!item.path("status").asText().equals("ok")) {
                of.add(item.path("type").asText() + " " + item.path("status").asText());
            }
        }
        wrong.forEach((currency, list) -> judge(
                "snapshot_health",
                currency,
                "not_ok",
                !list.isEmpty(),
                list.stream().anyMatch(s -> s.endsWith("missing") || s.endsWith("stale")) ? "warning" : "info",
                currency + ": snapshots for "
                        + status.path("latest_complete_date").asText() + " not ok: " + String.join(", ", list),
                List.of(Reading.known("snapshots_not_ok", list.size(), "snapshots", now))));
    }

    void readiness(JsonNode readiness) {
        for (JsonNode item : readiness.path("items")) {
            String currency = item.path("currency").asText();
            int dte = item.path("dte").asInt();
            List<String> reasons = new ArrayList<>();
            item.path("density_quality").path("reasons").forEach(r -> reasons.add(r.asText()));
            judge(
                    "density_degraded",
                    currency,
                    dte + "d",
                    !item.path("state").asText().equals("ok"),
                    "info",
                    currency + ": " + dte + "d density is " + item.path("state").asText() + ": "
                            + String.join("; ", reasons),
                    List.of(new Reading(
                            "density_" + dte + "d",
                            null,
                            "state",
                            item.path("state").asText(),
                            String.join("; ", reasons),
                            Reading.time(item.path("density_quality").path("surface_timestamp")))));
        }
    }

    void sync(JsonNode card, Duration overdueAfter) {
        Instant last = Reading.time(card.path("last_successful_sync_at"));
        boolean overdue = last == null || last.plus(overdueAfter).isBefore(now);
        judge(
                "sync_overdue",
                null,
                "overdue",
                overdue,
                "warning",
                last == null
                        ? "no Alpha sync has succeeded yet"
                        : "last successful Alpha sync was at " + last + ", over " + overdueAfter.toHours() + " h ago",
                List.of(new Reading(
                        "last_successful_sync_at", null, "time", last == null ? "missing" : "ok", null, last)));
    }

    void enrichment(JsonNode card, JsonNode status) {
        long owed = card.path("owed_enrichment").path("count").asLong();
        String error = status.path("freshness").path("last_error").asText(null);
        judge(
                "enrichment_partial",
                null,
                "partial",
                owed > 0 || error != null,
                "warning",
                (owed > 0 ? owed + " sync runs still owe their enrichment. " : "")
                        + (error == null ? "" : "last pipeline error: " + error),
                List.of(Reading.known("owed_enrichment", (double) owed, "runs", now)));
    }

    void blind(String kind, String reason) {
        findings.add(new Finding.Blind(kind, null, Reading.unknown(kind, "state", reason)));
    }
}

package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** The signals of a figure at the edge of its trailing history. */
final class ExtremeRules {
    private static final String VOL = "vol";

    private final Judge judge;

    ExtremeRules(Judge judge) {
        this.judge = judge;
    }

    void thresholds(JsonNode thresholds) {
        for (JsonNode metric : thresholds.path("metrics")) {
            switch (metric.path("metric").asText()) {
                case "risk_reversal_25" -> extreme("risk_reversal_extreme", "25-delta risk reversal", VOL, metric);
                case "net_gex" -> extreme("gex_extreme", "net GEX", "USD per 1 %", metric);
                default -> {
                    // other metrics have rules of their own
                }
            }
        }
    }

    private void extreme(String kind, String name, String unit, JsonNode metric) {
        Reading now = Reading.figure(metric.path("metric").asText(), unit, metric.path("now"));
        if (judge.blind(kind, now) || judge.blind(kind, rank(now, metric))) {
            return;
        }
        double rank = metric.path("rank").asDouble();
        for (String direction : List.of("high", "low")) {
            double signed = direction.equals("high") ? rank : 1 - rank;
            judge.judge(
                    kind,
                    direction,
                    signed >= (judge.stands(kind, direction) ? 0.90 : 0.95),
                    "info",
                    String.format(
                            Locale.ROOT,
                            "%s at the %.0fth percentile of 90 days (%s)",
                            name,
                            100 * rank,
                            unit.equals(VOL)
                                    ? Judge.percent(now.value())
                                    : String.format(Locale.ROOT, "%,.0f %s", now.value(), unit)),
                    List.of(now, rank(now, metric)));
        }
    }

    /** The rank in its history; one on a window with holes or on too few days is not taken, and the reason is the history's own. */
    private Reading rank(Reading now, JsonNode metric) {
        String state = metric.path("state").asText("ok");
        String reason = Reading.text(metric, "reason");
        if (!state.equals("ok")) {
            return new Reading(now.name() + "_history", null, "share", state, reason, now.asOf(), now.ageSeconds());
        }
        return metric.hasNonNull("rank")
                ? Reading.known("rank", metric.path("rank").asDouble(), "share", now.asOf(), judge.now())
                : Reading.unknown(now.name() + "_history", "share", reason == null ? "no_rank" : reason);
    }
}

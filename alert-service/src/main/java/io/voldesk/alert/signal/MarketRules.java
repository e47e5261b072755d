package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.quant.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The signals of one currency's market. Each has a bound to raise it and a nearer one to keep it standing, so that a value
 * hovering at the bound does not raise it again and again. A rule whose input is not ok is blind.
 */
final class MarketRules {
    private static final String VOL = "vol";
    private static final int FEWEST = 30;

    private final String currency;
    private final Set<String> standing;
    private final List<Finding> findings = new ArrayList<>();

    /** @param standing fingerprints raised and not cleared */
    MarketRules(String currency, Set<String> standing) {
        this.currency = currency;
        this.standing = standing;
    }

    List<Finding> findings() {
        return findings;
    }

    private boolean stands(String kind, String direction) {
        return standing.contains(Finding.fingerprint(kind, currency, direction));
    }

    private void judge(
            String kind, String direction, boolean holds, String severity, String text, List<Reading> inputs) {
        findings.add(
                holds
                        ? new Finding.Raise(kind, currency, direction, severity, currency + ": " + text, inputs)
                        : new Finding.Quiet(Finding.fingerprint(kind, currency, direction)));
    }

    private boolean blind(String kind, Reading... inputs) {
        for (Reading input : inputs) {
            if (!input.ok()) {
                findings.add(new Finding.Blind(kind, currency, input));
                return true;
            }
        }
        return false;
    }

    private static String pct(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }

    void overview(JsonNode overview, JsonNode history) {
        Reading gap = Reading.figure("iv_rv_gap", VOL, overview.path("iv_rv_gap"));
        Reading atm7 = Reading.figure("atm_iv7", VOL, overview.path("atm_iv7"));
        Reading atm30 = Reading.figure("atm_iv30", VOL, overview.path("atm_iv30"));
        Reading vrp = Reading.figure("vrp", "variance", overview.path("vrp"));
        gapExtreme(gap, history);
        if (!blind("term_inversion", atm7, atm30)) {
            double inversion = atm7.value() - atm30.value();
            judge(
                    "term_inversion",
                    "inverted",
                    inversion > (stands("term_inversion", "inverted") ? 0 : 0.005),
                    "warning",
                    "term structure inverted: 7d IV %s above 30d IV %s"
                            .formatted(pct(atm7.value()), pct(atm30.value())),
                    List.of(atm7, atm30));
        }
        if (!blind("vrp_negative", vrp)) {
            judge(
                    "vrp_negative",
                    "negative",
                    vrp.value() < (stands("vrp_negative", "negative") ? 0.002 : 0),
                    "warning",
                    String.format(
                            Locale.ROOT,
                            "variance premium negative: IV² − RV² = %.4f (30d IV below realised)",
                            vrp.value()),
                    List.of(vrp));
        }
        dvolJump(overview, history);
        flipCrossed(history);
    }

    private void gapExtreme(Reading gap, JsonNode history) {
        if (blind("iv_rv_gap", gap)) {
            return;
        }
        double[] gaps = history.path("hours")
                .valueStream()
                .filter(h -> h.hasNonNull("atm30") && h.hasNonNull("rv30"))
                .mapToDouble(h -> h.path("atm30").asDouble() - h.path("rv30").asDouble())
                .toArray();
        if (gaps.length < FEWEST) {
            findings.add(new Finding.Blind(
                    "iv_rv_gap", currency, Reading.unknown("iv_rv_gap_history", VOL, "fewer_than_30_hours")));
            return;
        }
        double deviation = Stats.deviation(gaps);
        if (!(deviation > 0)) {
            findings.add(new Finding.Blind(
                    "iv_rv_gap", currency, Reading.unknown("iv_rv_gap_history", VOL, "constant_series")));
            return;
        }
        double z = (gap.value() - Stats.mean(gaps)) / deviation;
        for (String direction : List.of("high", "low")) {
            double signed = direction.equals("high") ? z : -z;
            judge(
                    "iv_rv_gap",
                    direction,
                    signed >= (stands("iv_rv_gap", direction) ? 1.5 : 2),
                    signed >= 3 ? "critical" : "warning",
                    String.format(
                            Locale.ROOT, "IV − RV gap %s is %.1f deviations from its 90-day mean", pct(gap.value()), z),
                    List.of(gap, Reading.known("z_score", z, "deviations", gap.asOf())));
        }
    }

    private void dvolJump(JsonNode overview, JsonNode history) {
        Reading dvol = Reading.figure("dvol", VOL, overview.path("dvol"));
        if (blind("dvol_jump", dvol)) {
            return;
        }
        Double before = null;
        for (JsonNode hour : history.path("hours")) {
            var at = Reading.time(hour.path("at"));
            if (hour.hasNonNull("dvol") && at != null && !at.isAfter(dvol.asOf().minusSeconds(23 * 3600))) {
                before = hour.path("dvol").asDouble();
            }
        }
        if (before == null) {
            findings.add(new Finding.Blind(
                    "dvol_jump", currency, Reading.unknown("dvol_24h_before", VOL, "no_reading_24_hours_before")));
            return;
        }
        double change = dvol.value() - before;
        for (String direction : List.of("up", "down")) {
            double signed = direction.equals("up") ? change : -change;
            judge(
                    "dvol_jump",
                    direction,
                    signed >= (stands("dvol_jump", direction) ? 0.03 : 0.05),
                    signed >= 0.10 ? "critical" : "warning",
                    String.format(
                            Locale.ROOT, "DVOL moved %+.1f points in 24 h to %s", 100 * change, pct(dvol.value())),
                    List.of(dvol, Reading.known("dvol_24h_before", before, VOL, null)));
        }
    }

    private void flipCrossed(JsonNode history) {
        JsonNode before = null;
        JsonNode last = null;
        for (JsonNode hour : history.path("hours")) {
            if (hour.hasNonNull("flip") && hour.hasNonNull("spot")) {
                before = last;
                last = hour;
            }
        }
        if (before == null) {
            findings.add(new Finding.Blind(
                    "gamma_flip_crossed",
                    currency,
                    Reading.unknown("gamma_flip", "USD", "fewer_than_two_hours_with_a_flip")));
            return;
        }
        double was = before.path("spot").asDouble() - before.path("flip").asDouble();
        double is = last.path("spot").asDouble() - last.path("flip").asDouble();
        var at = Reading.time(last.path("at"));
        judge(
                "gamma_flip_crossed",
                "crossed",
                was * is < 0,
                "critical",
                String.format(
                        Locale.ROOT,
                        "spot %.0f USD crossed the gamma flip at %.0f USD",
                        last.path("spot").asDouble(),
                        last.path("flip").asDouble()),
                List.of(
                        Reading.known("spot", last.path("spot").asDouble(), "USD", at),
                        Reading.known("gamma_flip", last.path("flip").asDouble(), "USD", at)));
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
        if (blind(kind, now)) {
            return;
        }
        if (!metric.hasNonNull("rank")) {
            findings.add(new Finding.Blind(
                    kind, currency, Reading.unknown(now.name() + "_history", unit, "fewer_than_30_hours")));
            return;
        }
        double rank = metric.path("rank").asDouble();
        for (String direction : List.of("high", "low")) {
            double signed = direction.equals("high") ? rank : 1 - rank;
            judge(
                    kind,
                    direction,
                    signed >= (stands(kind, direction) ? 0.90 : 0.95),
                    "info",
                    String.format(
                            Locale.ROOT,
                            "%s at the %.0fth percentile of 90 days (%s)",
                            name,
                            100 * rank,
                            unit.equals(VOL)
                                    ? pct(now.value())
                                    : String.format(Locale.ROOT, "%,.0f %s", now.value(), unit)),
                    List.of(now, Reading.known("rank", rank, "share", now.asOf())));
        }
    }

    void levels(JsonNode levels) {
        String state = levels.path("state").asText();
        Reading quality = new Reading(
                "gex_levels",
                levels.hasNonNull("spot") ? (Double) levels.path("spot").asDouble() : null,
                "USD",
                state,
                levels.path("reason").asText(null),
                Reading.time(levels.path("as_of")));
        if (blind("near_level", quality)) {
            return;
        }
        JsonNode nearest = null;
        for (JsonNode level : levels.path("levels")) {
            if (level.hasNonNull("distance_daily_sigma") && (nearest == null || distance(level) < distance(nearest))) {
                nearest = level;
            }
        }
        if (nearest == null) {
            findings.add(new Finding.Blind(
                    "near_level", currency, Reading.unknown("daily_sigma", VOL, "no_surface_for_hour")));
            return;
        }
        judge(
                "near_level",
                "near",
                distance(nearest) <= (stands("near_level", "near") ? 0.7 : 0.5),
                "info",
                String.format(
                        Locale.ROOT,
                        "spot %.0f USD is %.2f daily deviations from the %s at %.0f USD",
                        quality.value(),
                        distance(nearest),
                        nearest.path("kind").asText(),
                        nearest.path("strike").asDouble()),
                List.of(quality, Reading.known("level", nearest.path("strike").asDouble(), "USD", quality.asOf())));
    }

    private static double distance(JsonNode level) {
        return Math.abs(level.path("distance_daily_sigma").asDouble());
    }
}

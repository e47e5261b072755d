package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.quant.Stats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The signals of one currency's implied and realised vol; vols are fractions. */
final class VolRules {
    private static final String VOL = "vol";
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WITHIN = Duration.ofHours(1);

    private final Judge judge;

    VolRules(Judge judge) {
        this.judge = judge;
    }

    void overview(JsonNode overview, History history) {
        Reading atm7 = Reading.figure("atm_iv7", VOL, overview.path("atm_iv7"));
        Reading atm30 = Reading.figure("atm_iv30", VOL, overview.path("atm_iv30"));
        Reading rv30 = Reading.figure("rv30", VOL, overview.path("rv30"));
        Reading vrp = Reading.figure("vrp", VOL, overview.path("vrp"));
        inversion(atm7, atm30);
        negative(vrp, atm30, rv30);
        gapExtreme(vrp, history);
        dvolJump(Reading.figure("dvol", VOL, overview.path("dvol")), history);
    }

    private void inversion(Reading atm7, Reading atm30) {
        if (judge.blind("term_inversion", atm7, atm30)) {
            return;
        }
        double inversion = atm7.value() - atm30.value();
        judge.judge(
                "term_inversion",
                "inverted",
                inversion > (judge.stands("term_inversion", "inverted") ? 0 : 0.005),
                "warning",
                "term structure inverted: 7d IV %s above 30d IV %s"
                        .formatted(Judge.percent(atm7.value()), Judge.percent(atm30.value())),
                List.of(atm7, atm30));
    }

    private void negative(Reading vrp, Reading atm30, Reading rv30) {
        if (judge.blind("vrp_negative", vrp, atm30, rv30)) {
            return;
        }
        judge.judge(
                "vrp_negative",
                "negative",
                vrp.value() < (judge.stands("vrp_negative", "negative") ? 0.005 : 0),
                "warning",
                String.format(
                        Locale.ROOT,
                        "VRP negative: 30d IV %s − 30d RV %s = %+.1f vol points",
                        Judge.percent(atm30.value()),
                        Judge.percent(rv30.value()),
                        100 * vrp.value()),
                List.of(vrp, atm30, rv30));
    }

    private void gapExtreme(Reading gap, History history) {
        if (judge.blind("iv_rv_gap", gap)) {
            return;
        }
        History.Series series = history.series(hour ->
                hour.of("atm30") == null || hour.of("rv30") == null ? null : hour.of("atm30") - hour.of("rv30"));
        double deviation = series.values().length < 2 ? 0 : Stats.deviation(series.values());
        String reason = series.sample().reason();
        if (reason == null && !(deviation > 0)) {
            reason = "constant_series";
        }
        if (reason != null) {
            judge.blind("iv_rv_gap", Reading.unknown("iv_rv_gap_history", VOL, reason));
            return;
        }
        double z = (gap.value() - Stats.mean(series.values())) / deviation;
        for (String direction : List.of("high", "low")) {
            double signed = direction.equals("high") ? z : -z;
            judge.judge(
                    "iv_rv_gap",
                    direction,
                    signed >= (judge.stands("iv_rv_gap", direction) ? 1.5 : 2),
                    signed >= 3 ? "critical" : "warning",
                    String.format(
                            Locale.ROOT,
                            "IV − RV gap %s is %.1f deviations from its %d-day mean",
                            Judge.percent(gap.value()),
                            z,
                            History.DAYS),
                    List.of(
                            gap,
                            Reading.known("z_score", z, "deviations", gap.asOf(), judge.now()),
                            Reading.known(
                                    "independent_days",
                                    series.sample().independentN(),
                                    "days",
                                    gap.asOf(),
                                    judge.now())));
        }
    }

    private void dvolJump(Reading dvol, History history) {
        if (judge.blind("dvol_jump", dvol)) {
            return;
        }
        Reading before = dvol.asOf() == null
                ? Reading.unknown("dvol_24h_before", VOL, "dvol_without_a_time")
                : history.near(dvol.asOf().minus(DAY), WITHIN, "dvol")
                        .map(hour -> Reading.known("dvol_24h_before", hour.of("dvol"), VOL, hour.at(), judge.now()))
                        .orElse(Reading.unknown("dvol_24h_before", VOL, "no_reading_24_hours_before"));
        if (judge.blind("dvol_jump", before)) {
            return;
        }
        double change = dvol.value() - before.value();
        for (String direction : List.of("up", "down")) {
            double signed = direction.equals("up") ? change : -change;
            judge.judge(
                    "dvol_jump",
                    direction,
                    signed >= (judge.stands("dvol_jump", direction) ? 0.03 : 0.05),
                    signed >= 0.10 ? "critical" : "warning",
                    String.format(
                            Locale.ROOT,
                            "DVOL moved %+.1f points in 24 h to %s",
                            100 * change,
                            Judge.percent(dvol.value())),
                    List.of(dvol, before));
        }
    }
}

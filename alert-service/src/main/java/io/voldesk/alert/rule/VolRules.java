package io.voldesk.alert.rule;

import io.voldesk.alert.input.History;
import io.voldesk.alert.input.Reading;
import io.voldesk.alert.rule.Observation.Measured;
import io.voldesk.alert.rule.Observation.NoData;
import io.voldesk.model.MarketFigures.Hour;
import io.voldesk.model.MarketFigures.Overview;
import io.voldesk.quant.Stats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rules on one currency's implied and realised vol measure; vols are fractions. */
final class VolRules {
    private static final String VOL = "vol";
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WITHIN = Duration.ofHours(1);

    private VolRules() {}

    /** The difference of the 7-day and the 30-day vol. */
    static List<Observation> termInversion(Overview overview) {
        Reading atm7 = Reading.figure("atm_iv7", VOL, overview.atmIv7());
        Reading atm30 = Reading.figure("atm_iv30", VOL, overview.atmIv30());
        return unusable(Kind.TERM_INVERSION, overview.currency(), atm7, atm30)
                .orElseGet(() -> List.of(new Measured(
                        Kind.TERM_INVERSION,
                        overview.currency(),
                        "inverted",
                        atm7.value() - atm30.value(),
                        null,
                        Map.of("atm_iv7", Words.percent(atm7.value()), "atm_iv30", Words.percent(atm30.value())),
                        List.of(atm7, atm30))));
    }

    static List<Observation> vrpNegative(Overview overview) {
        Reading vrp = Reading.figure("vrp", VOL, overview.vrp());
        Reading atm30 = Reading.figure("atm_iv30", VOL, overview.atmIv30());
        Reading rv30 = Reading.figure("rv30", VOL, overview.rv30());
        return unusable(Kind.VRP_NEGATIVE, overview.currency(), vrp, atm30, rv30)
                .orElseGet(() -> List.of(new Measured(
                        Kind.VRP_NEGATIVE,
                        overview.currency(),
                        "negative",
                        vrp.value(),
                        null,
                        Map.of(
                                "atm_iv30",
                                Words.percent(atm30.value()),
                                "rv30",
                                Words.percent(rv30.value()),
                                "vrp",
                                Words.points(vrp.value())),
                        List.of(vrp, atm30, rv30))));
    }

    /** The gap's distance from its own mean, in deviations, upwards and downwards. */
    static List<Observation> gap(Overview overview, History history, Instant now) {
        String currency = overview.currency();
        Reading gap = Reading.figure("vrp", VOL, overview.vrp());
        History.Series series = history.series(VolRules::gap);
        double deviation = series.values().length < 2 ? 0 : Stats.deviation(series.values());
        String reason = series.sample().reason() == null && !(deviation > 0)
                ? "constant_series"
                : series.sample().reason();
        Optional<List<Observation>> unusable = unusable(Kind.IV_RV_GAP, currency, gap);
        if (unusable.isPresent()) {
            return unusable.get();
        }
        if (reason != null) {
            return List.of(new NoData(Kind.IV_RV_GAP, currency, Reading.unknown("iv_rv_gap_history", VOL, reason)));
        }
        double z = (gap.value() - Stats.mean(series.values())) / deviation;
        Reading score = Reading.known("z_score", z, "deviations", gap.asOf(), now);
        Reading days = Reading.known("independent_days", series.sample().independentN(), "days", gap.asOf(), now);
        Map<String, String> words = Map.of("gap", Words.points(gap.value()), "z_score", Words.decimal(z));
        return List.of(
                new Measured(Kind.IV_RV_GAP, currency, "high", z, null, words, List.of(gap, score, days)),
                new Measured(Kind.IV_RV_GAP, currency, "low", -z, null, words, List.of(gap, score, days)));
    }

    private static Double gap(Hour hour) {
        return hour.atm30() == null || hour.rv30() == null ? null : (Double) (hour.atm30() - hour.rv30());
    }

    /** The change of DVOL in a day, upwards and downwards. */
    static List<Observation> dvolJump(Overview overview, History history, Instant now) {
        String currency = overview.currency();
        Reading dvol = Reading.figure("dvol", VOL, overview.dvol());
        Reading before = dvol.asOf() == null
                ? Reading.unknown("dvol_24h_before", VOL, "dvol_without_a_time")
                : history.near(dvol.asOf().minus(DAY), WITHIN, Hour::dvol)
                        .map(hour -> Reading.known("dvol_24h_before", hour.dvol(), VOL, hour.at(), now))
                        .orElse(Reading.unknown("dvol_24h_before", VOL, "no_reading_24_hours_before"));
        return unusable(Kind.DVOL_JUMP, currency, dvol, before).orElseGet(() -> {
            double change = dvol.value() - before.value();
            Map<String, String> words = Map.of("change", Words.points(change), "dvol", Words.percent(dvol.value()));
            return List.of(
                    new Measured(Kind.DVOL_JUMP, currency, "up", change, null, words, List.of(dvol, before)),
                    new Measured(Kind.DVOL_JUMP, currency, "down", -change, null, words, List.of(dvol, before)));
        });
    }

    /** No data where one of the inputs may not be used: the first that may not. */
    static Optional<List<Observation>> unusable(Kind kind, String currency, Reading... inputs) {
        return Stream.of(inputs)
                .filter(input -> !input.ok())
                .findFirst()
                .map(input -> List.of(new NoData(kind, currency, input)));
    }
}

package io.voldesk.alert.rule;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.voldesk.alert.input.History;
import io.voldesk.model.Figure;
import io.voldesk.model.MarketFigures;
import io.voldesk.model.MarketFigures.Hour;
import io.voldesk.model.QualityState;
import io.voldesk.model.SourceAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What the rules' tests are given: a moment, figures, hours, and the table with its defaults. */
final class Given {
    static final Instant NOW = Instant.parse("2026-11-25T01:30:00Z");
    static final Instant LAST_HOUR = Instant.parse("2026-11-24T23:00:00Z");
    static final long AGE = Duration.between(LAST_HOUR, NOW).toSeconds();

    private Given() {}

    static AlertSettings settings(Map<String, String> set) {
        var config = new SmallRyeConfigBuilder().withMapping(AlertSettings.class);
        set.forEach(config::withDefaultValue);
        return config.build().getConfigMapping(AlertSettings.class);
    }

    static RuleTable table() {
        return new RuleTable(settings(Map.of()));
    }

    static Figure ok(double value) {
        return new Figure.Known(value, LAST_HOUR, AGE, SourceAuthority.DIRECT_SOURCE);
    }

    static Figure stale() {
        return new Figure.Stale(0.4, "older_than_36_hours", LAST_HOUR, AGE);
    }

    static Figure missing() {
        return Figure.unknown(QualityState.MISSING, "no_snapshot_history", null);
    }

    /** A number, {@code stale}, or missing where null. */
    static Figure figure(String text) {
        return text == null ? missing() : text.equals("stale") ? stale() : ok(Double.parseDouble(text));
    }

    static MarketFigures.Overview overview(Figure atm7, Figure atm30, Figure rv30, Figure vrp, Figure dvol) {
        return new MarketFigures.Overview("BTC", atm7, atm30, rv30, vrp, dvol);
    }

    /** @param hour of so many hours before the last; null leaves a gap */
    static History history(int hours, IntFunction<Hour> hour) {
        List<Hour> list = new ArrayList<>();
        for (int back = hours - 1; back >= 0; back--) {
            Hour at = hour.apply(back);
            if (at != null) {
                list.add(at);
            }
        }
        return new History(new MarketFigures.History("BTC", list));
    }

    static Instant back(int hours) {
        return LAST_HOUR.minus(Duration.ofHours(hours));
    }

    static Hour vols(int back, Double atm30, Double rv30) {
        return new Hour(back(back), null, atm30, rv30, null, null, null, null);
    }

    static Hour dvol(int back, double dvol) {
        return new Hour(back(back), null, null, null, dvol, null, null, null);
    }

    static Hour gamma(int back, Double spot, Double netGex, Double flip, String regime) {
        return new Hour(back(back), spot, null, null, null, netGex, flip, regime);
    }

    /**
     * What the table finds, one after the other: {@code firing critical high}, {@code resolved high} or {@code no data}, the input
     * and its reason.
     *
     * @param firing the direction that fires already; null for none
     */
    static String found(List<Observation> observations, Kind kind, String currency, String firing) {
        Set<String> already = firing == null ? Set.of() : Set.of(Finding.fingerprint(kind, currency, firing));
        return observations.stream()
                .map(observation -> table().judge(observation, already))
                .map(finding -> switch (finding) {
                    case Finding.Firing fires -> "firing " + fires.severity().code() + " " + fires.direction();
                    case Finding.Resolved resolved ->
                        "resolved "
                                + resolved.fingerprint()
                                        .substring(resolved.fingerprint().lastIndexOf('|') + 1);
                    case Finding.NoData none ->
                        "no data " + none.input().name() + " " + none.input().why();
                })
                .collect(Collectors.joining(", "));
    }

    static Finding.Firing firing(Observation observation) {
        return (Finding.Firing) table().judge(observation, Set.of());
    }
}

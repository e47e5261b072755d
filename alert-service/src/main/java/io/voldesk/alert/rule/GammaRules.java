package io.voldesk.alert.rule;

import io.voldesk.alert.input.History;
import io.voldesk.alert.input.Reading;
import io.voldesk.alert.rule.Observation.Measured;
import io.voldesk.alert.rule.Observation.NoData;
import io.voldesk.model.AgeRule;
import io.voldesk.model.MarketFigures;
import io.voldesk.model.MarketFigures.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rules on one currency's dealer gamma measure. */
final class GammaRules {
    private static final String GEX = "USD per 1 %";

    private GammaRules() {}

    /**
     * One crossing where spot is on the other side of the flip than an hour before; readings further apart show no crossing, only two
     * places.
     */
    static List<Observation> flipCrossed(String currency, History history, Instant asked) {
        Optional<Hour> last = history.last(Hour::flip);
        if (last.isEmpty()) {
            return noData(
                    Kind.GAMMA_FLIP_CROSSED, currency, Reading.unknown("gamma_flip", "USD", "no_hour_with_a_flip"));
        }
        Hour now = last.get();
        Reading flip = Reading.aged("gamma_flip", now.flip(), "USD", now.at(), AgeRule.SNAPSHOT, asked);
        Reading spot = spot("spot", now, asked);
        Optional<Hour> hourBefore = history.near(now.at().minus(Duration.ofHours(1)), Duration.ZERO, Hour::flip);
        if (hourBefore.isEmpty()) {
            return VolRules.unusable(Kind.GAMMA_FLIP_CROSSED, currency, flip, spot)
                    .orElse(noData(
                            Kind.GAMMA_FLIP_CROSSED,
                            currency,
                            Reading.unknown("gamma_flip_an_hour_before", "USD", "no_flip_in_the_hour_before")));
        }
        Hour before = hourBefore.get();
        Reading spotBefore = spot("spot_an_hour_before", before, asked);
        return VolRules.unusable(
                        Kind.GAMMA_FLIP_CROSSED, currency, flip, spot, spotBefore, net(now, asked), net(before, asked))
                .orElseGet(() -> List.of(new Measured(
                        Kind.GAMMA_FLIP_CROSSED,
                        currency,
                        "crossed",
                        crossed(before, now) ? 1 : 0,
                        null,
                        Map.of("spot", Words.whole(now.gexSpot()), "gamma_flip", Words.whole(now.flip())),
                        List.of(
                                spot,
                                flip,
                                spotBefore,
                                Reading.known(
                                        "gamma_flip_an_hour_before", before.flip(), "USD", before.at(), asked)))));
    }

    /** Between two flips the nearest changes without a crossing; over one the sign of the net does, too. */
    private static boolean crossed(Hour before, Hour now) {
        double was = before.gexSpot() - before.flip();
        double is = now.gexSpot() - now.flip();
        return was * is < 0 && now.netGex() * before.netGex() < 0;
    }

    /** The spot that the hour's gamma was computed at. */
    private static Reading spot(String name, Hour hour, Instant now) {
        return hour.gexSpot() == null
                ? Reading.unknown(name, "USD", "no_spot_for_hour")
                : Reading.known(name, hour.gexSpot(), "USD", hour.at(), now);
    }

    /** A flip of a net whose sign the vendor's rounding leaves open is no place to cross. */
    private static Reading net(Hour hour, Instant now) {
        if ("undetermined".equals(hour.regime())) {
            return Reading.unknown("net_gex", GEX, "sign_inside_rounding_band");
        }
        return hour.netGex() == null
                ? Reading.unknown("net_gex", GEX, "no_net_gex_for_hour")
                : Reading.known("net_gex", hour.netGex(), GEX, hour.at(), now);
    }

    /** The distance of spot from the nearest level. */
    static List<Observation> nearLevel(MarketFigures.Levels levels, Instant now) {
        String currency = levels.currency();
        Reading spot = new Reading(
                "gex_levels",
                levels.spot(),
                "USD",
                levels.state(),
                levels.reason(),
                levels.asOf(),
                levels.ageSeconds());
        Reading sigma = sigma(levels, now);
        Optional<MarketFigures.Level> nearest = levels.levels().stream()
                .filter(level -> level.distanceDailySigma() != null)
                .min(Comparator.comparingDouble(GammaRules::distance));
        Reading strike = nearest.map(level -> Reading.known("level", level.strike(), "USD", levels.asOf(), now))
                .orElse(Reading.unknown("level", "USD", "no_level"));
        return VolRules.unusable(Kind.NEAR_LEVEL, currency, spot, sigma, strike)
                .orElseGet(() -> List.of(new Measured(
                        Kind.NEAR_LEVEL,
                        currency,
                        "near",
                        distance(nearest.orElseThrow()),
                        null,
                        Map.of(
                                "spot",
                                Words.whole(spot.value()),
                                "distance",
                                Words.hundredths(distance(nearest.get())),
                                "level_kind",
                                nearest.get().kind(),
                                "level",
                                Words.whole(strike.value())),
                        List.of(spot, sigma, strike))));
    }

    /** The daily deviation has a time of its own: it comes from the surface, which is captured once a day. */
    private static Reading sigma(MarketFigures.Levels levels, Instant now) {
        return levels.dailySigma() == null
                ? Reading.unknown(
                        "daily_sigma",
                        "fraction of spot",
                        levels.dailySigmaReason() == null ? "not_served" : levels.dailySigmaReason())
                : Reading.aged(
                        "daily_sigma",
                        levels.dailySigma(),
                        "fraction of spot",
                        levels.dailySigmaAsOf(),
                        AgeRule.SNAPSHOT,
                        now);
    }

    private static double distance(MarketFigures.Level level) {
        return Math.abs(level.distanceDailySigma());
    }

    private static List<Observation> noData(Kind kind, String currency, Reading input) {
        return List.of(new NoData(kind, currency, input));
    }
}

package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.model.AgeRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The signals of one currency's dealer gamma: the flip crossed, a level near. */
final class GammaRules {
    private final Judge judge;

    GammaRules(Judge judge) {
        this.judge = judge;
    }

    /** Spot on the other side of the flip than an hour before; readings further apart show no crossing, only two places. */
    void flipCrossed(History history) {
        Optional<History.Hour> last = history.last("flip");
        if (last.isEmpty()) {
            judge.blind("gamma_flip_crossed", Reading.unknown("gamma_flip", "USD", "no_hour_with_a_flip"));
            return;
        }
        History.Hour now = last.get();
        Reading flip = Reading.aged("gamma_flip", now.of("flip"), "USD", now.at(), AgeRule.SNAPSHOT, judge.now());
        Optional<History.Hour> before = history.near(now.at().minus(Duration.ofHours(1)), Duration.ZERO, "flip");
        if (judge.blind("gamma_flip_crossed", flip, spot(now), neighbour(before), sign(now))) {
            return;
        }
        double was = spot(before.orElseThrow()).value() - before.get().of("flip");
        double is = spot(now).value() - now.of("flip");
        judge.judge(
                "gamma_flip_crossed",
                "crossed",
                was * is < 0,
                "critical",
                String.format(
                        Locale.ROOT,
                        "spot %.0f USD crossed the gamma flip at %.0f USD",
                        spot(now).value(),
                        now.of("flip")),
                List.of(
                        spot(now),
                        flip,
                        Reading.known(
                                "spot_an_hour_before",
                                spot(before.get()).value(),
                                "USD",
                                before.get().at(),
                                judge.now()),
                        Reading.known(
                                "gamma_flip_an_hour_before",
                                before.get().of("flip"),
                                "USD",
                                before.get().at(),
                                judge.now())));
    }

    /** The spot that the hour's gamma was computed at. */
    private Reading spot(History.Hour hour) {
        Double spot = hour.of("gex_spot");
        return spot == null
                ? Reading.unknown("spot", "USD", "no_spot_for_hour")
                : Reading.known("spot", spot, "USD", hour.at(), judge.now());
    }

    private Reading neighbour(Optional<History.Hour> before) {
        return before.map(this::spot)
                .orElse(Reading.unknown("gamma_flip_an_hour_before", "USD", "no_flip_in_the_hour_before"));
    }

    /** A flip of a net whose sign the vendor's rounding leaves open is no place to cross. */
    private Reading sign(History.Hour hour) {
        return "undetermined".equals(Reading.text(hour.state(), "regime"))
                ? Reading.unknown("net_gex", "USD per 1 %", "sign_inside_rounding_band")
                : hour.of("net_gex") == null
                        ? Reading.unknown("net_gex", "USD per 1 %", "no_net_gex_for_hour")
                        : Reading.known("net_gex", hour.of("net_gex"), "USD per 1 %", hour.at(), judge.now());
    }

    void levels(JsonNode levels) {
        Instant at = Reading.time(levels.path("as_of"));
        Reading spot = new Reading(
                "gex_levels",
                Reading.number(levels, "spot"),
                "USD",
                levels.path("state").asText(),
                Reading.text(levels, "reason"),
                at,
                levels.hasNonNull("age_seconds")
                        ? (Long) levels.path("age_seconds").asLong()
                        : null);
        if (judge.blind("near_level", spot, sigma(levels))) {
            return;
        }
        JsonNode nearest = null;
        for (JsonNode level : levels.path("levels")) {
            if (level.hasNonNull("distance_daily_sigma") && (nearest == null || distance(level) < distance(nearest))) {
                nearest = level;
            }
        }
        if (nearest == null) {
            judge.blind("near_level", Reading.unknown("level", "USD", "no_level"));
            return;
        }
        judge.judge(
                "near_level",
                "near",
                distance(nearest) <= (judge.stands("near_level", "near") ? 0.7 : 0.5),
                "info",
                String.format(
                        Locale.ROOT,
                        "spot %.0f USD is %.2f daily deviations from the %s at %.0f USD",
                        spot.value(),
                        distance(nearest),
                        nearest.path("kind").asText(),
                        nearest.path("strike").asDouble()),
                List.of(
                        spot,
                        sigma(levels),
                        Reading.known("level", nearest.path("strike").asDouble(), "USD", at, judge.now())));
    }

    /** The daily deviation has a time of its own: it comes from the surface, which is captured once a day. */
    private Reading sigma(JsonNode levels) {
        Double sigma = Reading.number(levels, "daily_sigma");
        if (sigma == null) {
            String reason = Reading.text(levels, "daily_sigma_reason");
            return Reading.unknown("daily_sigma", "vol", reason == null ? "not_served" : reason);
        }
        return Reading.aged(
                "daily_sigma",
                sigma,
                "fraction of spot",
                Reading.time(levels.path("daily_sigma_as_of")),
                AgeRule.SNAPSHOT,
                judge.now());
    }

    private static double distance(JsonNode level) {
        return Math.abs(level.path("distance_daily_sigma").asDouble());
    }
}

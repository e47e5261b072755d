package io.voldesk.alert.rule;

import static io.voldesk.alert.rule.Given.NOW;
import static io.voldesk.alert.rule.Given.found;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.voldesk.alert.input.History;
import io.voldesk.model.MarketFigures.Level;
import io.voldesk.model.MarketFigures.Levels;
import io.voldesk.model.QualityState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules on dealer gamma: what they read, whether the signal fires already, and what the table finds. */
class GammaRulesTest {
    /** Spot an hour before and now, around a flip at 100; a crossing fires for its hour and is over in the next. */
    @ParameterizedTest
    @CsvSource({
        "1, 0,  99, 101, positive,     ,        firing critical crossed",
        "1, 0, 101,  99, near_flip,    ,        firing critical crossed",
        "1, 0,  99, 101, positive,     crossed, firing critical crossed",
        "1, 0, 101, 102, positive,     ,        resolved crossed",
        "1, 0, 101, 102, positive,     crossed, resolved crossed",
        "2, 0,  99, 101, positive,     ,        no data gamma_flip_an_hour_before no_flip_in_the_hour_before",
        "700, 0, 99, 101, positive,    ,        no data gamma_flip_an_hour_before no_flip_in_the_hour_before",
        "41, 40, 99, 101, positive,    ,        no data gamma_flip older_than_36_hours",
        "1, 0,  99, 101, undetermined, crossed, no data net_gex sign_inside_rounding_band",
        "1, 0,    , 101, positive,     ,        no data spot_an_hour_before no_spot_for_hour",
        "1, 0,  99,    , positive,     crossed, no data spot no_spot_for_hour",
    })
    void flipCrossed(int before, int last, Double was, Double is, String regime, String firing, String found) {
        History history = Given.history(800, back -> {
            if (back != before && back != last) {
                return null;
            }
            Double spot = back == last ? is : was;
            return Given.gamma(back, spot, spot == null ? 1 : spot - 100, 100.0, regime);
        });
        assertEquals(found, found(GammaRules.flipCrossed("BTC", history, NOW), Kind.GAMMA_FLIP_CROSSED, "BTC", firing));
    }

    @Test
    void anHourWithoutANetHasNoSignToChange() {
        History history = Given.history(2, back -> Given.gamma(back, back == 0 ? 101.0 : 99, null, 100.0, null));
        assertEquals(
                "no data net_gex no_net_gex_for_hour",
                found(GammaRules.flipCrossed("BTC", history, NOW), Kind.GAMMA_FLIP_CROSSED, "BTC", null));
    }

    /** From nearer to the flip below to nearer to the one above: the net keeps its sign. */
    @Test
    void betweenTwoFlipsNoneIsCrossed() {
        History history = Given.history(
                2, back -> Given.gamma(back, back == 0 ? 101.0 : 99.0, 5.0, back == 0 ? 105.0 : 95.0, "positive"));
        assertEquals(
                "resolved crossed",
                found(GammaRules.flipCrossed("BTC", history, NOW), Kind.GAMMA_FLIP_CROSSED, "BTC", null));
    }

    @Test
    void withoutAFlipNothingIsCrossed() {
        assertEquals(
                "no data gamma_flip no_hour_with_a_flip",
                found(
                        GammaRules.flipCrossed("BTC", Given.history(0, _ -> null), NOW),
                        Kind.GAMMA_FLIP_CROSSED,
                        "BTC",
                        null));
    }

    @ParameterizedTest
    @CsvSource({
        "ok,    ,                       0.4, 0.03, 2026-11-24T23:00:00Z, ,     firing info near",
        "ok,    ,                       0.5, 0.03, 2026-11-24T23:00:00Z, ,     firing info near",
        "ok,    ,                      -0.4, 0.03, 2026-11-24T23:00:00Z, ,     firing info near",
        "ok,    ,                       0.6, 0.03, 2026-11-24T23:00:00Z, ,     resolved near",
        "ok,    ,                       0.6, 0.03, 2026-11-24T23:00:00Z, near, firing info near",
        "ok,    ,                       0.8, 0.03, 2026-11-24T23:00:00Z, near, resolved near",
        "stale, older_than_75_minutes,  0.4, 0.03, 2026-11-24T23:00:00Z, near, no data gex_levels older_than_75_minutes",
        "degraded, instruments_left_out, 0.4, 0.03, 2026-11-24T23:00:00Z, ,    no data gex_levels instruments_left_out",
        "ok,    ,                       0.4, 0.03, 2026-11-20T23:00:00Z, ,     no data daily_sigma older_than_36_hours",
        "ok,    ,                          , ,     ,                     ,     no data daily_sigma no_surface",
    })
    void nearLevel(
            String state, String reason, Double distance, Double sigma, Instant sigmaAt, String firing, String found) {
        Levels levels = levels(
                QualityState.of(state),
                reason,
                sigma,
                sigmaAt,
                List.of(
                        new Level("magnet", 70_000, distance == null ? null : 5.0),
                        new Level("repeller", 61_000, distance)));
        assertEquals(found, found(GammaRules.nearLevel(levels, NOW), Kind.NEAR_LEVEL, "BTC", firing));
    }

    @Test
    void withoutALevelNothingIsNear() {
        Levels levels = levels(QualityState.OK, null, 0.03, Given.LAST_HOUR, List.of());
        assertEquals("no data level no_level", found(GammaRules.nearLevel(levels, NOW), Kind.NEAR_LEVEL, "BTC", null));
    }

    @Test
    void theNearestLevelIsNamedWithItsDistance() {
        Levels levels = levels(
                QualityState.OK,
                null,
                0.03,
                Given.LAST_HOUR,
                List.of(new Level("magnet", 70_000, 5.0), new Level("repeller", 59_000, -0.41)));
        assertEquals(
                "BTC: spot 60000 USD is 0.41 daily deviations from the repeller at 59000 USD",
                Given.firing(GammaRules.nearLevel(levels, NOW).getFirst()).text());
    }

    private static Levels levels(QualityState state, String reason, Double sigma, Instant sigmaAt, List<Level> levels) {
        return new Levels(
                "BTC",
                state,
                reason,
                Instant.parse("2026-11-25T01:00:00Z"),
                1800L,
                60_000.0,
                sigma,
                sigmaAt,
                sigma == null ? "no_surface" : null,
                levels);
    }
}

package io.voldesk.alert.rule;

import static io.voldesk.alert.rule.Given.NOW;
import static io.voldesk.alert.rule.Given.figure;
import static io.voldesk.alert.rule.Given.found;
import static io.voldesk.alert.rule.Given.ok;
import static io.voldesk.alert.rule.Given.overview;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.alert.input.History;
import io.voldesk.alert.input.Reading;
import io.voldesk.model.MarketFigures.Overview;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules on vol: what they read, whether the signal fires already, and what the table finds. */
class VolRulesTest {
    @ParameterizedTest
    @CsvSource({
        "0.506, 0.50,  ,         firing warning inverted",
        "0.504, 0.50,  ,         resolved inverted",
        "0.504, 0.50,  inverted, firing warning inverted",
        "0.500, 0.50,  inverted, resolved inverted",
        "0.499, 0.50,  inverted, resolved inverted",
        "stale, 0.50,  inverted, no data atm_iv7 older_than_36_hours",
        "0.600, stale, ,         no data atm_iv30 older_than_36_hours",
        "     , 0.50,  ,         no data atm_iv7 no_snapshot_history",
    })
    void termInversion(String atm7, String atm30, String firing, String found) {
        Overview overview = overview(figure(atm7), figure(atm30), ok(0.4), ok(0.1), ok(0.5));
        assertEquals(found, found(VolRules.termInversion(overview), Kind.TERM_INVERSION, "BTC", firing));
    }

    @ParameterizedTest
    @CsvSource({
        "0.40, 0.41,  -0.01, ,         firing warning negative",
        "0.40, 0.40,  0,     ,         resolved negative",
        "0.40, 0.397, 0.003, negative, firing warning negative",
        "0.40, 0.395, 0.005, negative, resolved negative",
        "0.40, 0.39,  0.01,  negative, resolved negative",
        "0.40, 0.41,  stale, negative, no data vrp older_than_36_hours",
        "0.40, stale, -0.01, ,         no data rv30 older_than_36_hours",
        "    , 0.41,  -0.01, ,         no data atm_iv30 no_snapshot_history",
    })
    void vrpNegative(String atm30, String rv30, String vrp, String firing, String found) {
        Overview overview = overview(ok(0.3), figure(atm30), figure(rv30), figure(vrp), ok(0.5));
        assertEquals(found, found(VolRules.vrpNegative(overview), Kind.VRP_NEGATIVE, "BTC", firing));
    }

    @Test
    void vrpSpeaksOfVolPointsAndCarriesItsInputsWithTheirAges() {
        Finding.Firing firing =
                Given.firing(VolRules.vrpNegative(overview(ok(0.3), ok(0.40), ok(0.412), ok(0.40 - 0.412), ok(0.5)))
                        .getFirst());
        assertEquals("BTC: VRP negative: 30d IV 40.0 % − 30d RV 41.2 % = -1.2 vol points", firing.text());
        assertEquals(
                List.of("vrp", "atm_iv30", "rv30"),
                firing.inputs().stream().map(Reading::name).toList());
        assertTrue(firing.inputs().stream()
                .allMatch(r -> r.asOf().equals(Given.LAST_HOUR) && r.ageSeconds() == Given.AGE));
    }

    /** The history alternates between 0 and 0.04: mean 0.02, deviation 0.02. */
    @ParameterizedTest
    @CsvSource({
        "0.061, 2160, ,     'firing warning high, resolved low'",
        "0.055, 2160, ,     'resolved high, resolved low'",
        "0.055, 2160, high, 'firing warning high, resolved low'",
        "0.045, 2160, high, 'resolved high, resolved low'",
        "0.081, 2160, ,     'firing critical high, resolved low'",
        "-0.05, 2160, ,     'resolved high, firing critical low'",
        "-0.015, 2160, low, 'resolved high, firing warning low'",
        "-0.005, 2160, low, 'resolved high, resolved low'",
        "0.061, 1700, high, no data iv_rv_gap_history coverage_below_80_percent",
        "0.061, 600,  ,     no data iv_rv_gap_history fewer_than_30_independent_observations",
        "0.061, 0,    ,     no data iv_rv_gap_history fewer_than_30_independent_observations",
        "stale, 2160, high, no data vrp older_than_36_hours",
        "     , 2160, ,     no data vrp no_snapshot_history",
    })
    void gapFarFromItsMean(String gap, int hours, String firing, String found) {
        History history = Given.history(hours, back -> Given.vols(back, back % 2 == 0 ? 0.44 : 0.40, 0.40));
        Overview overview = overview(ok(0.3), ok(0.5), ok(0.4), figure(gap), ok(0.5));
        assertEquals(found, found(VolRules.gap(overview, history, NOW), Kind.IV_RV_GAP, "BTC", firing));
    }

    @Test
    void aConstantHistoryHasNoDeviationToMeasureBy() {
        History history = Given.history(2160, back -> Given.vols(back, 0.5, 0.375));
        Overview overview = overview(ok(0.3), ok(0.5), ok(0.375), ok(0.125), ok(0.5));
        assertEquals(
                "no data iv_rv_gap_history constant_series",
                found(VolRules.gap(overview, history, NOW), Kind.IV_RV_GAP, "BTC", null));
    }

    /** An hour without one of both has no gap: the other's value is none. */
    @Test
    void hoursWithoutBothVolsAreNoObservations() {
        History history =
                Given.history(2160, back -> Given.vols(back, 0.4 + back % 2 * 0.04, back < 400 ? 0.40 : null));
        Overview overview = overview(ok(0.3), ok(0.5), ok(0.4), ok(0.1), ok(0.5));
        assertEquals(
                "no data iv_rv_gap_history fewer_than_30_independent_observations",
                found(VolRules.gap(overview, history, NOW), Kind.IV_RV_GAP, "BTC", null));
    }

    @ParameterizedTest
    @CsvSource({
        "24, 0.44, 0.5,   ,     'firing warning up, resolved down'",
        "23, 0.44, 0.5,   ,     'firing warning up, resolved down'",
        "25, 0.39, 0.5,   ,     'firing critical up, resolved down'",
        "24, 0.55, 0.5,   ,     'resolved up, firing warning down'",
        "24, 0.53, 0.5,   down, 'resolved up, firing warning down'",
        "24, 0.46, 0.5,   ,     'resolved up, resolved down'",
        "24, 0.46, 0.5,   up,   'firing warning up, resolved down'",
        "24, 0.48, 0.5,   up,   'resolved up, resolved down'",
        "26, 0.10, 0.5,   up,   no data dvol_24h_before no_reading_24_hours_before",
        "22, 0.10, 0.5,   ,     no data dvol_24h_before no_reading_24_hours_before",
        "24, 0.44, stale, up,   no data dvol older_than_36_hours",
        "24, 0.44,      , ,     no data dvol no_snapshot_history",
    })
    void dvolJump(int back, double before, String dvol, String firing, String found) {
        History history = Given.history(72, at -> at == back ? Given.dvol(at, before) : null);
        Overview overview = overview(ok(0.3), ok(0.5), ok(0.4), ok(0.1), figure(dvol));
        assertEquals(found, found(VolRules.dvolJump(overview, history, NOW), Kind.DVOL_JUMP, "BTC", firing));
    }

    @Test
    void ofSeveralHoursAboutADayBeforeTheNearestIsTaken() {
        History history = Given.history(72, back -> Given.dvol(back, back == 24 ? 0.44 : 0.10));
        Overview overview = overview(ok(0.3), ok(0.5), ok(0.4), ok(0.1), ok(0.5));
        assertEquals(
                "firing warning up, resolved down",
                found(VolRules.dvolJump(overview, history, NOW), Kind.DVOL_JUMP, "BTC", null));
    }
}

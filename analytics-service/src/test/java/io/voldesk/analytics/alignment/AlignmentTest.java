package io.voldesk.analytics.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.voldesk.analytics.alignment.Alignment.Context;
import io.voldesk.analytics.alignment.Alignment.Leg;
import io.voldesk.analytics.alignment.Alignment.Reading;
import io.voldesk.analytics.alignment.Alignment.Spoken;
import io.voldesk.model.OptionContract;
import io.voldesk.model.SourceAuthority;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class AlignmentTest {
    private static final Leg SOLD_CALL = new Leg(-1, "open", OptionContract.Right.C);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/hand-worked/alignments.csv", delimiter = '|', numLinesToSkip = 1)
    void handWorked(
            String name,
            int side,
            String effect,
            OptionContract.Right right,
            Double dvol,
            Double vrp,
            String regime,
            Double skew,
            Double iv7,
            Double iv30,
            Double score,
            String label,
            int observed,
            Double confidence,
            String reason) {
        Alignment of = Alignment.of(
                new Leg(side, effect, right),
                new Context("ok", reading(dvol), reading(vrp), regime, reading(skew), iv7, iv30));
        assertEquals(label, of.label());
        assertEquals(reason, of.reason());
        assertEquals(observed, of.observedSignals());
        assertEquals(6, of.expectedSignals());
        assertEquals(effect == null, of.directionAssumed());
        if (score == null) {
            assertNull(of.score());
            assertNull(of.confidence());
        } else {
            assertEquals(score, of.score(), 1e-12);
            assertEquals(confidence, of.confidence(), 1e-12);
            assertEquals(SourceAuthority.APPROVED_PROXY, of.authority());
        }
    }

    private static Reading reading(Double value) {
        return new Reading(value, value == null ? "fewer_than_30_independent_observations" : null);
    }

    @Test
    void driversAndDetractorsAreTheSignalsThatSpokeTheStrongestFirst() {
        Alignment of = Alignment.of(
                SOLD_CALL, new Context("ok", reading(0.75), reading(1.0), "negative", reading(0.4), null, 0.6));
        assertEquals(List.of(new Spoken("vrp_percentile", 10), new Spoken("dvol_percentile", 5)), of.drivers());
        assertEquals(
                List.of("gamma_regime", "skew_rank"),
                of.detractors().stream().map(Spoken::signal).toList());
        assertEquals("short_vol", of.direction());
        assertEquals(
                List.of("regime_trust_not_sourced", "no_term_structure_at_hour"),
                of.signals().stream()
                        .map(Alignment.Signal::reason)
                        .filter(r -> r != null)
                        .toList());
    }

    /** 90 days have 2,160 hours; 1,728 of them are 80 %. */
    @Test
    void aRankOverTooFewDaysOrHoursIsAbsentWithTheReason() {
        assertEquals(new Reading(0.9, null), Reading.ranked(0.9, 1_728, 72));
        assertEquals(new Reading(null, "coverage_below_80_percent"), Reading.ranked(0.9, 1_727, 72));
        assertEquals(new Reading(null, "fewer_than_30_independent_observations"), Reading.ranked(0.9, 696, 29));
        assertEquals(new Reading(null, "no_reading_at_hour"), Reading.ranked(null, 2_000, 84));
        assertEquals(new Reading(null, "fewer_than_30_independent_observations"), Reading.ranked(null, null, null));
    }

    @Test
    void aContextThatCannotBeUsedIsNone() {
        var stale = new Context("stale", reading(0.9), reading(0.9), "positive", reading(0.9), 0.6, 0.5);
        assertEquals("context_stale", Alignment.of(SOLD_CALL, stale).reason());
        assertEquals("no_context", Alignment.of(SOLD_CALL, null).reason());
        assertEquals("unavailable", Alignment.of(SOLD_CALL, null).label());
    }
}

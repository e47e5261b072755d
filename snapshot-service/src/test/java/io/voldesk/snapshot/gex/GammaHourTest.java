package io.voldesk.snapshot.gex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.model.QualityState;
import io.voldesk.quant.Black76;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What meets what in an hour of gamma. */
class GammaHourTest {
    private static final Instant AT = Instant.parse("2026-06-01T05:00:00Z");
    private static final Instant EXPIRY = Instant.parse("2026-06-26T08:00:00Z");
    private static final Contract CALL = new Contract(EXPIRY, 100, "C");
    private static final Contract PUT = new Contract(EXPIRY, 95, "P");
    private static final double YEARS = Duration.between(AT, EXPIRY).toSeconds() / (365.0 * 86_400);

    private static DealerRow row(Contract contract, Double inventory, Double level) {
        return new DealerRow(AT, contract, inventory, level, 100, 7);
    }

    private static Surface surface(Instant at) {
        double days = Duration.between(at, EXPIRY).toSeconds() / 86_400.0;
        var points = List.of(
                new SurfaceSlice.Point("deltaPut25", 0.75, -0.1, 0.6, 1),
                new SurfaceSlice.Point("atm", 0.5, 0, 0.5, 1),
                new SurfaceSlice.Point("deltaCall25", 0.25, 0.1, 0.5, 1));
        return new Surface("BTC", at, 100.0, List.of(new SurfaceSlice(EXPIRY, days, 101, "vendor_forward", points)), 1);
    }

    private static double gex(double inventory, double strike, double vol, double forward) {
        return inventory * Black76.gamma(forward, strike, YEARS, vol) * (forward / 100) * 100 * 100 * 0.01;
    }

    @Test
    void theMarkVolOfTheHourComesBeforeTheSurface() {
        var chain = new HourChain(AT, Map.of(CALL, new HourChain.Quote(0.8, 102.0, 5.0)));
        GammaHour hour = GammaHour.of(List.of(row(CALL, 10.0, 1e-4), row(PUT, -4.0, null)), chain, surface(AT));
        double put = gex(-4, 95, surface(AT).slices().getFirst().volAt(Math.log(95 / 101.0)), 101);
        assertEquals(gex(10, 100, 0.8, 102) + put, hour.net(), 1e-12);
        assertEquals(put, hour.put(), 1e-12);
        assertEquals(1e-4 * 100 * 100 * 0.01, hour.vendorNet(), 1e-15);
        assertEquals(new GammaHour.Counts(1, 1, 0, Map.of()), hour.counts());
        assertEquals(QualityState.OK, hour.quality());
        assertEquals(1e-5 / Math.sqrt(12) * Math.sqrt(116) * 100, hour.roundingBand(), 1e-12);
    }

    @Test
    void whereInventoryIsMissingOpenInterestStandsIn() {
        var chain = new HourChain(
                AT, Map.of(CALL, new HourChain.Quote(0.8, 102.0, 5.0), PUT, new HourChain.Quote(0.7, 102.0, 3.0)));
        Contract unknown = new Contract(EXPIRY, 90, "P");
        GammaHour hour = GammaHour.of(
                List.of(row(CALL, null, null), row(PUT, null, null), row(unknown, null, null)), chain, surface(AT));
        assertEquals(gex(5, 100, 0.8, 102), hour.call(), 1e-12);
        assertEquals(gex(-3, 95, 0.7, 102), hour.put(), 1e-12);
        assertEquals(new GammaHour.Counts(2, 0, 2, Map.of("no_inventory", 1)), hour.counts());
        assertEquals(QualityState.DEGRADED, hour.quality());
        assertEquals("instruments_left_out", hour.qualityReason());
        assertNull(hour.vendorNet());
        assertEquals(0, hour.roundingBand(), "nothing was rounded");
    }

    @Test
    void inputsOfTwoMomentsAreNotPutTogether() {
        Instant before = AT.minus(Duration.ofMinutes(61));
        var chain = new HourChain(AT.minus(Duration.ofHours(1)), Map.of(CALL, new HourChain.Quote(0.8, 102.0, 5.0)));
        GammaHour hour = GammaHour.of(List.of(row(CALL, 10.0, 1e-4)), chain, surface(before));
        assertNull(hour.net());
        assertNull(hour.regime());
        assertEquals(QualityState.MISSING, hour.quality());
        assertEquals("inputs_apart: inventories of " + AT + ", surface of " + before, hour.flipReason());
        assertEquals(Map.of("inputs_apart", 1), hour.counts().leftOut());
        assertEquals(1.0, hour.vendorNet() * 100, 1e-12, "the vendor's own sum needs no vol of ours");
        // an hour old is still of the moment; one from later never is
        assertEquals(
                1,
                GammaHour.of(List.of(row(CALL, 10.0, null)), null, surface(AT.minus(Duration.ofHours(1))))
                        .counts()
                        .bySurfaceVol());
        assertNull(GammaHour.of(List.of(row(CALL, 10.0, null)), null, surface(AT.plusSeconds(1)))
                .net());
    }

    @Test
    void theDailyDeviationIsAYardstickThatMayBeOlder() {
        var chain = new HourChain(AT, Map.of(CALL, new HourChain.Quote(0.8, 102.0, 5.0)));
        GammaHour.DailySigma ofTheHour =
                GammaHour.of(List.of(row(CALL, 10.0, null)), chain, surface(AT)).sigma();
        assertEquals(new GammaHour.DailySigma(0.5 / Math.sqrt(365), AT, 0L, null), ofTheHour);
        Instant yesterday = AT.minus(Duration.ofHours(24));
        GammaHour.DailySigma old = GammaHour.of(List.of(row(PUT, 10.0, null)), null, surface(yesterday))
                .sigma();
        assertEquals(new GammaHour.DailySigma(0.5 / Math.sqrt(365), yesterday, 86_400L, null), old);
        GammaHour.DailySigma tooOld = GammaHour.of(
                        List.of(row(CALL, 10.0, null)), null, surface(AT.minus(Duration.ofDays(8))))
                .sigma();
        assertNull(tooOld.value());
        assertEquals("older_than_7_days", tooOld.reason());
        assertEquals(
                "no_surface_or_chain_stored",
                GammaHour.of(List.of(row(CALL, 10.0, null)), null, null).sigma().reason());
        assertEquals(
                0.8 / Math.sqrt(365),
                GammaHour.of(List.of(row(CALL, 10.0, null)), chain, null)
                        .sigma()
                        .value(),
                1e-15);
    }

    @Test
    void anExpiredInstrumentIsLeftOutWithoutHarm() {
        Contract gone = new Contract(AT, 100, "C");
        GammaHour hour = GammaHour.of(List.of(row(CALL, 10.0, null), row(gone, 3.0, null)), null, surface(AT));
        assertEquals(QualityState.OK, hour.quality());
        assertEquals(Map.of("expired", 1), hour.counts().leftOut());
        assertTrue(hour.net() > 0);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "5, 1, 120, 0.03, positive",
                "-5, 1, 120, 0.03, negative",
                "0.9, 1, 120, 0.03, undetermined",
                "-1, 1, 120, 0.03, undetermined",
                "5, 1, 102.9, 0.03, near_flip",
                "0.5, 1, 97.1, 0.03, near_flip",
                "5, 1, -, 0.03, positive",
                "5, 1, -, -, positive",
                "5, 1, 120, -, undetermined"
            })
    void theRegime(double net, double band, Double flip, Double sigma, String regime) {
        List<Double> flips = flip == null ? List.of() : List.of(80.0, flip);
        assertEquals(regime, GammaHour.regime(net, band, 100, flips, sigma));
    }
}

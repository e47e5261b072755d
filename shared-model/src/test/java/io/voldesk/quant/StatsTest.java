package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatsTest {
    @Test
    void regressionQuantilesAndRanks() {
        var line = Stats.regress(new double[] {1, 2, 3, 4}, new double[] {3, 5, 7, 9})
                .orElseThrow();
        assertEquals(2, line.slope(), 1e-15);
        assertEquals(1, line.intercept(), 1e-14);
        assertEquals(1, line.rSquared(), 1e-15);
        assertEquals(2.5, Stats.quantile(new double[] {4, 1, 3, 2}, 0.5));
        assertEquals(0.625, Stats.rank(new double[] {1, 2, 3, 4}, 3));
    }

    @Test
    void aLongCallBelowAndAShortPutAboveFlipBetweenThem() {
        double spot = 100;
        var positions = List.of(
                new GammaProfile.Position(85, 0.1, 0.5, -1000, 1), new GammaProfile.Position(115, 0.1, 0.5, 1000, 1));
        GammaProfile profile = GammaProfile.of(positions, spot, 120);
        double flip = profile.nearestFlip(spot);
        assertTrue(flip > 90 && flip < 110, () -> "flip at " + flip);
        assertEquals(
                profile.gex()[60],
                GammaProfile.byStrike(positions, spot).stream()
                        .mapToDouble(GammaProfile.Level::gex)
                        .sum(),
                1e-6);
    }

    @Test
    void aFlatSmileIsLognormal() {
        Smile flat = new SviSlice(0.25, 50_000, 0.04, 0, 0, 0, 0.1);
        DensityCurve curve = DensityCurve.of(flat, 2000);
        assertEquals(1, curve.area(), 1e-9);
        assertEquals(1, curve.meanOverForward(), 1e-6);
        assertEquals(NormalDistribution.cdf(0.1), flat.massBelow(0), 1e-15);
        assertEquals(NormalDistribution.cdf(0.1), curve.between(-9, 0).mass(), 1e-6);
    }

    /** With clusters of one the interval is Student's: 15.5 ± 2.045230 · 8.803408 / √30. */
    @Test
    void aClusteredIntervalOfSinglesIsStudents() {
        double[] x =
                java.util.stream.IntStream.rangeClosed(1, 30).asDoubleStream().toArray();
        long[] one = new long[30];
        java.util.Arrays.fill(one, 1);
        double[] interval = Stats.clusteredMeanInterval(x, one);
        assertEquals(15.5 - 3.287247, interval[0], 1e-5);
        assertEquals(15.5 + 3.287247, interval[1], 1e-5);
    }

    /** Each value twice in its cluster tells no more than once: an interval of independent values would be narrower by √2. */
    @Test
    void repeatingAValueWithinItsClusterDoesNotNarrowTheInterval() {
        double[] once = Stats.clusteredMeanInterval(new double[] {1, 2, 6}, new long[] {1, 1, 1});
        double[] twice = Stats.clusteredMeanInterval(new double[] {2, 4, 12}, new long[] {2, 2, 2});
        assertEquals(once[0], twice[0], 1e-12);
        assertEquals(once[1], twice[1], 1e-12);
    }
}

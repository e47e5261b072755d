package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
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

    /** A mean that does not fit a double leaves crumbs behind; they are not a slope. */
    @Test
    void whatDoesNotVaryHasNoRegression() {
        double[] flat = new double[48];
        Arrays.fill(flat, 0.1);
        double[] some = IntStream.range(0, 48).mapToDouble(i -> i % 5).toArray();
        assertFalse(Stats.varies(flat));
        assertTrue(Stats.regress(flat, some).isEmpty());
        assertTrue(Stats.regress(some, flat).isEmpty());
        assertTrue(Stats.regress(new double[] {1}, new double[] {2}).isEmpty());
        double[] even = {-1, 1, -1, 1};
        double[] balanced = {-1, -1, 1, 1};
        assertEquals(0.0, Stats.regress(even, balanced).orElseThrow().slope());
        assertEquals(
                "0.0",
                String.valueOf(Stats.regress(even, new double[] {1, 1, -1, -1})
                        .orElseThrow()
                        .slope()));
    }

    @Test
    void aRegressionDoesNotMindABigMean() {
        double[] x = {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4};
        assertEquals(
                2, Stats.regress(x, new double[] {3, 5, 7, 9}).orElseThrow().slope(), 1e-15);
    }

    @Test
    void medianAndTrimmedMean() {
        assertEquals(2.5, Stats.median(new double[] {4, 1, 3, 2}));
        double[] x = {100, 1, 2, 3, 4, 5, 6, 7, 8, -50};
        assertEquals(4.5, Stats.trimmedMean(x, 0.1));
        assertEquals(Stats.mean(x), Stats.trimmedMean(x, 0.05), "half a value is not cut");
        assertThrows(IllegalArgumentException.class, () -> Stats.trimmedMean(x, 0.5));
    }

    /**
     * Benjamini and Hochberg by hand, m = 5: 0.001·5/1 = 0.005; 0.008·5/2 = 0.02; 0.039·5/3 = 0.065 but no more than the next;
     * 0.041·5/4 = 0.05125; 0.27·5/5.
     */
    @Test
    void falseDiscoveryRates() {
        double[] q = Stats.falseDiscovery(new double[] {0.039, 0.001, 0.27, 0.041, 0.008});
        double[] expected = {0.05125, 0.005, 0.27, 0.05125, 0.02};
        for (int i = 0; i < 5; i++) {
            assertEquals(expected[i], q[i], 1e-15);
        }
        assertEquals(0, Stats.falseDiscovery(new double[0]).length);
    }

    @Test
    void aWeightedClusteredIntervalIsThatOfTheRatio() {
        double[] counted = Stats.clusteredMeanInterval(new double[] {3, 9, 4}, new long[] {1, 3, 2});
        double[] weighted = Stats.clusteredMeanInterval(new double[] {6, 18, 8}, new double[] {2, 6, 4});
        assertEquals(counted[0], weighted[0], 1e-12);
        assertEquals(counted[1], weighted[1], 1e-12);
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
        double[] x = IntStream.rangeClosed(1, 30).asDoubleStream().toArray();
        long[] one = new long[30];
        Arrays.fill(one, 1);
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

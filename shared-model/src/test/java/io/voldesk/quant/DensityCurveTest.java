package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DensityCurveTest {
    private static final double[] CUTS = {
        Double.NEGATIVE_INFINITY, -2, -0.6, -0.1, 0, 0.15, 0.9, 2.5, Double.POSITIVE_INFINITY
    };

    static Stream<Smile> smiles() {
        Smile near = new SviSlice(30 / 365.0, 98, 0.01, 0.08, -0.2, 0.01, 0.12);
        Smile year = new SviSlice(1, 100, 0.12, 0.3, -0.25, 0.05, 0.4);
        return Stream.of(
                new SviSlice(1, 100, 0.49, 0, 0, 0, 1), year, near, new InterpolatedSmile(near, year, 90 / 365.0));
    }

    @ParameterizedTest
    @MethodSource("smiles")
    void partsAddUpToOneAndTheirMeansToTheForward(Smile smile) {
        DensityCurve curve = DensityCurve.of(smile, 2_000);
        assertTrue(curve.least() >= 0, "the smile is free of butterfly arbitrage");
        double mass = 0;
        double mean = 0;
        for (int i = 0; i + 1 < CUTS.length; i++) {
            DensityCurve.Part part = curve.between(CUTS[i], CUTS[i + 1]);
            assertTrue(part.mass() >= 0);
            if (part.mass() > 0) {
                mass += part.mass();
                mean += part.mass() * part.meanOverForward();
                assertTrue(part.meanOverForward() >= Math.exp(CUTS[i]) - 1e-12);
                assertTrue(part.meanOverForward() <= Math.exp(CUTS[i + 1]) + 1e-12);
            }
        }
        assertEquals(1, mass, 1e-14);
        assertEquals(1, mean, 1e-14);
        DensityCurve.Part whole = curve.between(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertEquals(1, whole.mass());
        assertEquals(1, whole.meanOverForward());
    }

    /** The closed forms against Simpson's rule over the density. */
    @ParameterizedTest
    @MethodSource("smiles")
    void massAndMeanAreTheDensitysIntegrals(Smile smile) {
        DensityCurve curve = DensityCurve.of(smile, 2_000);
        double sd = Math.sqrt(smile.w(0));
        for (double[] cut : new double[][] {{-9, -4}, {-4, -1}, {-1, 0.3}, {0.3, 2}, {2, 6}, {4, 9}}) {
            double from = cut[0] * sd;
            double to = cut[1] * sd;
            double mass = simpson(smile::density, from, to);
            double share = simpson(k -> Math.exp(k) * smile.density(k), from, to);
            DensityCurve.Part part = curve.between(from, to);
            String what = smile + " " + cut[0];
            assertEquals(1, part.mass() / mass, 1e-8, what);
            assertEquals(share / mass, part.meanOverForward(), 1e-7 * part.meanOverForward(), what);
        }
    }

    @ParameterizedTest
    @MethodSource("smiles")
    void aQuantileHasItsMassBelowIt(Smile smile) {
        DensityCurve curve = DensityCurve.of(smile, 100);
        for (int i = 0; i < CUTS.length; i++) {
            for (int j = i + 1; j < CUTS.length; j++) {
                double whole = curve.between(CUTS[i], CUTS[j]).mass();
                for (double p : new double[] {1e-9, 0.05, 0.5, 0.95, 1 - 1e-9}) {
                    if (whole > 1e-12) {
                        double k = curve.quantile(CUTS[i], CUTS[j], p);
                        double share = p < 0.5
                                ? curve.between(CUTS[i], k).mass() / whole - p
                                : 1 - p - curve.between(k, CUTS[j]).mass() / whole;
                        assertEquals(0, share, 1e-15 / whole + 1e-13, smile + " " + CUTS[i] + " " + CUTS[j] + " " + p);
                    }
                }
            }
        }
    }

    /** A mass of 1e-25 far to the right is there, with its mean; a grid of ±8 deviations would have cut it off. */
    @Test
    void theTailBeyondTheGridCounts() {
        DensityCurve flat = DensityCurve.of(new SviSlice(1, 100, 0.04, 0, 0, 0, 1), 100);
        DensityCurve.Part tail = flat.between(2, Double.POSITIVE_INFINITY);
        Golden.near(NormalDistribution.cdf(-10.1), tail.mass(), 1e-12, "mass");
        Golden.near(
                NormalDistribution.cdf(-9.9) / NormalDistribution.cdf(-10.1), tail.meanOverForward(), 1e-12, "mean");
        assertTrue(flat.quantile(2, Double.POSITIVE_INFINITY, 0.5) > 2);
    }

    @Test
    void whereAButterflyCostsLessThanNothingThereIsNoMass() {
        String[] row = Golden.rows("svi.csv").getFirst();
        var vogt = new SviSlice(
                1,
                100,
                Golden.number(row[1]),
                Golden.number(row[2]),
                Golden.number(row[4]),
                Golden.number(row[3]),
                Golden.number(row[5]));
        assertTrue(vogt.g(0.8) < 0, "Vogt's parameters allow butterfly arbitrage");
        DensityCurve curve = DensityCurve.of(vogt, 2_000);
        DensityCurve.Part part = curve.between(0.79, 0.81);
        assertEquals(0, part.mass());
        assertTrue(Double.isNaN(part.meanOverForward()));
        assertTrue(Double.isNaN(curve.quantile(0.79, 0.81, 0.5)));
    }

    private static double simpson(DoubleUnaryOperator f, double from, double to) {
        int n = 4_000;
        double step = (to - from) / n;
        double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
        for (int i = 1; i < n; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * f.applyAsDouble(from + i * step);
        }
        return sum * step / 3;
    }
}

package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TouchTest {
    private static final double MONTH = 30 / 365.0;

    @Test
    void theLevelItselfIsTouchedAndAStrongDriftReachesWhatItPointsAt() {
        assertEquals(1, Touch.probability(100, 100, 1, 0.5, 0.3));
        // e^{2νb/σ²} is e^{4,000} and Φ beside it e^{−4,000,000}: their product must not be NaN
        assertEquals(1, Touch.probability(100, 150, 1, 0.02, 2), 1e-15);
        assertEquals(0, Touch.probability(100, 50, 1, 0.02, 2), 1e-300);
    }

    @Test
    void touchingIsAtLeastAsLikelyAsFinishingBeyond() {
        for (double carry : new double[] {-1, -0.2, 0, 0.2, 1}) {
            for (double level = 40; level < 250; level += 3.7) {
                double forward = 100 * Math.exp(carry * MONTH);
                Smile flat = new SviSlice(MONTH, forward, 0.64 * MONTH, 0, 0, 0, 1);
                double k = Math.log(level / forward);
                double beyond = level > 100 ? flat.massAbove(k) : flat.massBelow(k);
                double touch = Touch.probability(100, level, MONTH, 0.8, carry);
                assertTrue(touch >= beyond && touch <= 1, level + " " + carry);
            }
        }
    }

    static Stream<Arguments> corridors() {
        return Stream.of(
                Arguments.of(69_753, 65_000, 86_000, MONTH, 0.65, 0.0),
                Arguments.of(60_000, 52_000, 68_000, MONTH, 0.576, 0.24),
                Arguments.of(100, 60, 160, MONTH, 0.8, -0.5),
                Arguments.of(100, 95, 108, MONTH, 0.8, 0.3),
                Arguments.of(100, 80, 140, 1, 0.2, 0.1),
                Arguments.of(100, 99, 200, 0.25, 0.5, -0.2));
    }

    /** The images against the backward equation, solved by Crank and Nicolson's scheme with both barriers absorbing. */
    @ParameterizedTest
    @MethodSource("corridors")
    void eitherBarrierSolvesTheBackwardEquation(
            double spot, double low, double high, double years, double vol, double carry) {
        assertEquals(
                crankNicolson(spot, low, high, years, vol, carry),
                Touch.either(spot, low, high, years, vol, carry),
                2e-6);
    }

    @ParameterizedTest
    @MethodSource("corridors")
    void eitherIsAtLeastTheLikelierAndAtMostTheSum(
            double spot, double low, double high, double years, double vol, double carry) {
        double down = Touch.probability(spot, low, years, vol, carry);
        double up = Touch.probability(spot, high, years, vol, carry);
        double either = Touch.either(spot, low, high, years, vol, carry);
        assertTrue(either >= Math.max(down, up) - 1e-15 && either <= down + up + 1e-15);
    }

    /** Where the sum of both touches says 0.963, the corridor is left with 0.9014. */
    @Test
    void aStranglesTouchIsNotTheSumOfItsLegs() {
        double vol = 0.649054395317177;
        double sum =
                Touch.probability(69_753, 65_000, MONTH, vol, 0) + Touch.probability(69_753, 86_000, MONTH, vol, 0);
        assertEquals(0.963, sum, 1e-9);
        assertEquals(0.901, Touch.either(69_753, 65_000, 86_000, MONTH, vol, 0), 5e-4);
    }

    @Test
    void aBarrierOutOfReachLeavesTheOtherAlone() {
        double single = Touch.probability(100, 130, MONTH, 0.8, 0.2);
        assertEquals(single, Touch.either(100, 0, 130, MONTH, 0.8, 0.2));
        assertEquals(single, Touch.either(100, 1e-6, 130, MONTH, 0.8, 0.2), 1e-15);
        double lower = Touch.probability(100, 70, MONTH, 0.8, 0.2);
        assertEquals(lower, Touch.either(100, 70, Double.POSITIVE_INFINITY, MONTH, 0.8, 0.2));
        assertEquals(lower, Touch.either(100, 70, 1e9, MONTH, 0.8, 0.2), 1e-15);
        assertEquals(1, Touch.either(100, 100, 130, MONTH, 0.8, 0.2));
        assertEquals(1, Touch.either(100, 70, 99, MONTH, 0.8, 0.2));
    }

    /** Two series for one number: images on the one side of the seam, eigenfunctions on the other. */
    @Test
    void bothSeriesMeetWhereTheyTakeTurns() {
        for (double carry : new double[] {-3, -0.3, 0, 0.3, 3}) {
            double[] around = {0.5 - 1e-9, 0.5 + 1e-9};
            double[] touched = Arrays.stream(around)
                    .map(half -> Touch.either(100, 100 * Math.exp(-half), 100 * Math.exp(half), 1, 1, carry))
                    .toArray();
            assertEquals(touched[0], touched[1], 1e-8, "carry " + carry);
        }
        assertEquals(1, Touch.either(100, 99, 101, 1, 2, 0.1), 1e-15);
    }

    /** Of an event that hardly happens all digits stand: its probability is that of either barrier alone, added. */
    @Test
    void aTinyProbabilityKeepsItsDigits() {
        double down = Touch.probability(100, 50, MONTH, 0.3, 0.1);
        double up = Touch.probability(100, 210, MONTH, 0.3, 0.1);
        assertTrue(up < 1e-15 && down < 1e-12);
        Golden.near(down + up, Touch.either(100, 50, 210, MONTH, 0.3, 0.1), 1e-13, "either");
    }

    private static double crankNicolson(double spot, double low, double high, double years, double vol, double carry) {
        int cells = 1_600;
        int steps = 1_600;
        double dx = Math.log(high / low) / cells;
        double drift = carry - vol * vol / 2;
        double[] u = new double[cells + 1];
        u[0] = 1;
        u[cells] = 1;
        for (int step = 0; step < steps; step++) {
            // the first steps fully implicit, in quarters (Rannacher), as the corners jump
            boolean first = step < 4;
            for (int part = 0; part < (first ? 4 : 1); part++) {
                double dt = years / steps / (first ? 4 : 1);
                step(u, dt, vol * vol / 2 / (dx * dx), drift / (2 * dx), first ? 1 : 0.5);
            }
        }
        double at = Math.log(spot / low) / dx;
        int i = Math.clamp((int) at, 1, cells - 2);
        double f = at - i;
        return u[i - 1] * -f * (f - 1) * (f - 2) / 6
                + u[i] * (f + 1) * (f - 1) * (f - 2) / 2
                + u[i + 1] * -(f + 1) * f * (f - 2) / 2
                + u[i + 2] * (f + 1) * f * (f - 1) / 6;
    }

    /** One step of the tridiagonal system, by Thomas' elimination. */
    private static void step(double[] u, double dt, double diffusion, double advection, double implicit) {
        int n = u.length - 1;
        double up = diffusion + advection;
        double down = diffusion - advection;
        double[] ratio = new double[n + 1];
        double[] value = new double[n + 1];
        value[0] = u[0];
        for (int i = 1; i < n; i++) {
            double change = up * u[i + 1] - 2 * diffusion * u[i] + down * u[i - 1];
            double right = u[i] + (1 - implicit) * dt * change;
            double lower = -implicit * dt * down;
            double pivot = 1 + implicit * dt * 2 * diffusion - lower * ratio[i - 1];
            ratio[i] = -implicit * dt * up / pivot;
            value[i] = (right - lower * value[i - 1]) / pivot;
        }
        for (int i = n - 1; i >= 1; i--) {
            u[i] = value[i] - ratio[i] * u[i + 1];
        }
    }
}

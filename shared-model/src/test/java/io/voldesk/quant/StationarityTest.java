package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.quant.Stationarity.Joint;
import io.voldesk.quant.Stationarity.NoVariation;
import io.voldesk.quant.Stationarity.Tested;
import io.voldesk.quant.Stationarity.TooFewObservations;
import io.voldesk.quant.Stationarity.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StationarityTest {
    private static final MathContext DIGITS = new MathContext(60);

    /** The whole procedure once more, by normal equations at 60 digits. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9, 1})
    void adfIsWhatSixtyDigitsSay(double phi) {
        double[] x = autoregression(phi, 120, new Random(8), 3);
        int most = (int) Math.ceil(12 * Math.pow(1.2, 0.25));
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int lags = 0; lags <= most; lags++) {
            double aic = exact(x, lags, most)[1];
            if (aic < least) {
                least = aic;
                best = lags;
            }
        }
        Tested tested = assertInstanceOf(Tested.class, Stationarity.adf(x));
        assertEquals(best, tested.lags());
        Golden.near(exact(x, best, best)[0], tested.statistic(), 1e-10, "t");
    }

    /** MacKinnon's asymptotic values, −3.430, −2.862 and −2.567, moved by some 5,000 observations. */
    @Test
    void criticalValuesTendToTheirAsymptotes() {
        Tested large = assertInstanceOf(Tested.class, Stationarity.adf(autoregression(0.5, 5_000, new Random(1), 0)));
        assertEquals(-3.4317, large.critical()[0], 2e-4);
        assertEquals(-2.8621, large.critical()[1], 2e-4);
        assertEquals(-2.5671, large.critical()[2], 2e-4);
    }

    /** The long-run variance as the quadratic form it is: Σᵢ Σⱼ max(0, 1 − |i − j|/S)·eᵢ·eⱼ ÷ n. */
    @ParameterizedTest
    @ValueSource(doubles = {-0.9, 0, 0.5, 0.9, 1})
    void kpssIsItsDefinition(double phi) {
        double[] x = autoregression(phi, 300, new Random(4), 40);
        int n = x.length;
        double mean = Arrays.stream(x).average().orElseThrow();
        double[] e = Arrays.stream(x).map(v -> v - mean).toArray();
        double lagged = 0;
        double before = 0;
        for (int i = 1; i < n; i++) {
            lagged += e[i] * e[i - 1];
            before += e[i - 1] * e[i - 1];
        }
        double rho = Math.max(-0.97, Math.min(0.97, lagged / before));
        double alpha = 4 * rho * rho / Math.pow((1 - rho) * (1 + rho), 2);
        double bandwidth = 1.1447 * Math.pow(alpha * n, 1 / 3.0);
        double longRun = 0;
        double partial = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                longRun += i == j ? e[i] * e[i] : Math.max(0, 1 - Math.abs(i - j) / bandwidth) * e[i] * e[j];
            }
            partial += e[i];
            squares += partial * partial;
        }
        Tested tested = assertInstanceOf(Tested.class, Stationarity.kpss(x));
        Golden.near(bandwidth, tested.lags(), 1e-9, "bandwidth");
        Golden.near(squares / n / longRun, tested.statistic(), 1e-9, "statistic");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e5, 1e6})
    void neitherUnitNorMeanMatters(double mean) {
        double[] x = autoregression(0.5, 2_160, new Random(3), 0);
        for (double scale : new double[] {1e-6, 1, -1e6}) {
            double[] moved = Arrays.stream(x).map(v -> scale * (v + mean)).toArray();
            for (int test = 0; test < 2; test++) {
                Tested here = (Tested) (test == 0 ? Stationarity.adf(x) : Stationarity.kpss(x));
                Tested there = (Tested) (test == 0 ? Stationarity.adf(moved) : Stationarity.kpss(moved));
                Golden.near(here.statistic(), there.statistic(), 1e-8, here.test() + " at " + mean + " × " + scale);
                Golden.near(here.lags(), there.lags(), 1e-8, "lags");
            }
        }
    }

    static Stream<double[]> degenerate() {
        double[] late = constant();
        late[99] = 6;
        double[] early = constant();
        early[0] = 6;
        double[] crumbs = new double[100];
        Arrays.fill(crumbs, 0.1);
        crumbs[7] = Math.nextUp(0.1);
        int[] pattern = {1, 1, 0, 1, 1, 0, 0, 0, 1, 0};
        return Stream.of(
                constant(),
                late,
                early,
                crumbs,
                IntStream.range(0, 100).mapToDouble(i -> i % 2).toArray(),
                IntStream.range(0, 100).mapToDouble(i -> i % 7).toArray(),
                IntStream.range(0, 100).mapToDouble(i -> pattern[i % 10]).toArray(),
                IntStream.range(0, 100).mapToDouble(i -> i).toArray(),
                IntStream.range(0, 48)
                        .mapToDouble(i -> i == 0 ? 14.1e6 : 12.5e6)
                        .toArray(),
                IntStream.range(0, 100).mapToDouble(i -> Math.sin(0.3 * i)).toArray());
    }

    private static double[] constant() {
        double[] x = new double[100];
        Arrays.fill(x, 5);
        return x;
    }

    @ParameterizedTest
    @MethodSource("degenerate")
    void aSeriesWithoutChanceInItHasNoStatistic(double[] x) {
        Stationarity adf = Stationarity.adf(x);
        Stationarity kpss = Stationarity.kpss(x);
        assertEquals(new NoVariation("adf", x.length), adf);
        assertEquals(new NoVariation("kpss", x.length), kpss);
        assertEquals(Joint.NO_VARIATION, Stationarity.joint(adf, kpss));
    }

    @Test
    void fewerThanThirtyIsItsOwnOutcome() {
        double[] x = autoregression(0, 29, new Random(1), 0);
        assertEquals(new TooFewObservations("adf", 29), Stationarity.adf(x));
        assertEquals(Joint.TOO_FEW_OBSERVATIONS, Stationarity.joint(Stationarity.adf(x), Stationarity.kpss(x)));
        assertInstanceOf(Tested.class, Stationarity.adf(autoregression(0, 30, new Random(1), 0)));
    }

    @Test
    void thePairsVerdict() {
        assertEquals(Joint.STATIONARY, joint(Verdict.STATIONARY, Verdict.STATIONARY));
        assertEquals(Joint.UNIT_ROOT, joint(Verdict.NOT_STATIONARY, Verdict.NOT_STATIONARY));
        assertEquals(Joint.INCONCLUSIVE, joint(Verdict.STATIONARY, Verdict.NOT_STATIONARY));
        assertEquals(Joint.INCONCLUSIVE, joint(Verdict.NOT_STATIONARY, Verdict.STATIONARY));
        assertEquals(Joint.NEAR_UNIT_ROOT, joint(Verdict.STATIONARY, Verdict.NEAR_UNIT_ROOT));
        assertEquals(Joint.NEAR_UNIT_ROOT, joint(Verdict.NOT_STATIONARY, Verdict.NEAR_UNIT_ROOT));
    }

    private static Joint joint(Verdict adf, Verdict kpss) {
        double[] critical = {0, 0, 0};
        return Stationarity.joint(
                new Tested("adf", 0, 0, critical, 99, adf), new Tested("kpss", 0, 0, critical, 99, kpss));
    }

    /**
     * At nominal 5 %, n = 2,160: the KPSS statistic rejects at most 9 % of stationary series, however persistent (40,000 replications at
     * φ = 0.97 put its size at 7.95 %).
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9, 0.95, 0.97})
    void kpssHoldsItsSize(double phi) {
        Random random = new Random(1);
        int replications = 4_000;
        int rejected = 0;
        int denied = 0;
        for (int r = 0; r < replications; r++) {
            Tested tested = Kpss.test(Stats.standardised(autoregression(phi, 2_160, random, 0)));
            rejected += tested.rejects() ? 1 : 0;
            denied += tested.verdict() == Verdict.NOT_STATIONARY ? 1 : 0;
        }
        assertTrue(rejected <= 0.09 * replications, phi + ": " + rejected);
        assertTrue(denied <= rejected, "a verdict never rejects what the statistic does not");
    }

    /** Its statistic still tells a random walk, of which the verdict says no more than that it is near a unit root. */
    @Test
    void kpssKeepsItsPowerAgainstARandomWalk() {
        Random random = new Random(65);
        int replications = 400;
        int rejected = 0;
        int near = 0;
        int kept = 0;
        for (int r = 0; r < replications; r++) {
            double[] walk = autoregression(1, 2_160, random, 0);
            Tested kpss = (Tested) Stationarity.kpss(walk);
            rejected += kpss.rejects() ? 1 : 0;
            near += kpss.verdict() == Verdict.NEAR_UNIT_ROOT ? 1 : 0;
            kept += ((Tested) Stationarity.adf(walk)).rejects() ? 0 : 1;
        }
        assertTrue(rejected >= 0.65 * replications, "KPSS rejects " + rejected);
        assertTrue(near >= 0.99 * replications, "near a unit root " + near);
        assertTrue(kept >= 0.91 * replications, "ADF keeps " + kept);
    }

    private static double[] autoregression(double phi, int n, Random random, double mean) {
        double[] x = new double[n];
        double value = phi < 1 ? random.nextGaussian() / Math.sqrt(1 - phi * phi) : 0;
        for (int i = 0; i < n; i++) {
            x[i] = mean + value;
            value = phi * value + random.nextGaussian();
        }
        return x;
    }

    /** The t of the level and the AIC. */
    private static double[] exact(double[] x, int lags, int reserve) {
        int k = lags + 2;
        int n = x.length - 1 - reserve;
        BigDecimal[][] rows = new BigDecimal[n][k + 1];
        for (int i = 0; i < n; i++) {
            int t = i + reserve + 1;
            rows[i][0] = BigDecimal.ONE;
            rows[i][1] = new BigDecimal(x[t - 1]);
            for (int lag = 1; lag <= lags; lag++) {
                rows[i][lag + 1] = new BigDecimal(x[t - lag]).subtract(new BigDecimal(x[t - lag - 1]));
            }
            rows[i][k] = new BigDecimal(x[t]).subtract(new BigDecimal(x[t - 1]));
        }
        // [X′X | X′y | e₁], then elimination: the last two columns become the coefficients and (X′X)⁻¹e₁
        BigDecimal[][] a = new BigDecimal[k][k + 2];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= k; j++) {
                BigDecimal sum = BigDecimal.ZERO;
                for (BigDecimal[] row : rows) {
                    sum = sum.add(row[i].multiply(row[j], DIGITS), DIGITS);
                }
                a[i][j] = sum;
            }
            a[i][k + 1] = i == 1 ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        for (int p = 0; p < k; p++) {
            for (int i = 0; i < k; i++) {
                if (i != p) {
                    BigDecimal factor = a[i][p].divide(a[p][p], DIGITS);
                    for (int j = p; j < k + 2; j++) {
                        a[i][j] = a[i][j].subtract(factor.multiply(a[p][j], DIGITS), DIGITS);
                    }
                }
            }
        }
        BigDecimal[] beta = new BigDecimal[k];
        for (int i = 0; i < k; i++) {
            beta[i] = a[i][k].divide(a[i][i], DIGITS);
        }
        BigDecimal residual = BigDecimal.ZERO;
        for (BigDecimal[] row : rows) {
            BigDecimal e = row[k];
            for (int j = 0; j < k; j++) {
                e = e.subtract(beta[j].multiply(row[j], DIGITS), DIGITS);
            }
            residual = residual.add(e.multiply(e, DIGITS), DIGITS);
        }
        double rss = residual.doubleValue();
        double error =
                Math.sqrt(rss / (n - k) * a[1][k + 1].divide(a[1][1], DIGITS).doubleValue());
        return new double[] {beta[1].doubleValue() / error, n * Math.log(rss / n) + 2 * k};
    }
}

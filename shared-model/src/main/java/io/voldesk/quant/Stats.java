package io.voldesk.quant;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.distribution.continuous.TDistribution;

/** Small statistics the analytics are built from. Arrays hold known values only: whoever calls leaves the others out. */
public final class Stats {
    private Stats() {}

    public static double mean(double[] x) {
        return Arrays.stream(x).sum() / x.length;
    }

    /** Sample standard deviation (n − 1). */
    public static double deviation(double[] x) {
        double mean = mean(x);
        double sum = 0;
        for (double v : x) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / (x.length - 1));
    }

    /** Quantile by linear interpolation between order statistics (R's type 7), p in [0, 1]. */
    public static double quantile(double[] x, double p) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Share of values at or below {@code value}, ties counted half, in [0, 1]. */
    public static double rank(double[] x, double value) {
        double below = 0;
        for (double v : x) {
            below += v < value ? 1 : v == value ? 0.5 : 0;
        }
        return below / x.length;
    }

    /** @param rSquared share of variance explained; {@code correlation} has the sign of {@code slope} */
    public record Line(double intercept, double slope, double correlation, double rSquared, int n) {}

    /** Ordinary least squares of y on x with intercept. */
    public static Line regress(double[] x, double[] y) {
        double mx = mean(x);
        double my = mean(y);
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i = 0; i < x.length; i++) {
            sxx += (x[i] - mx) * (x[i] - mx);
            sxy += (x[i] - mx) * (y[i] - my);
            syy += (y[i] - my) * (y[i] - my);
        }
        double slope = sxy / sxx;
        double correlation = sxy / Math.sqrt(sxx * syy);
        return new Line(my - slope * mx, slope, correlation, correlation * correlation, x.length);
    }

    /**
     * Circular block bootstrap of the mean: 2.5 % and 97.5 % quantiles.
     *
     * @param block length of a block in observations: at least the overlap of the observations
     */
    public static double[] meanInterval(double[] x, int block, int resamples, long seed) {
        Random random = new Random(seed);
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            int taken = 0;
            while (taken < x.length) {
                int start = random.nextInt(x.length);
                for (int j = 0; j < block && taken < x.length; j++, taken++) {
                    sum += x[(start + j) % x.length];
                }
            }
            means[r] = sum / x.length;
        }
        return new double[] {quantile(means, 0.025), quantile(means, 0.975)};
    }

    /**
     * 95 % interval of a mean whose observations share what moved them within clusters (Liang and Zeger 1986, Student's t with one
     * degree fewer than there are clusters).
     *
     * @param sums of the observations by cluster, at least two; {@code counts} how many they are
     */
    public static double[] clusteredMeanInterval(double[] sums, long[] counts) {
        long n = Arrays.stream(counts).sum();
        double mean = Arrays.stream(sums).sum() / n;
        double squares = 0;
        for (int i = 0; i < sums.length; i++) {
            double apart = sums[i] - counts[i] * mean;
            squares += apart * apart;
        }
        int degrees = sums.length - 1;
        double error = Math.sqrt(squares * sums.length / degrees) / n;
        double half = new TDistribution(degrees).inverseCumulativeProbability(0.975) * error;
        return new double[] {mean - half, mean + half};
    }
}

package io.voldesk.quant;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/** Small statistics the analytics are built from. Arrays hold known values only: whoever calls leaves the others out. */
public final class Stats {
    private static final double LEAST_VARIATION = 1e-11;

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

    /** The 50 % quantile. */
    public static double median(double[] x) {
        return quantile(x, 0.5);
    }

    /**
     * Mean without the ⌊share·n⌋ least and as many greatest values.
     *
     * @param share cut from each end, in [0, 0.5)
     */
    public static double trimmedMean(double[] x, double share) {
        if (!(share >= 0 && share < 0.5)) {
            throw new IllegalArgumentException("a trimmed mean cuts a share in [0, 0.5), not " + share);
        }
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        int cut = (int) (share * sorted.length);
        return mean(Arrays.copyOfRange(sorted, cut, sorted.length - cut));
    }

    /** Whether the values differ by more than rounding: a deviation over 1e-11 of the greatest magnitude. */
    public static boolean varies(double[] x) {
        double most = 0;
        for (double v : x) {
            most = Math.max(most, Math.abs(v));
        }
        return x.length > 1 && deviation(x) > LEAST_VARIATION * most;
    }

    /** Less its mean, over its sample deviation; the series must vary. */
    static double[] standardised(double[] x) {
        double[] centred = centred(centred(x));
        double deviation = Math.sqrt(squares(centred) / (x.length - 1));
        return Arrays.stream(centred).map(v -> v / deviation).toArray();
    }

    /** A second pass takes off what the first mean's own rounding left. */
    private static double[] centred(double[] x) {
        double mean = mean(x);
        return Arrays.stream(x).map(v -> v - mean).toArray();
    }

    private static double squares(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v;
        }
        return sum;
    }

    /** @param rSquared share of variance explained; {@code correlation} has the sign of {@code slope} */
    public record Line(double intercept, double slope, double correlation, double rSquared, int n) {}

    /** Ordinary least squares of y on x with intercept; empty where x or y does not vary. */
    public static Optional<Line> regress(double[] x, double[] y) {
        if (!varies(x) || !varies(y)) {
            return Optional.empty();
        }
        double[] dx = centred(x);
        double[] dy = centred(y);
        double sxx = squares(dx);
        double sxy = 0;
        for (int i = 0; i < x.length; i++) {
            sxy += dx[i] * dy[i];
        }
        // + 0.0 turns a negative zero into zero
        double slope = sxy / sxx + 0.0;
        double correlation = sxy / (Math.sqrt(sxx) * Math.sqrt(squares(dy))) + 0.0;
        return Optional.of(
                new Line(mean(y) - slope * mean(x), slope, correlation, correlation * correlation, x.length));
    }

    /**
     * Benjamini and Hochberg (1995): for each p the least false-discovery rate at which it counts as a discovery among all of them, in
     * the order given. Rejecting where q ≤ 0.05 keeps the expected share of false ones among the rejected at 5 %.
     */
    public static double[] falseDiscovery(double[] p) {
        Integer[] order = IntStream.range(0, p.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        double[] q = new double[p.length];
        double least = 1;
        for (int rank = p.length; rank >= 1; rank--) {
            int i = order[rank - 1];
            least = Math.min(least, p[i] * p.length / rank);
            q[i] = least;
        }
        return q;
    }

    /**
     * 95 % interval of a mean whose observations share what moved them within clusters (Liang and Zeger 1986, Student's t with one
     * degree fewer than there are clusters).
     *
     * @param sums of the observations by cluster, at least two; {@code counts} how many they are
     */
    public static double[] clusteredMeanInterval(double[] sums, long[] counts) {
        return clusteredMeanInterval(
                sums, Arrays.stream(counts).asDoubleStream().toArray());
    }

    /**
     * The same of a weighted mean.
     *
     * @param sums of weight × observation by cluster; {@code weights} their summed weights
     */
    public static double[] clusteredMeanInterval(double[] sums, double[] weights) {
        double whole = Arrays.stream(weights).sum();
        double mean = Arrays.stream(sums).sum() / whole;
        double squares = 0;
        for (int i = 0; i < sums.length; i++) {
            double apart = sums[i] - weights[i] * mean;
            squares += apart * apart;
        }
        int degrees = sums.length - 1;
        double error = Math.sqrt(squares * sums.length / degrees) / whole;
        double half = new TDistribution(degrees).inverseCumulativeProbability(0.975) * error;
        return new double[] {mean - half, mean + half};
    }
}

package io.voldesk.quant;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Log returns over the h hours after each of some chosen hours (those of one regime), which overlap and come in spells, and how far
 * their mean is known.
 *
 * @param horizonHours h
 * @param returns one for each chosen hour whose price h hours on is known, in order of time
 * @param independent how many of them are independent at most: n ÷ max(h, 24)
 */
public record ForwardReturns(int horizonHours, double[] returns, double independent, MeanBound bound) {
    /** Fewer independent observations than this bound nothing. */
    public static final int FEWEST_INDEPENDENT = 30;

    private static final int HOURS_A_DAY = 24;

    /** Where the mean lies, or why that is not known. */
    public sealed interface MeanBound {
        /**
         * @param low of the 95 % interval, {@code high} likewise
         * @param p two-sided, of a mean of zero
         */
        record Interval(double low, double high, double p) implements MeanBound {}

        /** @param reason {@code no_observation}, {@code too_few_independent_observations} or {@code no_variation} */
        record None(String reason) implements MeanBound {}
    }

    /**
     * The sum of the overlapping returns is a sum of the price's own steps, each as often as returns span it (Hodrick 1992). Steps do
     * not overlap, whatever the spells do, so their clusters by calendar day (24 hours of the count, over the whole series) are as good as
     * independent: the error is the delete-a-day jackknife's, Student's t with Satterthwaite's degrees for the unequal days.
     *
     * @param hour ascending hours, such as hours since 1970; some may be absent
     * @param logPrice ln of the price at each
     * @param chosen whether the return that starts at each is asked for
     */
    public static ForwardReturns of(long[] hour, double[] logPrice, boolean[] chosen, int horizonHours) {
        double[] returns = new double[hour.length];
        int[] spans = new int[hour.length + 1];
        int n = 0;
        for (int i = 0; i < hour.length; i++) {
            int end = chosen[i] ? Arrays.binarySearch(hour, hour[i] + horizonHours) : -1;
            if (end >= 0) {
                returns[n++] = logPrice[end] - logPrice[i];
                spans[i]++;
                spans[end]--;
            }
        }
        for (int i = 1; i < spans.length; i++) {
            spans[i] += spans[i - 1];
        }
        double independent = (double) n / Math.max(horizonHours, HOURS_A_DAY);
        double[] found = Arrays.copyOf(returns, n);
        return new ForwardReturns(horizonHours, found, independent, bound(hour, logPrice, spans, found, independent));
    }

    private static MeanBound bound(long[] hour, double[] logPrice, int[] spans, double[] returns, double independent) {
        if (returns.length == 0) {
            return new MeanBound.None("no_observation");
        }
        if (independent < FEWEST_INDEPENDENT) {
            return new MeanBound.None("too_few_independent_observations");
        }
        if (!Stats.varies(returns)) {
            return new MeanBound.None("no_variation");
        }
        double mean = Stats.mean(returns);
        Days days = new Days(hour, logPrice, spans);
        double error = days.error(mean, returns.length);
        var student = new TDistribution(days.degrees());
        double half = student.inverseCumulativeProbability(0.975) * error;
        double p = 2 * student.cumulativeProbability(-Math.abs(mean) / error);
        return new MeanBound.Interval(mean - half, mean + half, p);
    }

    /** The steps of the price that some return spans, by the calendar day they begin in. */
    private static final class Days {
        /** By day: Σ spans × step, Σ spans × hours and Σ spans² × hours. */
        private final double[] sums;

        private final double[] weights;
        private final double[] variances;

        private Days(long[] hour, double[] logPrice, int[] spans) {
            int size = hour.length == 0
                    ? 0
                    : (int) (Math.floorDiv(hour[hour.length - 1], HOURS_A_DAY)
                            - Math.floorDiv(hour[0], HOURS_A_DAY)
                            + 1);
            sums = new double[size];
            weights = new double[size];
            variances = new double[size];
            for (int i = 0; i + 1 < hour.length; i++) {
                int day = (int) (Math.floorDiv(hour[i], HOURS_A_DAY) - Math.floorDiv(hour[0], HOURS_A_DAY));
                double length = hour[i + 1] - hour[i];
                sums[day] += spans[i] * (logPrice[i + 1] - logPrice[i]);
                weights[day] += spans[i] * length;
                variances[day] += (double) spans[i] * spans[i] * length;
            }
        }

        private double error(double mean, int n) {
            double whole = Arrays.stream(weights).sum();
            double drift = mean * n / whole;
            double squares = 0;
            int days = 0;
            for (int d = 0; d < sums.length; d++) {
                if (weights[d] > 0) {
                    double apart = (sums[d] - weights[d] * drift) / (1 - weights[d] / whole);
                    squares += apart * apart;
                    days++;
                }
            }
            return Math.sqrt(squares * (days - 1) / days) / n;
        }

        /** (Σ v)²/Σ v² − 1, v the variance a day adds where every hour's is the same. */
        private double degrees() {
            double sum = Arrays.stream(variances).sum();
            double squares = Arrays.stream(variances).map(v -> v * v).sum();
            return Math.max(sum * sum / squares - 1, 1);
        }
    }
}

package io.voldesk.quant;

import java.util.List;

/**
 * Realised-vol estimators over consecutive bars, annualised by √(periods per year); fractions, 0 where no price moved. Each refuses, by
 * {@link IllegalArgumentException}, fewer bars than it needs and prices that cannot be ({@link Bar#consistent}).
 */
public final class RealisedVol {
    private RealisedVol() {}

    /** One period's prices, in time order within a list. */
    public record Bar(double open, double high, double low, double close) {
        /** Positive, finite, and open and close within low and high. */
        public boolean consistent() {
            return low > 0 && Double.isFinite(high) && low <= Math.min(open, close) && Math.max(open, close) <= high;
        }
    }

    /** Sample standard deviation of log returns; n + 1 closes give n returns, of which it needs two. */
    public static double closeToClose(double[] closes, double periodsPerYear) {
        requireCloses(closes, 3);
        double[] returns = logReturns(closes);
        double mean = 0;
        for (double r : returns) {
            mean += r / returns.length;
        }
        return Math.sqrt(periodsPerYear * sampleVariance(returns, mean));
    }

    /** Root mean square of log returns: the mean taken as zero. */
    public static double closeToCloseZeroMean(double[] closes, double periodsPerYear) {
        requireCloses(closes, 2);
        double sum = 0;
        double[] returns = logReturns(closes);
        for (double r : returns) {
            sum += r * r;
        }
        return Math.sqrt(periodsPerYear * sum / returns.length);
    }

    /** Parkinson (1980): high–low range. */
    public static double parkinson(List<Bar> bars, double periodsPerYear) {
        requireBars(bars, 1);
        double sum = 0;
        for (Bar bar : bars) {
            double range = Math.log(bar.high() / bar.low());
            sum += range * range / (4 * Math.log(2));
        }
        return Math.sqrt(periodsPerYear * sum / bars.size());
    }

    /** Garman and Klass (1980). */
    public static double garmanKlass(List<Bar> bars, double periodsPerYear) {
        requireBars(bars, 1);
        double sum = 0;
        for (Bar bar : bars) {
            double range = Math.log(bar.high() / bar.low());
            double body = Math.log(bar.close() / bar.open());
            sum += 0.5 * range * range - (2 * Math.log(2) - 1) * body * body;
        }
        return Math.sqrt(periodsPerYear * sum / bars.size());
    }

    /** Rogers and Satchell (1991): free of drift. */
    public static double rogersSatchell(List<Bar> bars, double periodsPerYear) {
        requireBars(bars, 1);
        double sum = 0;
        for (Bar bar : bars) {
            sum += rogersSatchellTerm(bar);
        }
        return Math.sqrt(periodsPerYear * sum / bars.size());
    }

    /**
     * Yang and Zhang (2000) over all bars but the first, whose close starts the overnight returns; k = 0.34/(1.34 +
     * (n + 1)/(n − 1)). Needs three bars.
     */
    public static double yangZhang(List<Bar> bars, double periodsPerYear) {
        requireBars(bars, 3);
        int n = bars.size() - 1;
        double[] overnight = new double[n];
        double[] body = new double[n];
        double meanOvernight = 0;
        double meanBody = 0;
        double drifting = 0;
        for (int i = 0; i < n; i++) {
            Bar bar = bars.get(i + 1);
            overnight[i] = Math.log(bar.open() / bars.get(i).close());
            body[i] = Math.log(bar.close() / bar.open());
            meanOvernight += overnight[i] / n;
            meanBody += body[i] / n;
            drifting += rogersSatchellTerm(bar) / n;
        }
        double k = 0.34 / (1.34 + (n + 1.0) / (n - 1.0));
        double variance =
                sampleVariance(overnight, meanOvernight) + k * sampleVariance(body, meanBody) + (1 - k) * drifting;
        return Math.sqrt(periodsPerYear * variance);
    }

    private static void requireCloses(double[] closes, int fewest) {
        requireEnough(closes.length, fewest, "closes");
        for (double close : closes) {
            if (!(close > 0) || Double.isInfinite(close)) {
                throw new IllegalArgumentException("a close must be a positive price, not " + close);
            }
        }
    }

    private static void requireBars(List<Bar> bars, int fewest) {
        requireEnough(bars.size(), fewest, "bars");
        for (Bar bar : bars) {
            if (!bar.consistent()) {
                throw new IllegalArgumentException("open and close must lie within low and high: " + bar);
            }
        }
    }

    private static void requireEnough(int given, int fewest, String what) {
        if (given < fewest) {
            throw new IllegalArgumentException("needs " + fewest + " " + what + ", not " + given);
        }
    }

    private static double rogersSatchellTerm(Bar bar) {
        double up = Math.log(bar.high() / bar.open());
        double down = Math.log(bar.low() / bar.open());
        double body = Math.log(bar.close() / bar.open());
        return up * (up - body) + down * (down - body);
    }

    private static double[] logReturns(double[] closes) {
        double[] returns = new double[closes.length - 1];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = Math.log(closes[i + 1] / closes[i]);
        }
        return returns;
    }

    private static double sampleVariance(double[] values, double mean) {
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        return sum / (values.length - 1);
    }
}

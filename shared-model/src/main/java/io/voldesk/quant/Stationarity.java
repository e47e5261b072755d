package io.voldesk.quant;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Tests of stationarity around a level.
 *
 * @param statistic the test statistic
 * @param lags lags used
 * @param critical critical values at 1 %, 5 %, 10 %
 * @param n observations
 */
public record Stationarity(String test, double statistic, int lags, double[] critical, int n) {
    /** At the 5 % level. ADF rejects a unit root below its value; KPSS rejects stationarity above its value. */
    public boolean stationary() {
        return statistic < critical[1];
    }

    /**
     * Augmented Dickey–Fuller with constant, lag by least AIC up to Schwert's 12(n/100)^¼; critical values by MacKinnon
     * (2010), constant, no trend.
     *
     * @throws IllegalArgumentException with fewer than 30 observations
     */
    public static Stationarity adf(double[] x) {
        requireEnough(x);
        int most = Math.min((int) Math.floor(12 * Math.pow(x.length / 100.0, 0.25)), x.length / 2 - 3);
        double bestAic = Double.POSITIVE_INFINITY;
        int bestLags = 0;
        for (int lags = 0; lags <= most; lags++) {
            double aic = dickeyFuller(x, lags, most)[1];
            if (aic < bestAic) {
                bestAic = aic;
                bestLags = lags;
            }
        }
        double t = dickeyFuller(x, bestLags, bestLags)[0];
        double n = x.length - 1.0 - bestLags;
        double[] critical = {
            -3.43035 - 6.5393 / n - 16.786 / (n * n) - 79.433 / (n * n * n),
            -2.86154 - 2.8903 / n - 4.234 / (n * n) - 40.040 / (n * n * n),
            -2.56677 - 1.5384 / n - 2.809 / (n * n)
        };
        return new Stationarity("adf", t, bestLags, critical, x.length);
    }

    /** Answers the t statistic of the level and the AIC, over the sample that {@code reserve} lags leave. */
    private static double[] dickeyFuller(double[] x, int lags, int reserve) {
        int n = x.length - 1 - reserve;
        double[][] rows = new double[n][lags + 2];
        double[] change = new double[n];
        for (int i = 0; i < n; i++) {
            int t = i + reserve + 1;
            change[i] = x[t] - x[t - 1];
            rows[i][0] = 1;
            rows[i][1] = x[t - 1];
            for (int lag = 1; lag <= lags; lag++) {
                rows[i][lag + 1] = x[t - lag] - x[t - lag - 1];
            }
        }
        RealMatrix design = new Array2DRowRealMatrix(rows, false);
        var normal = new QRDecomposition(design.transpose().multiply(design)).getSolver();
        RealVector beta = normal.solve(design.transpose().operate(new ArrayRealVector(change, false)));
        RealVector fitted = design.operate(beta);
        double rss = 0;
        for (int i = 0; i < n; i++) {
            double e = change[i] - fitted.getEntry(i);
            rss += e * e;
        }
        int k = lags + 2;
        double variance = rss / (n - k);
        double standardError = Math.sqrt(variance * normal.getInverse().getEntry(1, 1));
        return new double[] {beta.getEntry(1) / standardError, n * Math.log(rss / n) + 2 * k};
    }

    /**
     * Kwiatkowski–Phillips–Schmidt–Shin around a level, Bartlett window of 4(n/100)^¼ lags; critical values of their 1992
     * paper.
     *
     * @throws IllegalArgumentException with fewer than 30 observations
     */
    public static Stationarity kpss(double[] x) {
        requireEnough(x);
        int n = x.length;
        double mean = Stats.mean(x);
        double[] e = new double[n];
        double partial = 0;
        double sumOfSquaredPartials = 0;
        for (int i = 0; i < n; i++) {
            e[i] = x[i] - mean;
            partial += e[i];
            sumOfSquaredPartials += partial * partial;
        }
        int lags = (int) Math.floor(4 * Math.pow(n / 100.0, 0.25));
        double longRun = 0;
        for (int lag = 0; lag <= lags; lag++) {
            double covariance = 0;
            for (int i = lag; i < n; i++) {
                covariance += e[i] * e[i - lag];
            }
            longRun += (lag == 0 ? 1 : 2 * (1 - lag / (lags + 1.0))) * covariance / n;
        }
        double statistic = sumOfSquaredPartials / ((double) n * n * longRun);
        return new Stationarity("kpss", statistic, lags, new double[] {0.739, 0.463, 0.347}, n);
    }

    private static void requireEnough(double[] x) {
        if (x.length < 30) {
            throw new IllegalArgumentException("a stationarity test needs 30 observations, not " + x.length);
        }
    }
}

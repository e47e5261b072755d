package io.voldesk.quant;

import io.voldesk.quant.Stationarity.Tested;
import io.voldesk.quant.Stationarity.Verdict;

/** The regression Δx(t) = c + γ·x(t−1) + Σ δ(j)·Δx(t−j) + ε of the augmented Dickey–Fuller test. */
final class DickeyFuller {
    private DickeyFuller() {}

    static Tested test(double[] x) {
        int most = mostLags(x.length);
        LeastSquares all = regression(x, most, most);
        int best = 0;
        for (int lags = 1; lags <= most; lags++) {
            if (aic(all, lags) < aic(all, best)) {
                best = lags;
            }
        }
        double t = regression(x, best, best).t();
        double n = x.length - 1.0 - best;
        double[] critical = {
            -3.43035 - 6.5393 / n - 16.786 / (n * n) - 79.433 / (n * n * n),
            -2.86154 - 2.8903 / n - 4.234 / (n * n) - 40.040 / (n * n * n),
            -2.56677 - 1.5384 / n - 2.809 / (n * n)
        };
        Verdict verdict = t < critical[1] ? Verdict.STATIONARY : Verdict.NOT_STATIONARY;
        return new Tested("adf", t, best, critical, x.length, verdict);
    }

    /** Whether the past explains the series without error, or a column of the design follows from the others. */
    static boolean degenerate(double[] x) {
        int most = mostLags(x.length);
        return regression(x, most, most).degenerate() || regression(x, 0, 0).degenerate();
    }

    static int mostLags(int n) {
        return Math.min((int) Math.ceil(12 * Math.pow(n / 100.0, 0.25)), n / 2 - 2);
    }

    private static double aic(LeastSquares all, int lags) {
        int k = lags + 2;
        return all.rows() * Math.log(all.residualSquares(k) / all.rows()) + 2 * k;
    }

    /** Over the sample that {@code reserve} lags leave; the level is the last column, so that its t is at hand. */
    private static LeastSquares regression(double[] x, int lags, int reserve) {
        int n = x.length - 1 - reserve;
        double[][] columns = new double[lags + 2][n];
        double[] change = new double[n];
        for (int i = 0; i < n; i++) {
            int t = i + reserve + 1;
            change[i] = x[t] - x[t - 1];
            columns[0][i] = 1;
            columns[1][i] = x[t - 1];
            for (int lag = 1; lag <= lags; lag++) {
                columns[lag + 1][i] = x[t - lag] - x[t - lag - 1];
            }
        }
        return new LeastSquares(columns, change);
    }
}

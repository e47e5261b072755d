package io.voldesk.quant;

import io.voldesk.quant.Stationarity.Tested;
import io.voldesk.quant.Stationarity.Verdict;

/**
 * The level test of Kwiatkowski, Phillips, Schmidt and Shin (1992), its long-run variance by the Bartlett kernel with the bandwidth of
 * Andrews (1991) for a first-order autoregression: S = 1.1447·(α·n)^⅓, α = 4ρ²/((1 − ρ)²(1 + ρ)²), ρ capped at ±0.97. S is not rounded:
 * the autocovariance at lag j weighs 1 − j/S for j &lt; S. Without the cap the bandwidth of a random walk grows with n and the test never
 * rejects; with a fixed short one it rejects every persistent series.
 */
final class Kpss {
    static final double MOST_RHO = 0.97;

    private Kpss() {}

    static Tested test(double[] x) {
        int n = x.length;
        double rho = autocovariance(x, 1) / squaresBeforeLast(x);
        double capped = Math.clamp(rho, -MOST_RHO, MOST_RHO);
        double spread = 2 * capped / ((1 - capped) * (1 + capped));
        double bandwidth = 1.1447 * Math.cbrt(spread * spread * n);
        double longRun = autocovariance(x, 0);
        for (int lag = 1; lag < bandwidth && lag < n; lag++) {
            longRun += 2 * (1 - lag / bandwidth) * autocovariance(x, lag);
        }
        double partial = 0;
        double squaredPartials = 0;
        for (double value : x) {
            partial += value;
            squaredPartials += partial * partial;
        }
        double statistic = squaredPartials / ((double) n * longRun);
        double[] critical = {0.739, 0.463, 0.347};
        return new Tested("kpss", statistic, bandwidth, critical, n, verdict(rho, statistic, critical[1]));
    }

    private static Verdict verdict(double rho, double statistic, double critical) {
        if (rho > MOST_RHO) {
            return Verdict.NEAR_UNIT_ROOT;
        }
        return statistic > critical ? Verdict.NOT_STATIONARY : Verdict.STATIONARY;
    }

    /** Times n. */
    private static double autocovariance(double[] x, int lag) {
        double sum = 0;
        for (int i = lag; i < x.length; i++) {
            sum += x[i] * x[i - lag];
        }
        return sum;
    }

    private static double squaresBeforeLast(double[] x) {
        return autocovariance(x, 0) - x[x.length - 1] * x[x.length - 1];
    }
}

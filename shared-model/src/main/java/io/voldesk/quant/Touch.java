package io.voldesk.quant;

import static io.voldesk.quant.NormalDistribution.INV_SQRT_2PI;
import static io.voldesk.quant.NormalDistribution.cdf;
import static io.voldesk.quant.NormalDistribution.cdfOverPdf;

/**
 * Probability that a lognormal spot touches a level before T: ln S drifts by ν = carry − σ²/2 a year, so that its mean at T is the
 * forward. Years of 365 days, vols as fractions, prices in one currency. NaN where vol or years is not positive.
 */
public final class Touch {
    /** Beyond this many deviations an image adds nothing to a double. */
    private static final double FAR = 45;

    private Touch() {}

    /**
     * Reflection principle with drift: with β = |ln(H/S)|/σ√T and m the drift towards the level in deviations,
     * Φ(m − β) + e^{2mβ}·Φ(−m − β).
     *
     * @param vol the smile vol at the level
     * @param carry ln(F/S)/T, a year; 0 is driftless
     * @return in [0, 1]; 1 at the level itself
     */
    public static double probability(double spot, double level, double years, double vol, double carry) {
        if (spot == level) {
            return 1;
        }
        double deviation = vol * Math.sqrt(years);
        double b = Black76.logRatio(level, spot);
        double towards = Math.signum(b) * (carry - vol * vol / 2) * years / deviation;
        double distance = Math.abs(b) / deviation;
        return Math.min(reach(distance, distance, towards), 1);
    }

    /**
     * Probability of touching {@code low} or {@code high}, flat vol: the images of both barriers while the corridor is wider than one
     * deviation, else the eigenfunctions of the corridor (both series are exact; each is short where it is used).
     *
     * @param low may be 0 and {@code high} infinite: then the other alone counts
     * @return in [0, 1]; 1 on or outside the barriers
     */
    public static double either(double spot, double low, double high, double years, double vol, double carry) {
        if (!(low < spot && spot < high)) {
            return 1;
        }
        if (low <= 0 || Double.isInfinite(high)) {
            double up = Double.isInfinite(high) ? 0 : probability(spot, high, years, vol, carry);
            return low <= 0 ? up : probability(spot, low, years, vol, carry);
        }
        double deviation = vol * Math.sqrt(years);
        double down = Black76.logRatio(spot, low) / deviation;
        double up = Black76.logRatio(high, spot) / deviation;
        double drift = (carry - vol * vol / 2) * years / deviation;
        double touched = down + up > 1 ? byImages(down, up, drift) : 1 - staysInside(down, up, drift);
        return Math.clamp(touched, 0, 1);
    }

    /**
     * Leaving by one side before the other is an alternating sum of single touches at the images of that side: from sinh(x·s)/sinh(L·s)
     * as a geometric series in e^{−2Ls}.
     */
    private static double byImages(double down, double up, double drift) {
        double width = down + up;
        double sum = 0;
        for (double shift = 0; shift <= FAR + Math.abs(drift); shift += 2 * width) {
            sum += reach(shift + up, up, drift)
                    - reach(shift + width + down, up, drift)
                    + reach(shift + down, down, -drift)
                    - reach(shift + width + up, down, -drift);
        }
        return sum;
    }

    /**
     * e^{m(from − β)}·Φ(m − β) + e^{m(from + β)}·Φ(−m − β): a touch at β deviations, weighed for a start {@code from} deviations away from
     * the barrier (β ≥ from). The large power and the small Φ of one term are multiplied in their exponents.
     */
    private static double reach(double beta, double from, double m) {
        double joined = INV_SQRT_2PI * Math.exp(m * from - (m * m + beta * beta) / 2);
        double straight = m > beta ? Math.exp(m * (from - beta)) * cdf(m - beta) : joined * cdfOverPdf(m - beta);
        double reflected = -m > beta ? Math.exp(m * (from + beta)) * cdf(-m - beta) : joined * cdfOverPdf(-m - beta);
        return straight + reflected;
    }

    /** Lengths in deviations: e^{−m·x − m²/2} Σ (2/L) sin(nπx/L)·κ(1 − (−1)ⁿe^{mL})/(m² + κ²)·e^{−κ²/2}, κ = nπ/L, x from below. */
    private static double staysInside(double down, double up, double m) {
        double width = down + up;
        double sum = 0;
        for (int n = 1; ; n++) {
            double kappa = n * Math.PI / width;
            double damping = Math.exp(-kappa * kappa / 2 - m * m / 2);
            double ends = Math.exp(-m * down) + (n % 2 == 0 ? -1 : 1) * Math.exp(m * up);
            sum += 2 / width * Math.sin(kappa * down) * kappa * ends / (m * m + kappa * kappa) * damping;
            if (kappa * kappa > 80) {
                return sum;
            }
        }
    }
}

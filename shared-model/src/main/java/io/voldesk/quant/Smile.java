package io.voldesk.quant;

import static io.voldesk.quant.NormalDistribution.cdf;
import static io.voldesk.quant.NormalDistribution.pdf;

/**
 * Total variance w = σ²T of one expiry as a smooth function of k = ln(K/F), with what follows from it: Durrleman's g, the
 * risk-neutral density in k, and how much mass and how much of the forward lie below and above a strike. k may be infinite
 * in the latter.
 */
public interface Smile {
    double years();

    /** USD. */
    double forward();

    double w(double k);

    double w1(double k);

    double w2(double k);

    /** Vol as a fraction at k. */
    default double vol(double k) {
        return Math.sqrt(w(k) / years());
    }

    /** Durrleman's condition: (1 − k·w′/(2w))² − (w′²/4)(1/w + 1/4) + w″/2, negative where butterflies cost less than 0. */
    default double g(double k) {
        double w = w(k);
        double w1 = w1(k);
        double first = 1 - k * w1 / (2 * w);
        return first * first - w1 * w1 / 4 * (1 / w + 0.25) + w2(k) / 2;
    }

    /** Density of ln(K/F): g(k)/√(2πw)·exp(−d2²/2), the derivative of {@link #massBelow}. Divide by K for the density in price. */
    default double density(double k) {
        double w = w(k);
        double root = Math.sqrt(w);
        double d2 = -k / root - root / 2;
        return g(k) / Math.sqrt(2 * Math.PI * w) * Math.exp(-0.5 * d2 * d2);
    }

    /** Risk-neutral P(S_T ≤ F·e^k) = N(−d2) + φ(d2)·w′/(2√w), the strike derivative of the put. */
    default double massBelow(double k) {
        return Double.isInfinite(k) ? (k > 0 ? 1 : 0) : tail(k, -1, false);
    }

    /** 1 − {@link #massBelow}, to full accuracy where it is small. */
    default double massAbove(double k) {
        return Double.isInfinite(k) ? (k > 0 ? 0 : 1) : tail(k, 1, false);
    }

    /** E[S_T/F; S_T ≤ F·e^k] = N(−d1) + φ(d1)·w′/(2√w): the mass below under the share measure. */
    default double shareBelow(double k) {
        return Double.isInfinite(k) ? (k > 0 ? 1 : 0) : tail(k, -1, true);
    }

    /** 1 − {@link #shareBelow}, to full accuracy where it is small. */
    default double shareAbove(double k) {
        return Double.isInfinite(k) ? (k > 0 ? 0 : 1) : tail(k, 1, true);
    }

    private double tail(double k, int side, boolean share) {
        double root = Math.sqrt(w(k));
        double d = -k / root + (share ? root : -root) / 2;
        return cdf(side * d) - side * pdf(d) * w1(k) / (2 * root);
    }
}

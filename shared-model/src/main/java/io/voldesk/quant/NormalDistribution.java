package io.voldesk.quant;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal law, accurate in both tails. */
public final class NormalDistribution {
    private static final double SQRT_2 = Math.sqrt(2);
    private static final double SQRT_HALF_PI = Math.sqrt(Math.PI / 2);
    static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

    private NormalDistribution() {}

    public static double cdf(double x) {
        return 0.5 * Erfc.value(-x / SQRT_2);
    }

    public static double pdf(double x) {
        return INV_SQRT_2PI * Math.exp(-0.5 * x * x);
    }

    /** The x with cdf(x) = p, for p in (0, 1). */
    public static double quantile(double p) {
        return -SQRT_2 * InverseErfc.value(2 * p);
    }

    /** Mills-type ratio Φ(x)/φ(x); finite where both underflow. */
    static double cdfOverPdf(double x) {
        return SQRT_HALF_PI * Erfcx.value(-x / SQRT_2);
    }
}

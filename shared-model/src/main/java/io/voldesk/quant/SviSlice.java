package io.voldesk.quant;

/**
 * Raw SVI (Gatheral 2004): w(k) = a + b(ρ(k − m) + √((k − m)² + s²)).
 *
 * @param years time to expiry, years of 365 days
 * @param forward USD
 */
public record SviSlice(double years, double forward, double a, double b, double rho, double m, double s)
        implements Smile {
    @Override
    public double w(double k) {
        double y = k - m;
        return a + b * (rho * y + Math.sqrt(y * y + s * s));
    }

    @Override
    public double w1(double k) {
        double y = k - m;
        return b * (rho + y / Math.sqrt(y * y + s * s));
    }

    @Override
    public double w2(double k) {
        double y = k - m;
        double root2 = y * y + s * s;
        return b * s * s / (root2 * Math.sqrt(root2));
    }

    /** Least total variance over all k. */
    public double minimumVariance() {
        return a + b * s * Math.sqrt(1 - rho * rho);
    }
}

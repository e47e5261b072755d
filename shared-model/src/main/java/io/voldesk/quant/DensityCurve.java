package io.voldesk.quant;

/**
 * A smile's risk-neutral density on an even grid of k = ln(K/F), ±8 at-the-money deviations wide, to draw and to judge it by.
 * Masses, means and quantiles are the smile's own ({@link Smile#massBelow}), tails beyond the grid included.
 *
 * @param k grid
 * @param density in k
 * @param area integral over the grid (trapezoidal); 1 where the smile is free of butterfly arbitrage
 * @param meanOverForward integral of e^k·density; 1 likewise
 * @param least least density, as a share of the peak
 */
public record DensityCurve(
        Smile smile, double[] k, double[] density, double area, double meanOverForward, double least) {
    private static final int MOST_STEPS = 200;

    /**
     * What lies between two k.
     *
     * @param mass in [0, 1]
     * @param meanOverForward mean of K/F there; NaN where there is no mass
     */
    public record Part(double mass, double meanOverForward) {}

    public static DensityCurve of(Smile smile, int steps) {
        double width = 8 * Math.sqrt(smile.w(0));
        double[] k = new double[steps + 1];
        double[] density = new double[steps + 1];
        double area = 0;
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        double peak = 0;
        double step = 2 * width / steps;
        for (int i = 0; i <= steps; i++) {
            k[i] = -width + i * step;
            density[i] = smile.density(k[i]);
            double weight = (i == 0 || i == steps ? 0.5 : 1) * step;
            area += weight * density[i];
            mean += weight * density[i] * Math.exp(k[i]);
            least = Math.min(least, density[i]);
            peak = Math.max(peak, density[i]);
        }
        return new DensityCurve(smile, k, density, area, mean, least / peak);
    }

    /**
     * Mass and mean of K/F between two k, either of which may be infinite. Parts that tile the line add up to 1 and, weighed by their
     * mass, to the forward. A smile with butterfly arbitrage may have less than nothing somewhere: that counts as no mass.
     */
    public Part between(double from, double to) {
        boolean right = from > 0;
        double mass = right ? smile.massAbove(from) - smile.massAbove(to) : smile.massBelow(to) - smile.massBelow(from);
        double share =
                right ? smile.shareAbove(from) - smile.shareAbove(to) : smile.shareBelow(to) - smile.shareBelow(from);
        return mass > 0 ? new Part(mass, share / mass) : new Part(0, Double.NaN);
    }

    /**
     * The k with massBelow(k) = massBelow(from) + p·mass(from, to); NaN without mass there.
     *
     * @param p in (0, 1)
     */
    public double quantile(double from, double to, double p) {
        double mass = between(from, to).mass();
        if (!(mass > 0) || !(p > 0 && p < 1)) {
            return Double.NaN;
        }
        double below = smile.massBelow(from) + p * mass;
        double above = smile.massAbove(to) + (1 - p) * mass;
        double deviation = Math.sqrt(smile.w(0));
        double low = Double.isInfinite(from) ? Math.min(-deviation, to - deviation) : from;
        for (double step = deviation; excess(low, below, above) > 0 && Double.isInfinite(from); step *= 2) {
            low -= step;
        }
        double high = Double.isInfinite(to) ? Math.max(deviation, from + deviation) : to;
        for (double step = deviation; excess(high, below, above) < 0 && Double.isInfinite(to); step *= 2) {
            high += step;
        }
        return root(low, high, below, above);
    }

    /** Mass below k less the wanted one, taken on the side where it is small. */
    private double excess(double k, double below, double above) {
        return below < 0.5 ? smile.massBelow(k) - below : above - smile.massAbove(k);
    }

    /** Newton's steps, halving the bracket where one leaves it. */
    private double root(double from, double to, double below, double above) {
        double low = from;
        double high = to;
        double k = (low + high) / 2;
        for (int i = 0; i < MOST_STEPS; i++) {
            double excess = excess(k, below, above);
            if (excess == 0) {
                return k;
            }
            if (excess > 0) {
                high = k;
            } else {
                low = k;
            }
            double next = k - excess / smile.density(k);
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - k) <= 1e-15 * Math.max(1e-3, Math.abs(k))) {
                return next;
            }
            k = next;
        }
        return k;
    }
}

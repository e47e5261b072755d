package io.voldesk.quant;

/** The Black-76 vol of a price, or why there is none. */
public sealed interface ImpliedVol {
    /** @param vol a fraction */
    record Found(double vol) implements ImpliedVol {}

    /** @param reason {@code below_intrinsic}, {@code above_bound}, {@code expired} or {@code bad_input} */
    record None(String reason) implements ImpliedVol {}

    /**
     * Inverts an undiscounted price. Below the inflection of the price in s = σ√T the logarithm of the price is nearly
     * linear in 1/s², above it the logarithm of the distance to the bound is nearly linear in s² (the regions of Jäckel,
     * "Let's Be Rational", 2015), so Newton's method started at the inflection √(2|x|) needs no bracket.
     */
    static ImpliedVol of(boolean call, double price, double forward, double strike, double years) {
        if (!(years > 0)) {
            return new None("expired");
        }
        if (!(forward > 0) || !(strike > 0) || !Double.isFinite(price) || Double.isInfinite(forward)) {
            return new None("bad_input");
        }
        double intrinsic = Math.max(call ? forward - strike : strike - forward, 0);
        double outOfTheMoney = price - intrinsic;
        if (!(outOfTheMoney > 0)) {
            return new None("below_intrinsic");
        }
        if (price >= (call ? forward : strike)) {
            return new None("above_bound");
        }
        double x = -Math.abs(Math.log(forward / strike));
        double beta = outOfTheMoney / (Math.sqrt(forward) * Math.sqrt(strike));
        return new Found(totalDeviation(x, beta) / Math.sqrt(years));
    }

    private static double totalDeviation(double x, double beta) {
        double bound = Math.exp(x / 2);
        double inflection = Math.sqrt(2 * Math.abs(x));
        boolean lower = x < 0 && beta < Black76.normalised(x, inflection);
        double s = x == 0 ? Math.sqrt(2 * Math.PI) * Math.min(beta, 0.99) : inflection;
        double target = lower ? Math.log(beta) : Math.log(bound - beta);
        for (int i = 0; i < 64; i++) {
            double b = Black76.normalised(x, s);
            double slope = NormalDistribution.INV_SQRT_2PI * Math.exp(-0.5 * (x / s * (x / s) + s * s / 4));
            double next;
            if (lower) {
                double u = 1 / (s * s);
                double step = (Math.log(b) - target) / (slope / b * (-s * s * s / 2));
                double moved = u - step;
                next = moved > 0 ? 1 / Math.sqrt(moved) : s * 2;
            } else {
                double v = s * s;
                double step = (Math.log(bound - b) - target) / (-slope / (bound - b) / (2 * s));
                double moved = v - step;
                next = moved > 0 ? Math.sqrt(moved) : s / 2;
            }
            double change = Math.abs(next - s);
            s = next;
            if (change <= 4e-16 * s) {
                break;
            }
        }
        return s;
    }
}

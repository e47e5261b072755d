package io.voldesk.quant;

import org.apache.commons.numbers.gamma.InverseErf;

/**
 * Inverts the normalised Black price for s = σ√T, after Jäckel, "Let's Be Rational" (2015): in each of three regions of the price an
 * objective that is nearly linear in s, a guess from the region's asymptotics, and Householder steps of fourth order, of which two
 * are the rule. Each price seen tells on which side the vol lies, and a step that leaves that bracket is replaced by its middle. The
 * derivatives beyond the first cost no further special function: with h = x/s, b″/b′ = h²/s − s/4.
 */
final class TotalDeviation {
    /**
     * The step is the residual at the last point in units of s; a fourth-order step of this relative size leaves an error below the last
     * bit.
     */
    private static final double LAST_STEP = 2e-5;

    private static final int MOST_STEPS = 100;

    private TotalDeviation() {}

    /**
     * @param x −|ln(F/K)|
     * @param beta out-of-the-money price over √(F·K), in (0, e^(x/2))
     * @param distance e^(x/2) − beta, which the subtraction here would know less well
     * @return σ√T, or NaN where the residual did not become small
     */
    static double of(double x, double beta, double distance) {
        if (x == 0) {
            // at the money β = erf(s/√8)
            return Math.sqrt(8) * InverseErf.value(beta);
        }
        double inflection = Math.sqrt(-2 * x);
        double bound = Math.exp(x / 2);
        // h + t = 0 and h − t = −inflection there; it parts the regions and starts the guesses, so its last digits do
        // not matter
        double atInflection =
                bound * (0.5 - NormalDistribution.INV_SQRT_2PI * NormalDistribution.cdfOverPdf(-inflection));
        if (beta < atInflection) {
            return lower(x, beta, atInflection);
        }
        return beta < bound / 2
                ? middle(x, beta, bound, inflection, atInflection)
                : upper(x, distance, bound, inflection, atInflection);
    }

    /** Below the inflection: 1/ln b, which falls like −2s²/x². */
    private static double lower(double x, double beta, double atInflection) {
        double logBeta = Math.log(beta);
        double s = lowerGuess(x, logBeta, atInflection);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_STEPS; i++) {
            double h = x / s;
            double t = s / 2;
            double scaled = Black76.ratioDifference(h, t);
            // b = vega · scaled; taken apart, its logarithm lives on where b underflows
            double logB = Black76.logVega(h, t) + Math.log(scaled);
            double slope = 1 / scaled;
            double h2 = h * h / s - s / 4;
            double h3 = h2 * h2 - 3 * (h / s) * (h / s) - 0.25;
            double newton = (logBeta - logB) * logB / (logBeta * slope);
            double second = h2 - slope * (1 + 2 / logB);
            double third = h3 + 2 * slope * slope * (1 + 3 / logB * (1 + 1 / logB)) - 3 * h2 * slope * (1 + 2 / logB);
            double step = householder(newton, second, third);
            if (logB < logBeta) {
                low = s;
            } else {
                high = s;
            }
            if (Math.abs(step) < LAST_STEP * s) {
                return s + step;
            }
            s = inside(s + step, low, high);
        }
        return Double.NaN;
    }

    /**
     * From b ~ s·φ(h)/(1 + h²), which is right at both ends, tied to its value at the inflection: with q = h² that is
     * ½ ln q + ½ q + ln(1 + q) = R, concave in q and convex in ln q. Newton from the right, in ln q where a step in q would lose most of
     * it: near the money q spans many powers of ten.
     */
    private static double lowerGuess(double x, double logBeta, double atInflection) {
        double centre = -x / 2;
        double wanted = centre / 2 + Math.log(atInflection * Math.sqrt(centre) * (1 + centre)) - logBeta;
        // both are to the right of the root
        double q = wanted < 1 ? Math.exp(2 * wanted) : 2 * wanted;
        for (int i = 0; i < 2; i++) {
            double step = (shape(q) - wanted) / (0.5 / q + 0.5 + 1 / (1 + q));
            q = step < q / 2 ? q - step : q * Math.exp(-step / q);
        }
        return -x / Math.sqrt(q);
    }

    private static double shape(double q) {
        return 0.5 * q + Math.log(Math.sqrt(q) * (1 + q));
    }

    /** Around the inflection: b itself, from its tangent there. */
    private static double middle(double x, double beta, double bound, double inflection, double atInflection) {
        double s = inflection + (beta - atInflection) / (NormalDistribution.INV_SQRT_2PI * bound);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_STEPS; i++) {
            double h = x / s;
            double t = s / 2;
            double vega = Math.exp(Black76.logVega(h, t));
            double b = vega * Black76.ratioDifference(h, t);
            double h2 = h * h / s - s / 4;
            double h3 = h2 * h2 - 3 * (h / s) * (h / s) - 0.25;
            double step = householder((beta - b) / vega, h2, h3);
            if (b < beta) {
                low = s;
            } else {
                high = s;
            }
            if (Math.abs(step) < LAST_STEP * s) {
                return s + step;
            }
            s = inside(s + step, low, high);
        }
        return Double.NaN;
    }

    /** Towards the bound: the logarithm of the distance to it, which falls like −s²/8. */
    private static double upper(double x, double distance, double bound, double inflection, double atInflection) {
        double logDistance = Math.log(distance);
        double s = Math.sqrt(inflection * inflection + 8 * (Math.log(bound - atInflection) - logDistance));
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_STEPS; i++) {
            double h = x / s;
            double t = s / 2;
            // what is left to the bound is vega · (Y(−h − t) + Y(h − t)), a sum of two positive terms
            double scaled = NormalDistribution.cdfOverPdf(-h - t) + NormalDistribution.cdfOverPdf(h - t);
            double logLeft = Black76.logVega(h, t) + Math.log(scaled);
            double slope = 1 / scaled;
            double h2 = h * h / s - s / 4;
            double h3 = h2 * h2 - 3 * (h / s) * (h / s) - 0.25;
            double newton = (logLeft - logDistance) / slope;
            double step = householder(newton, h2 + slope, h3 + 3 * h2 * slope + 2 * slope * slope);
            if (logLeft > logDistance) {
                low = s;
            } else {
                high = s;
            }
            if (Math.abs(step) < LAST_STEP * s) {
                return s + step;
            }
            s = inside(s + step, low, high);
        }
        return Double.NaN;
    }

    /** The proposed s, or the (geometric) middle of the bracket where it lies outside. */
    private static double inside(double proposed, double low, double high) {
        if (proposed > low && proposed < high) {
            return proposed;
        }
        if (low == 0) {
            return high / 2;
        }
        return Double.isInfinite(high) ? 2 * low : Math.sqrt(low * high);
    }

    private static double householder(double newton, double second, double third) {
        return newton * (1 + 0.5 * second * newton) / (1 + newton * (second + third * newton / 6));
    }
}

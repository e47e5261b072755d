package io.voldesk.quant;

import static io.voldesk.quant.NormalDistribution.INV_SQRT_2PI;
import static io.voldesk.quant.NormalDistribution.cdf;
import static io.voldesk.quant.NormalDistribution.cdfOverPdf;
import static io.voldesk.quant.NormalDistribution.pdf;

import java.util.stream.IntStream;

/**
 * Undiscounted Black-76 (Black 1976) on a forward. Forward, strike and price in one currency, years of 365 days, vol a
 * fraction (0.839 for 83.9 %).
 */
public final class Black76 {
    /** Below this |h| the tail of Φ/φ is taken by Taylor or directly, above it by its asymptotic series. */
    private static final double FAR_TAIL = 10;

    private static final double SMALL_T = 0.21;

    private static final int TAYLOR_TERMS = 25;

    /** 1/((n + 1)(n + 2)): a division would cost what half a term does. */
    private static final double[] INVERSE_PRODUCTS = IntStream.range(0, TAYLOR_TERMS)
            .mapToDouble(n -> 1 / ((n + 1.0) * (n + 2.0)))
            .toArray();

    private Black76() {}

    public static double call(double forward, double strike, double years, double vol) {
        double outOfTheMoney = outOfTheMoney(forward, strike, vol * Math.sqrt(years));
        return forward > strike ? forward - strike + outOfTheMoney : outOfTheMoney;
    }

    public static double put(double forward, double strike, double years, double vol) {
        double outOfTheMoney = outOfTheMoney(forward, strike, vol * Math.sqrt(years));
        return strike > forward ? strike - forward + outOfTheMoney : outOfTheMoney;
    }

    public static double price(boolean call, double forward, double strike, double years, double vol) {
        return call ? call(forward, strike, years, vol) : put(forward, strike, years, vol);
    }

    /** d(call)/d(forward), in [0, 1]. */
    public static double deltaCall(double forward, double strike, double years, double vol) {
        return cdf(d1(forward, strike, vol * Math.sqrt(years)));
    }

    /** Second derivative by the forward, per unit of currency; the same for call and put. */
    public static double gamma(double forward, double strike, double years, double vol) {
        double deviation = vol * Math.sqrt(years);
        return pdf(d1(forward, strike, deviation)) / (forward * deviation);
    }

    /** Price change per 1.00 of vol (divide by 100 for a vol point). */
    public static double vega(double forward, double strike, double years, double vol) {
        return forward * pdf(d1(forward, strike, vol * Math.sqrt(years))) * Math.sqrt(years);
    }

    private static double d1(double forward, double strike, double deviation) {
        return logRatio(forward, strike) / deviation + deviation / 2;
    }

    /** ln(a/b), to full accuracy where a is near b (their difference is exact there). */
    static double logRatio(double a, double b) {
        double apart = (a - b) / b;
        return Math.abs(apart) < 0.5 ? Math.log1p(apart) : Math.log(a / b);
    }

    private static double outOfTheMoney(double forward, double strike, double deviation) {
        double x = -Math.abs(logRatio(forward, strike));
        return Math.sqrt(forward) * Math.sqrt(strike) * normalised(x, deviation);
    }

    private static final double LOG_INV_SQRT_2PI = Math.log(INV_SQRT_2PI);

    /**
     * The out-of-the-money price over √(F·K), for x = −|ln(F/K)| and s = σ√T: φ-scaled difference of Φ/φ at h ± t with
     * h = x/s, t = s/2 (the form of Jäckel, "Let's Be Rational", 2015), which keeps its relative accuracy in the wings.
     */
    static double normalised(double x, double s) {
        if (!(s > 0)) {
            return 0;
        }
        double h = x / s;
        double t = s / 2;
        return INV_SQRT_2PI * Math.exp(-0.5 * (h * h + t * t)) * ratioDifference(h, t);
    }

    /** ln of the normalised vega ∂b/∂s, by which {@link #ratioDifference} is multiplied to give b. */
    static double logVega(double h, double t) {
        return LOG_INV_SQRT_2PI - 0.5 * (h * h + t * t);
    }

    /** Y(h + t) − Y(h − t) with Y = Φ/φ and h ≤ 0. */
    static double ratioDifference(double h, double t) {
        if (h < -FAR_TAIL && h + t < -FAR_TAIL + SMALL_T) {
            return asymptotic(h, t);
        }
        if (t < SMALL_T) {
            return taylor(h, t);
        }
        return cdfOverPdf(h + t) - cdfOverPdf(h - t);
    }

    /**
     * From Y(z) = −Σ (−1)ⁿ (2n−1)!! z^−(2n+1), each power's difference written without cancellation:
     * (h+t)^−m − (h−t)^−m = −2 Σ_{j odd} C(m, j) h^(m−j) tʲ / (h² − t²)^m.
     */
    private static double asymptotic(double h, double t) {
        double h2 = h * h;
        double ratio2 = (t / h) * (t / h);
        double denominator = h2 * (1 - ratio2);
        double sum = 0;
        double factor = 1;
        double smallest = Double.MAX_VALUE;
        for (int n = 0; n < 40; n++) {
            int m = 2 * n + 1;
            double odd = 0;
            double binomial = m;
            double power = 1;
            for (int j = 1; j <= m; j += 2) {
                odd += binomial * power;
                power *= ratio2;
                binomial *= (double) (m - j) * (m - j - 1) / ((j + 1.0) * (j + 2.0));
            }
            // h^(m−1) / (h² − t²)^m = (1/(h²(1−r²)))·(1/(h²(1−r²)²))ⁿ
            double term = factor * odd * 2 * t / denominator * Math.pow(h2 / (denominator * denominator), n);
            if (Math.abs(term) >= smallest || Math.abs(term) < 1e-18 * Math.abs(sum)) {
                break;
            }
            sum += term;
            smallest = Math.abs(term);
            factor *= -(2 * n + 1);
        }
        return sum;
    }

    /** 2 Σ t^(2i+1)/(2i+1)! Y^(2i+1)(h), derivatives by Y′ = 1 + hY and Y⁽ⁿ⁺¹⁾ = hY⁽ⁿ⁾ + nY⁽ⁿ⁻¹⁾. */
    private static double taylor(double h, double t) {
        double squared = t * t;
        double lower = cdfOverPdf(h);
        double upper = 1 + h * lower;
        double sum = t * upper;
        double power = t;
        for (int n = 1; n < TAYLOR_TERMS; n += 2) {
            double even = h * upper + n * lower;
            double odd = h * even + (n + 1) * upper;
            power *= squared * INVERSE_PRODUCTS[n];
            double term = power * odd;
            sum += term;
            if (Math.abs(term) < 1e-16 * Math.abs(sum)) {
                break;
            }
            lower = even;
            upper = odd;
        }
        return 2 * sum;
    }
}

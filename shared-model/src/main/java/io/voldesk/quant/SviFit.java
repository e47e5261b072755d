package io.voldesk.quant;

import java.util.List;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Quasi-explicit raw SVI fit (De Marco and Martini, Zeliade 2009): outer search in (m, s), inner weighted linear least
 * squares in (a, d, c) of w = a + d·y + c·√(y² + 1), y = (k − m)/s, within 0 ≤ c, |d| ≤ c, |d| + c ≤ 2s (no wing of
 * total variance is steeper than 2: Lee 2004).
 *
 * @param slice the fitted slice
 * @param rmseVolPoints root mean square error in vol points (percent), unweighted
 * @param leastG least Durrleman g over ±16 at-the-money deviations, or the quoted range where that is wider
 * @param leastGAt the k where it is
 */
public record SviFit(SviSlice slice, double rmseVolPoints, double leastG, double leastGAt) {

    private static final double PENALTY = 1e3;

    /** One quoted point. {@code k} = ln(K/F), {@code vol} a fraction, {@code weight} ≥ 0, for example vega/spread. */
    public record Point(double k, double vol, double weight) {}

    public boolean butterflyFree() {
        return leastG >= -1e-9;
    }

    /**
     * Fits one expiry; where the free fit allows butterfly arbitrage it is fitted again with that penalised, and what
     * remains shows in {@code leastG}.
     *
     * @throws IllegalArgumentException with fewer than five points: raw SVI has five parameters
     */
    public static SviFit fit(List<Point> points, double years, double forward) {
        if (points.size() < 5) {
            throw new IllegalArgumentException("raw SVI needs five points, not " + points.size());
        }
        Quotes quotes = new Quotes(points, years, forward);
        double centre = quotes.kOfLeastVariance();
        double span = Math.max(quotes.kMax - quotes.kMin, 1e-3);
        double[] narrow = search(quotes, centre, Math.log(0.05 * span), span, 0, 0);
        double[] wide = search(quotes, centre, Math.log(0.3 * span), span, 0, 0);
        double[] best = narrow[2] < wide[2] ? narrow : wide;
        SviFit free = quotes.judged(best);
        if (free.butterflyFree()) {
            return free;
        }
        // a coarse look at g steers the search, the fine one judges what it ends at
        double[] near = search(quotes, best[0], best[1], span, PENALTY, Quotes.G_STEPS / 5);
        double[] anew = search(quotes, centre, Math.log(0.3 * span), span, PENALTY, Quotes.G_STEPS / 5);
        double[] better = near[2] < anew[2] ? near : anew;
        SviFit constrained = quotes.judged(better);
        return constrained.butterflyFree()
                ? constrained
                : quotes.judged(search(quotes, better[0], better[1], span, PENALTY, Quotes.G_STEPS));
    }

    /** Answers (m, ln s, cost). */
    private static double[] search(Quotes quotes, double m, double logS, double span, double penalty, int gSteps) {
        PointValuePair optimum = new SimplexOptimizer(new SimpleValueChecker(1e-10, 1e-16))
                .optimize(
                        new MaxEval(2_000),
                        GoalType.MINIMIZE,
                        new ObjectiveFunction(p -> quotes.cost(p[0], Math.exp(p[1]), penalty, gSteps)),
                        new InitialGuess(new double[] {m, logS}),
                        new NelderMeadSimplex(new double[] {0.1 * span, 0.5}));
        return new double[] {optimum.getPoint()[0], optimum.getPoint()[1], optimum.getValue()};
    }

    /** The points as arrays, and the inner problem. */
    private static final class Quotes {
        private static final int G_STEPS = 320;
        /** The penalised search aims this far above zero, so that what it ends at is free of arbitrage and not nearly so. */
        private static final double G_MARGIN = 1e-3;
        /** Deviations to either side: a slice is also read where its wider neighbour in time ends. */
        private static final double REACH = 16;

        final double[] k;
        final double[] w;
        final double[] weight;
        final double years;
        final double forward;
        final double kMin;
        final double kMax;

        Quotes(List<Point> points, double years, double forward) {
            this.years = years;
            this.forward = forward;
            int n = points.size();
            k = new double[n];
            w = new double[n];
            weight = new double[n];
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                Point point = points.get(i);
                k[i] = point.k();
                w[i] = point.vol() * point.vol() * years;
                // an error in w is 2σT times the error in σ: weigh so that vols are fitted, not variances
                double scale = point.weight() / (2 * point.vol() * years);
                weight[i] = scale * scale;
                low = Math.min(low, k[i]);
                high = Math.max(high, k[i]);
            }
            kMin = low;
            kMax = high;
        }

        double kOfLeastVariance() {
            int least = 0;
            for (int i = 1; i < w.length; i++) {
                if (w[i] < w[least]) {
                    least = i;
                }
            }
            return k[least];
        }

        double cost(double m, double s, double penalty, int gSteps) {
            SviSlice slice = inner(m, s);
            double sum = 0;
            for (int i = 0; i < k.length; i++) {
                double error = slice.w(k[i]) - w[i];
                sum += weight[i] * error * error;
            }
            double least = penalty > 0 ? Math.clamp(leastG(slice, gSteps)[0] - G_MARGIN, -1e3, 0) : 0;
            double negative = Math.min(slice.minimumVariance(), 0);
            return sum + penalty * least * least + 1e9 * negative * negative;
        }

        /** The fit at an optimum of the search, judged on the fine grid. */
        SviFit judged(double[] optimum) {
            SviSlice slice = inner(optimum[0], Math.exp(optimum[1]));
            double[] least = leastG(slice, G_STEPS);
            return new SviFit(slice, rmseVolPoints(slice), least[0], least[1]);
        }

        double[] leastG(SviSlice slice, int steps) {
            double reach = REACH * Math.sqrt(Math.max(slice.w(0), 1e-12));
            double from = Math.min(kMin, -reach);
            double to = Math.max(kMax, reach);
            double least = Double.POSITIVE_INFINITY;
            double at = Double.NaN;
            for (int i = 0; i <= steps; i++) {
                double x = from + i * (to - from) / steps;
                double g = slice.g(x);
                if (!(g >= least)) {
                    least = Double.isNaN(g) ? Double.NEGATIVE_INFINITY : g;
                    at = x;
                }
            }
            return new double[] {least, at};
        }

        double rmseVolPoints(SviSlice slice) {
            double sum = 0;
            for (int i = 0; i < k.length; i++) {
                double error = 100 * (Math.sqrt(Math.max(slice.w(k[i]), 0) / years) - Math.sqrt(w[i] / years));
                sum += error * error;
            }
            return Math.sqrt(sum / k.length);
        }

        /** Least squares over the polytope: the free solution where feasible, else the best of its faces and corners. */
        SviSlice inner(double m, double s) {
            double top = 2 * s;
            double[] free = leastSquares(m, s, 1, 0, 0, 1, 0, 0);
            double[] best = feasible(free, top) ? free : null;
            if (best == null) {
                double[][] faces = {
                    leastSquares(m, s, 1, 1, 0, 0, 0, 0),
                    leastSquares(m, s, 1, -1, 0, 0, 0, 0),
                    leastSquares(m, s, -1, 1, 0, 0, 0, top),
                    leastSquares(m, s, 1, 1, 0, 0, 0, top),
                    corner(m, s, 0, 0),
                    corner(m, s, 0, top),
                    corner(m, s, top / 2, top / 2),
                    corner(m, s, -top / 2, top / 2)
                };
                double least = Double.POSITIVE_INFINITY;
                for (double[] candidate : faces) {
                    if (feasible(candidate, top)) {
                        double error = error(candidate, m, s);
                        if (error < least) {
                            least = error;
                            best = candidate;
                        }
                    }
                }
            }
            double c = best[2];
            return new SviSlice(years, forward, best[0], c / s, c == 0 ? 0 : best[1] / c, m, s);
        }

        private static boolean feasible(double[] adc, double top) {
            double slack = 1e-12 * Math.max(1, top);
            return adc != null
                    && Double.isFinite(adc[0])
                    && adc[2] >= -slack
                    && Math.abs(adc[1]) <= adc[2] + slack
                    && Math.abs(adc[1]) + adc[2] <= top + slack;
        }

        private double error(double[] adc, double m, double s) {
            double sum = 0;
            for (int i = 0; i < k.length; i++) {
                double y = (k[i] - m) / s;
                double e = adc[0] + adc[1] * y + adc[2] * Math.sqrt(y * y + 1) - w[i];
                sum += weight[i] * e * e;
            }
            return sum;
        }

        private double[] corner(double m, double s, double d, double c) {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < k.length; i++) {
                double y = (k[i] - m) / s;
                sum += weight[i] * (w[i] - d * y - c * Math.sqrt(y * y + 1));
                total += weight[i];
            }
            return new double[] {sum / total, d, c};
        }

        /**
         * Solves for a, p and (where its direction is not null) q in w = a + p·(d1·y + c1·z) + q·(d2·y + c2·z) + c0·z,
         * z = √(y² + 1); answers (a, d, c). Normal equations by Cramer's rule: three unknowns at most.
         */
        private double[] leastSquares(
                double m, double s, double d1, double c1, double d2, double c2, double d0, double c0) {
            boolean two = d2 == 0 && c2 == 0;
            double s00 = 0, s01 = 0, s02 = 0, s11 = 0, s12 = 0, s22 = 0, r0 = 0, r1 = 0, r2 = 0;
            for (int i = 0; i < k.length; i++) {
                double y = (k[i] - m) / s;
                double z = Math.sqrt(y * y + 1);
                double u = d1 * y + c1 * z;
                double v = d2 * y + c2 * z;
                double target = w[i] - d0 * y - c0 * z;
                double q = weight[i];
                s00 += q;
                s01 += q * u;
                s02 += q * v;
                s11 += q * u * u;
                s12 += q * u * v;
                s22 += q * v * v;
                r0 += q * target;
                r1 += q * u * target;
                r2 += q * v * target;
            }
            if (two) {
                double det = s00 * s11 - s01 * s01;
                double a = (r0 * s11 - s01 * r1) / det;
                double p = (s00 * r1 - s01 * r0) / det;
                return new double[] {a, p * d1 + d0, p * c1 + c0};
            }
            double det = s00 * (s11 * s22 - s12 * s12) - s01 * (s01 * s22 - s12 * s02) + s02 * (s01 * s12 - s11 * s02);
            double a = (r0 * (s11 * s22 - s12 * s12) - s01 * (r1 * s22 - s12 * r2) + s02 * (r1 * s12 - s11 * r2)) / det;
            double p = (s00 * (r1 * s22 - r2 * s12) - r0 * (s01 * s22 - s12 * s02) + s02 * (s01 * r2 - r1 * s02)) / det;
            double v = (s00 * (s11 * r2 - s12 * r1) - s01 * (s01 * r2 - r1 * s02) + r0 * (s01 * s12 - s11 * s02)) / det;
            return new double[] {a, p * d1 + v * d2 + d0, p * c1 + v * c2 + c0};
        }
    }
}

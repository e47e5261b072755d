package io.voldesk.quant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * Dealer gamma over a grid of spots, vols held by strike, in USD per 1 % move: Σ inventory × Γ(S) × S² × 0.01.
 *
 * @param spots the grid, 0.7 to 1.3 times spot
 * @param gex total at each grid spot
 * @param flips every spot of the range where the total changes its sign, ascending
 */
public record GammaProfile(double[] spots, double[] gex, List<Double> flips) {
    private static final double LOWEST = 0.7;
    private static final double WIDTH = 0.6;

    /** Signs are compared at least this finely: 0.1 % of spot, since the gamma of a last hour is a narrow peak. */
    private static final int FEWEST_CELLS = 600;

    private static final double FLIP_ACCURACY = 1e-13;

    /**
     * One instrument's inventory.
     *
     * @param inventory contracts with the dealer's sign
     * @param vol a fraction
     * @param carry forward ÷ spot
     */
    public record Position(double strike, double years, double vol, double inventory, double carry) {
        /** USD per 1 % move at that spot. */
        public double gex(double spot) {
            // the premium is in money of the expiry: its present value carries 1/carry, dF/dS carries twice, leaving
            // one
            double gamma = Black76.gamma(spot * carry, strike, years, vol) * carry;
            return inventory * gamma * spot * spot * 0.01;
        }
    }

    /** A strike and its summed gamma at today's spot, USD per 1 %: magnets positive, repellers negative. */
    public record Level(double strike, double gex) {}

    public static GammaProfile of(List<Position> positions, double spot, int steps) {
        int parts = Math.ceilDiv(FEWEST_CELLS, steps);
        double[] spots = new double[steps * parts + 1];
        double[] gex = new double[spots.length];
        for (int i = 0; i < spots.length; i++) {
            spots[i] = spot * (LOWEST + WIDTH * i / (spots.length - 1));
            gex[i] = total(positions, spots[i]);
        }
        List<Double> flips = flips(positions, spots, gex);
        return new GammaProfile(every(parts, spots), every(parts, gex), flips);
    }

    /** Summed gamma at a spot, USD per 1 % move. */
    public static double total(List<Position> positions, double spot) {
        double sum = 0;
        for (Position position : positions) {
            sum += position.gex(spot);
        }
        return sum;
    }

    /** A total that is nothing over several nodes between the signs flips in their middle. */
    private static List<Double> flips(List<Position> positions, double[] spots, double[] gex) {
        List<Double> flips = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < gex.length; i++) {
            if (gex[i] == 0) {
                continue;
            }
            if (last >= 0 && gex[i] > 0 != gex[last] > 0) {
                flips.add(
                        i == last + 1 ? root(positions, spots[last], spots[i]) : (spots[last + 1] + spots[i - 1]) / 2);
            }
            last = i;
        }
        return List.copyOf(flips);
    }

    private static double root(List<Position> positions, double low, double high) {
        return new BracketingNthOrderBrentSolver(FLIP_ACCURACY, FLIP_ACCURACY * low, 0, 5)
                .solve(1_000, s -> total(positions, s), low, high);
    }

    private static double[] every(int parts, double[] values) {
        double[] some = new double[(values.length - 1) / parts + 1];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[i * parts];
        }
        return some;
    }

    /** The flip nearest to spot, or null where the total keeps its sign over the grid. */
    public Double nearestFlip(double spot) {
        return flips.stream()
                .min(Comparator.comparingDouble(f -> Math.abs(f - spot)))
                .orElse(null);
    }

    /** Gamma summed by strike at today's spot, by strike. */
    public static List<Level> byStrike(List<Position> positions, double spot) {
        var sums = new TreeMap<Double, Double>();
        for (Position position : positions) {
            sums.merge(position.strike(), position.gex(spot), Double::sum);
        }
        return sums.entrySet().stream()
                .map(e -> new Level(e.getKey(), e.getValue()))
                .toList();
    }

    /**
     * Standard deviation, in USD per 1 % move, that rounding each Γ alone gives to a total: Σ inventory × ε × S² × 0.01 with independent
     * ε uniform over a step of 10^−decimals.
     */
    public static double roundingDeviation(List<Position> positions, double spot, int decimals) {
        double squares = 0;
        for (Position position : positions) {
            squares += position.inventory() * position.inventory();
        }
        return Math.sqrt(squares / 12) * Math.pow(10, -decimals) * spot * spot * 0.01;
    }
}

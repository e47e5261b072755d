package io.voldesk.quant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Dealer gamma over a grid of spots, vols held by strike, in USD per 1 % move: Σ inventory × Γ(S) × S² × 0.01.
 *
 * @param spots the grid, 0.7 to 1.3 times spot
 * @param gex total at each grid spot
 * @param flips spots where the total changes its sign, by linear interpolation
 */
public record GammaProfile(double[] spots, double[] gex, List<Double> flips) {

    /**
     * One instrument's inventory.
     *
     * @param inventory contracts with the dealer's sign
     * @param vol a fraction
     * @param carry forward ÷ spot
     */
    public record Position(double strike, double years, double vol, double inventory, double carry) {
        double gex(double spot) {
            double forward = spot * carry;
            // Γ by spot: dF/dS = carry, twice
            return inventory * Black76.gamma(forward, strike, years, vol) * carry * carry * spot * spot * 0.01;
        }
    }

    /** A strike and its summed gamma at today's spot, USD per 1 %: magnets positive, repellers negative. */
    public record Level(double strike, double gex) {}

    public static GammaProfile of(List<Position> positions, double spot, int steps) {
        double[] spots = new double[steps + 1];
        double[] gex = new double[steps + 1];
        List<Double> flips = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            spots[i] = spot * (0.7 + 0.6 * i / steps);
            for (Position position : positions) {
                gex[i] += position.gex(spots[i]);
            }
            if (i > 0 && gex[i] * gex[i - 1] < 0) {
                flips.add(spots[i - 1] + (spots[i] - spots[i - 1]) * gex[i - 1] / (gex[i - 1] - gex[i]));
            }
        }
        return new GammaProfile(spots, gex, List.copyOf(flips));
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
}

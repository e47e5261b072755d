package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.quant.GammaProfile.Position;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GammaProfileTest {
    /** Present value = premium in money of the expiry ÷ carry, by its second difference in the spot. */
    @Test
    void gammaIsThatOfThePremiumsPresentValue() {
        double carry = 1.166;
        double step = 20;
        var position = new Position(72_000, 1, 0.7, 1, carry);
        double[] value = IntStream.rangeClosed(-1, 1)
                .mapToDouble(i -> Black76.call((70_000 + i * step) * carry, 72_000, 1, 0.7) / carry)
                .toArray();
        double gamma = (value[0] - 2 * value[1] + value[2]) / (step * step);
        Golden.near(gamma * 70_000.0 * 70_000 * 0.01, position.gex(70_000), 1e-5, "gamma");
    }

    @Test
    void aLongCallBelowAndAShortPutAboveFlipBetweenThem() {
        double spot = 100;
        var positions = List.of(new Position(85, 0.1, 0.5, -1000, 1), new Position(115, 0.1, 0.5, 1000, 1));
        GammaProfile profile = GammaProfile.of(positions, spot, 120);
        double flip = profile.nearestFlip(spot);
        assertEquals(121, profile.spots().length);
        // equal and opposite lognormal peaks are equal where ln(F/K) + w/2 is of one size
        assertEquals(Math.sqrt(85 * 115.0) * Math.exp(-0.5 * 0.5 * 0.1 / 2), flip, 1e-10 * flip);
        assertEquals(
                profile.gex()[60],
                GammaProfile.byStrike(positions, spot).stream()
                        .mapToDouble(GammaProfile.Level::gex)
                        .sum(),
                1e-6);
    }

    /** Two flips a quarter of a per cent apart lie within one cell of the drawn grid, and are both found. */
    @Test
    void theNarrowPeakOfALastHourFlipsTwiceWithinACell() {
        double hour = 1 / 8_760.0;
        double spot = 100;
        var broad = new Position(100, 0.25, 0.6, 100, 1);
        var peak = new Position(100.13, hour, 0.25, -3, 1);
        assertTrue(peak.gex(100.13) + broad.gex(100.13) < 0);
        GammaProfile profile = GammaProfile.of(List.of(broad, peak), spot, 120);
        assertEquals(2, profile.flips().size(), profile.flips()::toString);
        for (double flip : profile.flips()) {
            double before = GammaProfile.total(List.of(broad, peak), flip * (1 - 1e-9));
            double after = GammaProfile.total(List.of(broad, peak), flip * (1 + 1e-9));
            assertTrue(before * after < 0, "exact to 1e-9 at " + flip);
        }
    }

    /** Gamma that vanishes to the last bit between two far peaks flips in the middle of nothing; nothing at all does not flip. */
    @Test
    void zerosAtNodesAreFlipsOnlyBetweenSigns() {
        double minute = 1 / 525_600.0;
        var low = new Position(80, minute, 0.3, 10, 1);
        var high = new Position(120, minute, 0.3, -10, 1);
        List<Double> flips = GammaProfile.of(List.of(low, high), 100, 600).flips();
        assertEquals(1, flips.size());
        assertEquals(100, flips.getFirst(), 1);
        assertEquals(List.of(), GammaProfile.of(List.of(low), 100, 600).flips());
        assertEquals(List.of(), GammaProfile.of(List.of(), 100, 600).flips());
        // mirrored inventories cancel everywhere
        var opposite = new Position(80, minute, 0.3, -10, 1);
        assertEquals(
                List.of(), GammaProfile.of(List.of(low, opposite), 100, 600).flips());
    }

    /** Against the deviation of simulated roundings. */
    @Test
    void roundingGammaAloneBlursTheTotal() {
        Random random = new Random(11);
        List<Position> positions = random.doubles(200, -4_000, 4_000)
                .mapToObj(inventory -> new Position(70_000, 0.1, 0.6, inventory, 1))
                .toList();
        double[] totals = new double[4_000];
        for (int i = 0; i < totals.length; i++) {
            for (Position position : positions) {
                totals[i] += position.inventory() * (random.nextDouble() - 0.5) * 1e-5 * 70_000 * 70_000 * 0.01;
            }
        }
        Golden.near(Stats.deviation(totals), GammaProfile.roundingDeviation(positions, 70_000, 5), 0.04, "deviation");
    }
}

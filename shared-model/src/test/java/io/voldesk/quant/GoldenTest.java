package io.voldesk.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenTest {
    @Test
    void blackPricesAndGreeks() {
        int checked = 0;
        for (String[] row : Golden.rows("black76.csv")) {
            double f = Golden.number(row[0]);
            double k = Golden.number(row[1]);
            double t = Golden.number(row[2]);
            double v = Golden.number(row[3]);
            String what = String.join(",", Arrays.copyOf(row, 4));
            checked += price(Golden.number(row[4]), Black76.call(f, k, t, v), "call " + what);
            checked += price(Golden.number(row[5]), Black76.put(f, k, t, v), "put " + what);
            if (Golden.number(row[7]) > 1e-30) {
                Golden.near(Golden.number(row[7]), Black76.gamma(f, k, t, v), 1e-12, "gamma " + what);
                Golden.near(Golden.number(row[8]), Black76.vega(f, k, t, v), 1e-12, "vega " + what);
            }
            if (Golden.number(row[6]) > 1e-30) {
                Golden.near(Golden.number(row[6]), Black76.deltaCall(f, k, t, v), 1e-12, "delta " + what);
            }
        }
        assertTrue(checked > 200, "the file was read");
    }

    private static int price(double expected, double actual, String what) {
        if (expected > 1e-290) {
            Golden.near(expected, actual, expected > 1e-30 ? 1e-13 : 1e-11, what);
            return 1;
        }
        return 0;
    }

    @Test
    void impliedVolFromTheOutOfTheMoneyPrice() {
        int checked = 0;
        for (String[] row : Golden.rows("black76.csv")) {
            double f = Golden.number(row[0]);
            double k = Golden.number(row[1]);
            double t = Golden.number(row[2]);
            boolean call = k >= f;
            double price = Golden.number(row[call ? 4 : 5]);
            if (price > 1e-290) {
                var found = assertInstanceOf(ImpliedVol.Found.class, ImpliedVol.of(call, price, f, k, t));
                Golden.near(Golden.number(row[3]), found.vol(), 1e-12, String.join(",", row));
                checked++;
            }
        }
        assertTrue(checked > 100, "the file was read");
    }

    /** Over the whole plane: from a thousandth to forty deviations, from the money to where the price is 1e-290 of the forward. */
    @Test
    void impliedVolComesBackFromItsPrice() {
        int checked = 0;
        for (double k = 1; k < 1e12; k *= 1.37) {
            for (double s = 1e-3; s < 40; s *= 1.11) {
                double strike = 100 * (k == 1 ? 1 : k < 3 ? 1 + (k - 1) * 1e-4 : k / 2);
                double price = Black76.price(true, 100, strike, 1, s);
                // near its bound a price holds no more of the vol than its last bits
                double last = Math.ulp(price) / Black76.vega(100, strike, 1, s);
                if (price > 1e-288 && price < 100 && last < 1e-15 * s) {
                    var found = assertInstanceOf(ImpliedVol.Found.class, ImpliedVol.of(true, price, 100, strike, 1));
                    assertEquals(1, found.vol() / s, 2e-13, strike + " " + s);
                    checked++;
                }
            }
        }
        assertTrue(checked > 2_000, "only " + checked);
    }

    @Test
    void aPriceWithinABitOfItsBoundStillHasAVol() {
        var found = assertInstanceOf(ImpliedVol.Found.class, ImpliedVol.of(true, Math.nextDown(100.0), 100, 120, 1));
        assertTrue(found.vol() > 10 && found.vol() < 30, String.valueOf(found.vol()));
    }

    @Test
    void noImpliedVolIsAReasonNotANumber() {
        assertEquals(new ImpliedVol.None("below_intrinsic"), ImpliedVol.of(true, 9.99, 110, 100, 1));
        assertEquals(new ImpliedVol.None("above_bound"), ImpliedVol.of(true, 110, 110, 100, 1));
        assertEquals(new ImpliedVol.None("expired"), ImpliedVol.of(true, 5, 110, 110, 0));
        assertEquals(new ImpliedVol.None("bad_input"), ImpliedVol.of(true, Double.NaN, 110, 100, 1));
    }

    @Test
    void sviVarianceConditionAndDensity() {
        for (String[] row : Golden.rows("svi.csv")) {
            double[] x = Arrays.stream(row).skip(1).mapToDouble(Golden::number).toArray();
            var slice = new SviSlice(1, 100, x[0], x[1], x[3], x[2], x[4]);
            String what = row[0] + " k=" + x[5];
            assertEquals(x[6], slice.w(x[5]), 1e-13, what);
            assertEquals(x[7], slice.g(x[5]), 1e-12, what);
            assertEquals(x[8], slice.density(x[5]), 1e-12, what);
        }
    }

    @Test
    void theVogtSliceIsCaughtAsButterflyArbitrage() {
        String[] row = Golden.rows("svi.csv").getFirst();
        double[] x =
                Arrays.stream(row).skip(1).limit(5).mapToDouble(Golden::number).toArray();
        var vogt = new SviSlice(1, 100, x[0], x[1], x[3], x[2], x[4]);
        List<SviFit.Point> points = new ArrayList<>();
        for (double k = -1.5; k <= 1.5; k += 0.05) {
            points.add(new SviFit.Point(k, vogt.vol(k), 1));
        }
        double least = points.stream().mapToDouble(p -> vogt.g(p.k())).min().orElseThrow();
        assertTrue(least < 0, "Vogt's parameters allow butterfly arbitrage");
        assertTrue(SviFit.fit(points, 1, 100).leastG() > least, "the refit goes away from it");
    }

    @Test
    void aFitFindsTheSliceItsPointsCameFrom() {
        var slice = new SviSlice(30 / 365.0, 100, 0.004, 0.08, -0.25, 0.02, 0.12);
        List<SviFit.Point> points = new ArrayList<>();
        for (double k = -0.4; k <= 0.4; k += 0.05) {
            points.add(new SviFit.Point(k, slice.vol(k), 1));
        }
        SviFit fit = SviFit.fit(points, slice.years(), slice.forward());
        assertTrue(fit.rmseVolPoints() < 0.01, () -> "rmse " + fit.rmseVolPoints());
        assertTrue(fit.butterflyFree());
    }

    /** Out-of-the-money values within minutes of expiry, and back: the vol is held to what the value itself determines. */
    @Test
    void blackAndItsInverseAtSmallDeviations() {
        int checked = 0;
        for (String[] row : Golden.rows("black76_small.csv")) {
            double f = Golden.number(row[0]);
            double k = Golden.number(row[1]);
            double t = Golden.number(row[2]);
            boolean call = row[3].equals("C");
            double value = Golden.number(row[4]);
            double vol = Golden.number(row[5]);
            double condition = Golden.number(row[6]);
            String what = String.join(",", row);
            Golden.near(value, Black76.price(call, f, k, t, vol), 1e-12 * Math.max(1, 10 / condition), "value " + what);
            var found = assertInstanceOf(ImpliedVol.Found.class, ImpliedVol.of(call, value, f, k, t), what);
            Golden.near(vol, found.vol(), 1e-12 * Math.max(1, condition * 10), "vol " + what);
            checked++;
        }
        assertEquals(300, checked);
    }

    /** Quotes of the last day and the last minutes, their vols known beforehand, that an unguarded iteration answered with another vol. */
    @ParameterizedTest
    @CsvSource({
        "9.344058702724798, 59816.5, 60000, 0.0027397260273972603, 0.05, 1e-12",
        "17.18908059, 60000, 60050, 9.512937595129375e-6, 0.5, 1e-8",
        "16.7793349555, 60000, 60100, 1.902587519025875e-5, 0.5, 1e-8",
        "0.0570267212, 398.695, 400, 1.1415525114155251e-4, 0.25, 1e-8"
    })
    void quotesNearExpiryFindTheirVol(
            double price, double forward, double strike, double years, double vol, double digits) {
        var found = assertInstanceOf(ImpliedVol.Found.class, ImpliedVol.of(true, price, forward, strike, years));
        Golden.near(vol, found.vol(), digits, "vol");
    }

    /** Over the whole region near the money, down to σ√T = 1e-8: never not converged, never another vol. */
    @Test
    void impliedVolNearTheMoneyAtAnyDeviation() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double s = Math.pow(10, -8 + 8.3 * random.nextDouble());
            double strike = 60_000 * Math.exp((2 * random.nextDouble() - 1) * 6 * s);
            boolean call = strike > 60_000;
            double price = Black76.price(call, 60_000, strike, 1, s);
            double condition = price / (Black76.vega(60_000, strike, 1, s) * s);
            if (price > 0 && condition < 1e4) {
                var found = assertInstanceOf(
                        ImpliedVol.Found.class, ImpliedVol.of(call, price, 60_000, strike, 1), strike + " " + s);
                Golden.near(s, found.vol(), 1e-14 * Math.max(1, 10 * condition), strike + " " + s);
            }
        }
    }

    @Test
    void touchWithoutCarryIsTheDriftlessOne() {
        for (String[] row : Golden.rows("touch.csv")) {
            double[] x = Arrays.stream(row).mapToDouble(Golden::number).toArray();
            if (x[4] > 1e-300) {
                Golden.near(x[4], Touch.probability(x[0], x[1], x[2], x[3], 0), 1e-12, String.join(",", row));
            }
            if (x[5] > 1e-300 && x[0] != x[1]) {
                finishBeyond(x[5], x[0], x[0], x[1], x[2], x[3]);
            }
        }
    }

    @Test
    void touchWithCarry() {
        int checked = 0;
        for (String[] row : Golden.rows("touch_carry.csv")) {
            double[] x = Arrays.stream(row).mapToDouble(Golden::number).toArray();
            double carry = Math.log1p((x[1] - x[0]) / x[0]) / x[3];
            if (x[5] > 1e-300) {
                Golden.near(x[5], Touch.probability(x[0], x[2], x[3], x[4], carry), 1e-12, String.join(",", row));
                checked++;
            }
            if (x[6] > 1e-300) {
                finishBeyond(x[6], x[0], x[1], x[2], x[3], x[4]);
            }
        }
        assertTrue(checked > 100, "only " + checked);
    }

    /** The density's own mass on the far side of the level, of a flat smile. */
    private static void finishBeyond(
            double expected, double spot, double forward, double level, double years, double vol) {
        Smile flat = new SviSlice(years, forward, vol * vol * years, 0, 0, 0, 1);
        double k = Black76.logRatio(level, forward);
        double beyond = level > spot ? flat.massAbove(k) : flat.massBelow(k);
        Golden.near(expected, beyond, 1e-12, "beyond " + level + " from " + spot);
    }

    @Test
    void realisedVolEstimators() {
        List<RealisedVol.Bar> bars = Golden.rows("realised_vol.csv").stream()
                .map(r -> new RealisedVol.Bar(
                        Golden.number(r[0]), Golden.number(r[1]), Golden.number(r[2]), Golden.number(r[3])))
                .toList();
        double[] expected = Arrays.stream(
                        Golden.lines("realised_vol.csv").getLast().substring(1).split(","))
                .mapToDouble(s -> Double.parseDouble(s.strip()))
                .toArray();
        double[] closes = bars.stream().mapToDouble(RealisedVol.Bar::close).toArray();
        List<RealisedVol.Bar> last30 = bars.subList(1, 31);
        assertEquals(expected[0], RealisedVol.closeToClose(closes, 365), 1e-12);
        assertEquals(expected[1], RealisedVol.closeToCloseZeroMean(closes, 365), 1e-12);
        assertEquals(expected[2], RealisedVol.parkinson(last30, 365), 1e-12);
        assertEquals(expected[3], RealisedVol.garmanKlass(last30, 365), 1e-12);
        assertEquals(expected[4], RealisedVol.rogersSatchell(last30, 365), 1e-12);
        assertEquals(expected[5], RealisedVol.yangZhang(bars, 365), 1e-12);
    }
}

package io.voldesk.analytics.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final LocalDate DAY = LocalDate.parse("2026-10-01");

    /**
     * Worked by hand: nine fills of 100 USD premium at a cost of 1 to 9 bps and one of 9,100 USD at -20 bps: weighed
     * (100 · 45 - 9,100 · 20) / 10,000 = -17.75, median (4 + 5) / 2, trimmed of one at either end (1 + … + 8) / 8.
     */
    @Test
    void threeMeansStandSideBySide() {
        Measure bps = new Measure(false);
        for (int n = 1; n <= 9; n++) {
            bps.add(DAY, BigDecimal.valueOf(100L * n), BigDecimal.valueOf(100), null, 1);
        }
        bps.add(DAY, BigDecimal.valueOf(-182_000), BigDecimal.valueOf(9_100), null, 1);
        bps.values(new double[] {1, 2, 3, 4, 5});
        bps.values(new double[] {-20, 6, 7, 8, 9});
        Measure.Shown shown = bps.shown();
        assertEquals(-17.75, shown.weightedMean(), 1e-12);
        assertEquals(4.5, shown.median(), 1e-12);
        assertEquals(4.5, shown.trimmedMean(), 1e-12);
        assertNull(shown.total(), "basis points add up to nothing");
        assertEquals("fewer_than_30_executions", shown.intervalReason());
    }

    /** Weights of one make it the plain clustered interval: thirty days at 1 and 3 in turn, mean 2, s.d. √(30/29), t 2.0452. */
    @Test
    void theIntervalClustersByDayAndNeedsThirtyOfThem() {
        Measure bps = new Measure(true);
        for (int n = 0; n < 30; n++) {
            BigDecimal value = BigDecimal.valueOf(1 + 2 * (n % 2));
            bps.add(DAY.plusDays(n), value, BigDecimal.ONE, value, 1);
            if (n == 28) {
                Measure copy = new Measure(true);
                copy.addAll(bps);
                copy.add(DAY, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, 1);
                assertEquals("fewer_than_30_days", copy.shown().intervalReason());
            }
        }
        Measure.Shown shown = bps.shown();
        assertEquals(30, shown.independentN());
        double half = 2.045229642132703 * Math.sqrt(30.0 / 29) / Math.sqrt(30);
        assertEquals(2 - half, shown.interval().get(0), 1e-9);
        assertEquals(2 + half, shown.interval().get(1), 1e-9);
        assertEquals(0, BigDecimal.valueOf(60).compareTo(shown.total()));
    }

    @Test
    void nothingToAverageIsNoZero() {
        Measure none = new Measure(true);
        none.leaveOut("model", "zero_bid", 3);
        Measure.Shown shown = none.shown();
        assertNull(shown.weightedMean());
        assertNull(shown.median());
        assertNull(shown.trimmedMean());
        assertTrue(shown.n() == 0 && shown.leftOut() == 3);
        assertEquals(List.of(new Average.LeftOut("model", "zero_bid", 3)), shown.leftOutBy());
    }
}

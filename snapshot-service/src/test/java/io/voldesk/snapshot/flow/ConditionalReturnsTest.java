package io.voldesk.snapshot.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.snapshot.volmetrics.MarketSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ConditionalReturnsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static List<MarketSeries.Hour> walk(int hours, double drift, IntFunction<String> regime) {
        Random random = new Random(20_260_101);
        List<MarketSeries.Hour> series = new ArrayList<>();
        double log = 10;
        for (int i = 0; i < hours; i++) {
            String of = regime.apply(i);
            series.add(hour(START.plus(Duration.ofHours(i)), Math.exp(log), of));
            log += 0.005 * random.nextGaussian() + ("positive".equals(of) ? drift : 0);
        }
        return series;
    }

    private static MarketSeries.Hour hour(Instant at, Double spot, String regime) {
        return new MarketSeries.Hour(
                at, spot, spot, null, null, null, null, null, null, null, null, null, null, 1.0, 1.0, 1.0, null, null,
                regime);
    }

    private static ConditionalReturns.Outcome cell(List<ConditionalReturns.Outcome> cells, String regime, int horizon) {
        return cells.stream()
                .filter(cell -> cell.regime().equals(regime) && cell.horizonHours() == horizon)
                .findFirst()
                .orElseThrow();
    }

    /** A week of one regime at 72 hours: less than three independent returns, where a mean once had an interval of no width. */
    @Test
    void aWeekBoundsNothing() {
        var cells = ConditionalReturns.of(walk(168, 0, i -> "near_flip"));
        var cell = cell(cells, "near_flip", 72);
        assertEquals(96, cell.n());
        assertEquals(1, cell.independentN());
        assertEquals(96 / 168.0, cell.coverage(), 1e-12);
        assertNull(cell.interval());
        assertEquals("too_few_independent_observations", cell.intervalReason());
        assertNull(cell.pValue());
        assertNull(cell.significant());
        assertEquals("no_observation", cell(cells, "positive", 1).intervalReason());
    }

    @Test
    void falseDiscoveriesAreCountedOverAllCellsTogether() {
        var cells = ConditionalReturns.of(walk(24 * 300, 0.002, i -> i / 36 % 2 == 0 ? "positive" : "negative"));
        List<ConditionalReturns.Outcome> judged =
                cells.stream().filter(cell -> cell.qValue() != null).toList();
        assertTrue(judged.size() >= 6, () -> judged.size() + " cells have an interval");
        for (var cell : judged) {
            double least = judged.stream()
                    .filter(other -> other.pValue() >= cell.pValue())
                    .mapToDouble(other -> other.pValue()
                            * judged.size()
                            / judged.stream()
                                    .filter(o -> o.pValue() <= other.pValue())
                                    .count())
                    .min()
                    .orElseThrow();
            assertEquals(Math.min(1, least), cell.qValue(), 1e-12, "Benjamini and Hochberg by its definition");
            assertEquals(cell.qValue() <= 0.05, cell.significant());
        }
        assertTrue(cell(cells, "positive", 1).significant(), "a drift that is there is found");
    }

    @Test
    void whatStandsInNoCellIsCounted() {
        List<MarketSeries.Hour> hours = List.of(
                hour(START, 1.0, "undetermined"),
                hour(START, 1.0, null),
                hour(START, null, "positive"),
                hour(START, 1.0, "negative"));
        assertEquals(Map.of("undetermined", 1, "no_regime", 1, "no_spot", 1), ConditionalReturns.leftOut(hours));
    }
}

package io.voldesk.snapshot.volmetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.model.QualityState;
import io.voldesk.snapshot.volmetrics.RealisedVols.Estimate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RealisedVolsTest {
    private static final Instant LAST = Instant.parse("2024-04-30T23:00:00Z");

    private final TreeMap<Instant, Double> spots = new TreeMap<>();
    private JsonNode lastRow;

    /** The recorded April by the hour; the hour before it follows from the first row's return. */
    RealisedVolsTest() throws IOException {
        JsonNode rows = new ObjectMapper()
                .readTree(
                        RealisedVolsTest.class.getResource("/recorded/amberdata/btc-implied-vs-realized-2024-04.json"))
                .at("/payload/data");
        for (JsonNode row : rows) {
            Instant at = Instant.ofEpochMilli(row.get("timestamp").asLong());
            spots.put(at, row.get("indexPrice").asDouble());
            if (at.equals(LAST)) {
                lastRow = row;
            }
            if (at.equals(Instant.parse("2024-04-01T00:00:00Z"))) {
                spots.put(
                        at.minus(Duration.ofHours(1)),
                        row.get("indexPrice").asDouble()
                                / Math.exp(row.get("lnReturn").asDouble()));
            }
        }
    }

    private Estimate of(int days, String estimator, String bars) {
        return RealisedVols.over(spots, LAST, days).estimates().stream()
                .filter(e -> e.estimator().equals(estimator) && e.bars().equals(bars))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hourlyCloseToCloseIsWhatTheVendorCallsRealisedVol() {
        assertEquals(
                lastRow.get("realizedVolatility7").asDouble() / 100,
                of(7, "close_to_close", "hourly").value(),
                1e-8);
        assertEquals(
                lastRow.get("realizedVolatility30").asDouble() / 100,
                of(30, "close_to_close", "hourly").value(),
                1e-8);
        assertEquals(QualityState.OK, of(30, "close_to_close", "hourly").state());
        assertEquals(720, of(30, "close_to_close", "hourly").sample().n());
    }

    /**
     * The same month by the day is nine points lower: two figures of one name would not do. Computed apart from the recording: 0.49962 of 30
     * returns, 0.50653 of the 29 between the month's own closes.
     */
    @Test
    void dailyCloseToCloseOfTheSameMonthIsAnotherNumber() {
        Estimate daily = of(30, "close_to_close", "daily");
        assertEquals(0.4996219, daily.value(), 1e-7);
        assertEquals(30, daily.sample().independentN());
        assertEquals(QualityState.OK, daily.state());
    }

    @Test
    void aWeekOfDaysIsShownAsDegraded() {
        for (String estimator :
                new String[] {"close_to_close", "parkinson", "garman_klass", "rogers_satchell", "yang_zhang"}) {
            Estimate estimate = of(7, estimator, "daily");
            assertEquals(QualityState.DEGRADED, estimate.state(), estimator);
            assertEquals("fewer_than_30_independent_observations", estimate.reason(), estimator);
            assertTrue(estimate.value() > 0.3 && estimate.value() < 0.7, estimator + " " + estimate.value());
        }
    }

    @Test
    void aDayWithoutHoursLeavesTheOthersAndHasNoYangZhang() {
        spots.subMap(Instant.parse("2024-04-28T00:00:00Z"), Instant.parse("2024-04-29T00:00:00Z"))
                .clear();
        assertEquals(168 - 25, of(7, "close_to_close", "hourly").sample().n());
        assertEquals(5, of(7, "parkinson", "daily").sample().n());
        assertNull(of(7, "yang_zhang", "daily").value());
        assertEquals("needs_consecutive_bars", of(7, "yang_zhang", "daily").reason());
    }

    @Test
    void aWindowThatMostlyLiesBeforeTheHistoryIsNoNumberToRelyOn() {
        Estimate quarter = of(90, "close_to_close", "hourly");
        assertEquals(720.0 / 2_160, quarter.sample().coverage(), 1e-12);
        assertEquals(QualityState.DEGRADED, quarter.state());
        assertEquals("coverage_below_80_percent", quarter.reason());
        spots.headMap(LAST).clear();
        assertNull(of(7, "close_to_close", "hourly").value());
        assertEquals(QualityState.UNAVAILABLE, of(7, "garman_klass", "daily").state());
    }

    /** The day after a first capture, or a day of which one hour is stored. */
    @Test
    void withoutABarEachEstimateSaysSo() {
        spots.headMap(LAST).clear();
        for (Estimate estimate : RealisedVols.over(spots, LAST, 7).estimates()) {
            assertEquals(null, estimate.value(), estimate.estimator());
            assertEquals(QualityState.UNAVAILABLE, estimate.state(), estimate.estimator());
            assertTrue(estimate.reason() != null, estimate.estimator());
        }
    }
}

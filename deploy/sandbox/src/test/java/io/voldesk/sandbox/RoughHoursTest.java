package io.voldesk.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.quant.Black76;
import io.voldesk.sandbox.CoinChain.Slice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rough hour is as rough as its name says, there are few of them, and every other hour is free of arbitrage. */
class RoughHoursTest {
    private static final SimulatedMarket MARKET = new SimulatedMarket();
    private static final CoinChain CHAIN = new CoinChain(MARKET);
    private static final Instant FIRST = Instant.parse("2026-05-01T00:00:00Z");
    private static final int HOURS = 31 * 24;

    private static boolean butterfly(List<Slice> slices) {
        for (Slice slice : slices) {
            double[] strikes = slice.strikes();
            for (int i = 1; i < strikes.length - 1; i++) {
                double left = (call(slice, i) - call(slice, i - 1)) / (strikes[i] - strikes[i - 1]);
                double right = (call(slice, i + 1) - call(slice, i)) / (strikes[i + 1] - strikes[i]);
                if (right < left - 1e-5) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double call(Slice slice, int i) {
        return Black76.call(slice.forward(), slice.strikes()[i], slice.years(), slice.vols()[i] / 100);
    }

    private static boolean calendar(List<Slice> slices) {
        for (int i = 1; i < slices.size(); i++) {
            if (variance(slices.get(i)) < variance(slices.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static double variance(Slice slice) {
        return slice.atm() * slice.atm() * slice.days();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "ETH", "SOL_USDC"})
    void onlyRoughHoursHaveArbitrage(String code) {
        var coin = CoinChain.coin(code);
        Map<RoughHours, Integer> seen = new EnumMap<>(RoughHours.class);
        for (int hour = 0; hour < HOURS; hour++) {
            Instant at = FIRST.plus(hour, ChronoUnit.HOURS);
            RoughHours rough = RoughHours.of(coin.asset(), at);
            seen.merge(rough, 1, Integer::sum);
            List<Slice> slices = CHAIN.slices(coin, at);
            assertEquals(rough == RoughHours.CALENDAR, calendar(slices), () -> "calendar at " + at);
            assertEquals(rough == RoughHours.BUTTERFLY, butterfly(slices), () -> "butterfly at " + at);
        }
        assertEquals(
                Map.of(
                        RoughHours.BUTTERFLY,
                        1,
                        RoughHours.CALENDAR,
                        1,
                        RoughHours.SPARSE,
                        1,
                        RoughHours.NONE,
                        HOURS - 3),
                seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "ETH", "SOL_USDC"})
    void aSparseSliceHasFiveDeltas(String code) {
        var coin = CoinChain.coin(code);
        Instant sparse = FIRST;
        while (RoughHours.of(coin.asset(), sparse) != RoughHours.SPARSE) {
            sparse = sparse.plus(1, ChronoUnit.HOURS);
        }
        JsonNode rows = new CoinRows(new ObjectMapper(), MARKET).floating(coin, sparse, sparse);
        int thin = 0;
        for (JsonNode row : rows) {
            int quoted = 0;
            for (var field : row.properties()) {
                quoted += (field.getKey().startsWith("delta") || field.getKey().equals("atm"))
                                && field.getValue().isNumber()
                        ? 1
                        : 0;
            }
            assertFalse(quoted < 5, row::toString);
            thin += quoted == 5 ? 1 : 0;
        }
        assertTrue(thin >= 1, "slices with five points: " + thin);
    }
}

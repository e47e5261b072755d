package io.voldesk.sandbox;

import static io.voldesk.sandbox.Answers.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.quant.Black76;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Share options: dollars per share; the forward is S·e^{rT} at the surface's rate of the expiry, the premium its discounted
 * Black price, and from three weeks on T runs to midnight UTC before the expiry date, as {@code daysToExpiration} does.
 */
class ShareContractTest {
    private static final List<JsonNode> TRADES =
            Answers.rows(Answers.recording("mstr-decorated-trades-2024-12-20T15.json"));
    private static final List<JsonNode> SURFACES = Stream.of(
                    "mstr-delta-surface-floating-2024-11-29.json", "mstr-delta-surface-floating-2024-12-02-to-06.json")
            .flatMap(file -> Answers.rows(Answers.recording(file)).stream())
            .toList();
    private static final SimulatedRows SIMULATED = new SimulatedRows(new ObjectMapper(), new SimulatedMarket());

    /** What a price, a vol and a delta were said to be of one option; the rate is the surface's, a fraction. */
    private record Marked(
            boolean call, double spot, double strike, double days, double vol, double price, double rate) {
        double error(double addedDays, boolean carry, boolean discount) {
            double years = (days + addedDays) / 365;
            double forward = carry ? spot * Math.exp(rate * years) : spot;
            double worth = Black76.price(call, forward, strike, years, vol);
            return Math.abs((discount ? Math.exp(-rate * years) : 1) * worth / price - 1);
        }
    }

    private static double median(List<Marked> marks, double addedDays, boolean carry, boolean discount) {
        return marks.stream()
                .map(mark -> mark.error(addedDays, carry, discount))
                .sorted()
                .toList()
                .get(marks.size() / 2);
    }

    private static double rate(double days) {
        TreeMap<Double, Double> rates = new TreeMap<>();
        for (JsonNode row : SURFACES) {
            if (Answers.time(row, "timestamp").equals(Instant.parse("2024-12-06T20:00:00Z"))) {
                rates.put(number(row, "daysToExpiration"), number(row, "underlyingRate"));
            }
        }
        var near = rates.floorEntry(days) == null ? rates.firstEntry() : rates.floorEntry(days);
        return near.getValue();
    }

    /** The recorded marks between 10 and 90 delta of options of so many days. */
    private static List<Marked> recorded(double fewest, double most) {
        List<Marked> marks = new ArrayList<>();
        for (JsonNode row : TRADES) {
            Double delta = number(row, "delta");
            double days = 365 * Answers.years(row, "exchangeTimestamp", "expirationTimestamp");
            if (delta != null && Math.abs(delta) >= 0.1 && Math.abs(delta) <= 0.9 && days >= fewest && days < most) {
                marks.add(new Marked(
                        row.path("putCall").asText().equals("C"),
                        number(row, "underlyingPrice"),
                        number(row, "strike"),
                        days,
                        number(row, "postTradeMarkIv") / 100,
                        number(row, "postTradeMarkPrice"),
                        rate(days)));
            }
        }
        return marks;
    }

    /** 74 marks of 20 days and more: 0.6 % with carry and discount, 1.7 % without the discount, 3.0 % on F = S. */
    @Test
    void theForwardOfAShareIsItsSpotWithTheRate() {
        List<Marked> marks = recorded(20, 10_000);
        assertEquals(74, marks.size());
        double full = median(marks, 0, true, true);
        assertTrue(full < 0.007, () -> "carry and discount " + full);
        assertTrue(median(marks, 0, true, false) > 2.5 * full);
        assertTrue(median(marks, 0, false, false) > 4 * full);
        assertTrue(median(marks, 0.875, true, true) > 1.8 * full, "nor is T to the close");
    }

    /**
     * A limit: under a fortnight neither calendar gives the recorded marks (median 3 % to midnight, 6 % to the close), so a vol
     * of these days cannot be turned into a price to better than that.
     */
    @Test
    void underAFortnightNoCalendarGivesTheMarks() {
        List<Marked> marks = recorded(5, 14);
        assertTrue(marks.size() > 80, "marks " + marks.size());
        assertTrue(median(marks, 0, true, true) > 0.02);
        assertTrue(median(marks, 0.875, true, true) > 0.04);
    }

    /** Rounded to two decimals, on every row of both recordings and in the sandbox. */
    @Test
    void daysRunToMidnightUtcOfTheExpiryDate() {
        for (List<JsonNode> rows : List.of(SURFACES, simulatedSurface())) {
            for (JsonNode row : rows) {
                double days = 365 * Answers.years(row, "timestamp", "expirationTimestamp");
                assertEquals(days, number(row, "daysToExpiration"), 0.0051, row::toString);
                double rate = number(row, "underlyingRate");
                assertTrue(rate > 0.043 && rate < 0.054, () -> "rate " + rate);
            }
        }
    }

    /** In the hour of 18:00 on 29 November the recorded vols at the money are 373 and 162, at 20:00 a week on 127. */
    @Test
    void aThinHourHasVolsThatArePrices() {
        Map<Instant, Double> highest = new TreeMap<>();
        for (JsonNode row : SURFACES) {
            if (number(row, "atm") != null) {
                highest.merge(Answers.time(row, "timestamp"), number(row, "atm"), Math::max);
            }
        }
        assertEquals(373.25, highest.get(Instant.parse("2024-11-29T18:00:00Z")));
        assertEquals(1, highest.values().stream().filter(vol -> vol > 250).count(), "of nine hours");
        JsonNode thin = SURFACES.stream()
                .filter(row -> row.path("atm").asDouble() == 373.25)
                .findFirst()
                .orElseThrow();
        assertTrue(number(thin, "atm") > number(thin, "deltaPut45") + 80, "nor is it a smile");
    }

    /** Ten of 445 trades carry a vol of 0.01 per cent, the vendor's floor for a fill below intrinsic: not a vol at all. */
    @Test
    void aTradeBelowIntrinsicHasTheFloorForAVol() {
        List<JsonNode> floored = TRADES.stream()
                .filter(row -> number(row, "tradeIv") != null && number(row, "tradeIv") < 1)
                .toList();
        assertEquals(10, floored.size());
        for (JsonNode row : floored) {
            boolean call = row.path("putCall").asText().equals("C");
            double intrinsic = (number(row, "underlyingPrice") - number(row, "strike")) * (call ? 1 : -1);
            assertTrue(number(row, "priceUsd") < intrinsic, row::toString);
        }
    }

    @Test
    void tradesPrintWithinTheQuoteBeforeThem() {
        long within = TRADES.stream()
                .filter(row -> number(row, "priceUsd") >= number(row, "preTradeBidPrice") - 1e-9
                        && number(row, "priceUsd") <= number(row, "preTradeAskPrice") + 1e-9)
                .count();
        assertEquals(443, within);
        assertEquals(445, TRADES.size());
    }

    /** Per share and not per contract: at the money in the last days a mark is a few per cent of the share. */
    @Test
    void aQuoteIsInDollarsPerShareAndItsMarkWithinIt() {
        List<JsonNode> rows = Answers.rows(Answers.recording("mstu-level-1-quotes-atm-2024-12-23.json"));
        long within = rows.stream()
                .filter(row -> number(row, "bid") <= number(row, "markPrice")
                        && number(row, "markPrice") <= number(row, "ask"))
                .count();
        assertEquals(234, rows.size());
        assertEquals(229, within);
        for (JsonNode row : rows) {
            assertEquals(100, row.path("multiplier").asInt());
            assertTrue(number(row, "ask") < number(row, "underlyingPrice"));
            assertTrue(row.path("underlyingRate").isNull(), "the rate stands on surfaces; recorded quotes lack it");
        }
    }

    private static List<JsonNode> simulatedSurface() {
        Instant day = Instant.parse("2026-03-11T00:00:00Z");
        List<JsonNode> rows = new ArrayList<>();
        SIMULATED
                .of("volatility/delta-surfaces/floating/tradfi", "MSTR", day, day.plusSeconds(86_399), Map.of())
                .forEach(rows::add);
        return rows;
    }

    /** The sandbox's own marks by the same rule as the recorded ones. */
    @Test
    void theSimulatedMarksFollowTheRecordedRule() {
        Instant from = Instant.parse("2026-03-11T15:00:00Z");
        List<Marked> marks = new ArrayList<>();
        for (String expiry : List.of("2026-04-17", "2026-06-19", "2026-12-18", "2027-03-19")) {
            for (int strike = 200; strike < 320; strike += 20) {
                for (String right : List.of("C", "P")) {
                    for (JsonNode row : SIMULATED.of(
                            "volatility/level-1-quotes-instrument/tradfi",
                            "MSTR",
                            from,
                            from.plusSeconds(60),
                            Map.of("expiration", expiry, "strike", String.valueOf(strike), "putCall", right))) {
                        marks.add(new Marked(
                                right.equals("C"),
                                number(row, "underlyingPrice"),
                                strike,
                                365 * Answers.years(row, "exchangeTimestamp", "expirationTimestamp"),
                                number(row, "markIv") / 100,
                                number(row, "markPrice"),
                                number(row, "underlyingRate")));
                    }
                }
            }
        }
        assertTrue(marks.size() > 60, "marks " + marks.size());
        double full = median(marks, 0, true, true);
        assertTrue(full < 0.002, () -> "carry and discount " + full);
        assertTrue(median(marks, 0, false, false) > 4 * full);
    }
}

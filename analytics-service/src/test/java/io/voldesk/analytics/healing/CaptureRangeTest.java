package io.voldesk.analytics.healing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.voldesk.analytics.market.Captures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptureRangeTest {
    private static Captures.Item item(String type, String currency, String date) {
        return new Captures.Item(1, type, currency, LocalDate.parse(date));
    }

    /** Two days before and ninety-one after: dates that run on make one range, a date far off one of its own. */
    @Test
    void datesThatRunOnMakeOneRangeOfTheUnderlyingsOfTheirCurrency() {
        List<CaptureRange> ranges = CaptureRange.of(
                List.of(
                        item("spot", "BTC", "2026-03-01"),
                        item("gex", "BTC", "2026-03-02"),
                        item("spot", "BTC", "2025-03-01"),
                        item("oi", "BTC", "2024-03-01"),
                        item("spot", "ETH", "2024-03-01")),
                Map.of("MSTR", "BTC"));
        assertEquals(
                List.of(
                        new CaptureRange(
                                "MSTR", Instant.parse("2025-02-27T00:00:00Z"), Instant.parse("2025-06-01T00:00:00Z")),
                        new CaptureRange(
                                "MSTR", Instant.parse("2026-02-27T00:00:00Z"), Instant.parse("2026-06-02T00:00:00Z"))),
                ranges);
    }
}

package io.voldesk.snapshot.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voldesk.quant.Black76;
import io.voldesk.snapshot.surface.ShareSurface.Worth;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareSurfaceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** MSTR by the hour at a share price of 399.66, and a thin morning. */
    private static final String RECORDINGS = "/recorded/amberdata/mstr-delta-surface-floating-";

    private static List<JsonNode> rows(String name) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        JSON.readTree(ShareSurfaceTest.class.getResource(RECORDINGS + name))
                .at("/payload/data")
                .forEach(rows::add);
        return rows;
    }

    private static Map<Instant, ShareSurface> recorded(String name) throws IOException {
        return ShareSurface.read(rows(name), 3);
    }

    private static ShareSurface sixthOfDecember() throws IOException {
        return recorded("2024-12-02-to-06.json").get(Instant.parse("2024-12-06T20:00:00Z"));
    }

    private static Worth.Priced priced(Worth worth) {
        return assertInstanceOf(Worth.Priced.class, worth);
    }

    /**
     * 13 December: atm 124.67 and 25-delta call 139.76 over the 6⅙ days to its midnight, 7 days and an hour to its close; rate 0.05341,
     * share price 399.66062286069655.
     */
    @Test
    void aListedExpiryIsPricedAtTheVolOfTheStrikeAndTheRateOfTheExpiry() throws IOException {
        ShareSurface surface = sixthOfDecember();
        double midnight = (6 + 4.0 / 24) / 365;
        double close = (7 + 1.0 / 24) / 365;
        double forward = 399.66062286069655 * Math.exp(0.05341 * close);
        var atm = priced(surface.worth(true, forward, LocalDate.parse("2024-12-13")));
        assertEquals(close, atm.years(), 1e-12);
        assertEquals(forward, atm.forward(), 1e-9);
        assertEquals(0.05341, atm.rate(), 1e-15);
        assertEquals("share_price_at_underlying_rate", atm.forwardSource());
        assertEquals(1.2467 * Math.sqrt(midnight), atm.vol() * Math.sqrt(close), 1e-12);
        assertEquals(Math.exp(-0.05341 * close) * Black76.call(forward, forward, midnight, 1.2467), atm.price(), 1e-9);
        double k = SurfaceSlice.strikeOf(0.25, 1.3976, midnight);
        var wing = priced(surface.worth(true, forward * Math.exp(k), LocalDate.parse("2024-12-13")));
        assertEquals(1.3976 * Math.sqrt(midnight), wing.vol() * Math.sqrt(close), 1e-9);
        assertEquals(0.25, Black76.deltaCall(forward, forward * Math.exp(k), close, wing.vol()), 1e-9);
    }

    @Test
    void callsAndPutsDifferByTheDiscountedForward() throws IOException {
        ShareSurface surface = sixthOfDecember();
        for (String expiry : List.of("2024-12-13", "2024-12-16", "2025-03-21", "2026-01-16")) {
            var call = priced(surface.worth(true, 420, LocalDate.parse(expiry)));
            var put = priced(surface.worth(false, 420, LocalDate.parse(expiry)));
            assertEquals(
                    Math.exp(-call.rate() * call.years()) * (call.forward() - 420),
                    call.price() - put.price(),
                    1e-9,
                    expiry);
        }
    }

    /** On the eve of an expiry its midnight is four hours off; the vol is of the close. */
    @Test
    void theLastDaysVolsRunToTheClose() throws IOException {
        ShareSurface eve = recorded("2024-12-02-to-06.json").get(Instant.parse("2024-12-05T20:00:00Z"));
        var atm = priced(eve.worth(true, 385.27, LocalDate.parse("2024-12-06")));
        assertEquals((1 + 1.0 / 24) / 365, atm.years(), 1e-12);
        assertEquals(1.2303, atm.vol(), 0.01);
    }

    @Test
    void betweenTwoExpiriesTotalVarianceIsLinear() throws IOException {
        LocalDate[] dates = {LocalDate.parse("2024-12-13"), LocalDate.parse("2024-12-16"), LocalDate.parse("2024-12-20")
        };
        double[] w = new double[3];
        for (int i = 0; i < 3; i++) {
            double forward =
                    priced(sixthOfDecember().worth(false, 400, dates[i])).forward();
            var atForward = priced(sixthOfDecember().worth(false, forward, dates[i]));
            w[i] = atForward.vol() * atForward.vol() * atForward.years();
        }
        assertEquals(w[0] + 3.0 / 7 * (w[2] - w[0]), w[1], 1e-12);
    }

    @Test
    void withoutARateTheShareIsItsOwnForward() throws IOException {
        ObjectNode row = (ObjectNode) rows("2024-12-02-to-06.json").getFirst().deepCopy();
        row.putNull("underlyingRate");
        ShareSurface surface =
                ShareSurface.read(List.of(row), 3).values().iterator().next();
        var atm = priced(surface.worth(true, 399.66062286069655, LocalDate.parse("2024-12-13")));
        assertEquals(399.66062286069655, atm.forward());
        assertEquals("share_price", atm.forwardSource());
        assertEquals(0, atm.rate());
    }

    @Test
    void nothingIsSaidBeyondTheListedRange() throws IOException {
        ShareSurface surface = sixthOfDecember();
        assertEquals(
                new Worth.Unknown("expiry_outside_surface"), surface.worth(true, 400, LocalDate.parse("2024-12-12")));
        assertEquals(
                new Worth.Unknown("expiry_outside_surface"), surface.worth(true, 400, LocalDate.parse("2031-01-17")));
        assertEquals(
                new Worth.Unknown("strike_outside_surface"), surface.worth(true, 4_000, LocalDate.parse("2024-12-13")));
        assertEquals(
                new Worth.Unknown("strike_outside_surface"), surface.worth(false, 4, LocalDate.parse("2024-12-13")));
    }

    /** At 18:00 on 29 November the vendor sent vols of 373 and 247 at the money: nothing may be priced on them. */
    @Test
    void aThinHourPricesNothing() throws IOException {
        ShareSurface thin = recorded("2024-11-29.json").get(Instant.parse("2024-11-29T18:00:00Z"));
        assertTrue(thin.suspicious());
        for (String expiry : List.of("2024-12-06", "2024-12-13", "2024-12-20", "2025-01-17")) {
            assertEquals(
                    new Worth.Unknown("suspicious_surface"), thin.worth(true, 390, LocalDate.parse(expiry)), expiry);
        }
    }
}

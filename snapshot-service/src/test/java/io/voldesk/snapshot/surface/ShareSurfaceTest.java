package io.voldesk.snapshot.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    private static Map<Instant, ShareSurface> recorded(String name) throws IOException {
        JsonNode data = JSON.readTree(ShareSurfaceTest.class.getResource(RECORDINGS + name))
                .at("/payload/data");
        List<JsonNode> rows = new ArrayList<>();
        data.forEach(rows::add);
        return ShareSurface.read(rows, 3);
    }

    private static ShareSurface sixthOfDecember() throws IOException {
        return recorded("2024-12-02-to-06.json").get(Instant.parse("2024-12-06T20:00:00Z"));
    }

    private static Worth.Priced priced(Worth worth) {
        return assertInstanceOf(Worth.Priced.class, worth);
    }

    /** 13 December: 6.17 days, atm 124.67, 25-delta call 139.76, share price 399.66062286069655. */
    @Test
    void aListedExpiryIsPricedAtTheVolOfTheStrike() throws IOException {
        ShareSurface surface = sixthOfDecember();
        double share = 399.66062286069655;
        var atm = priced(surface.worth(true, share, LocalDate.parse("2024-12-13")));
        assertEquals(1.2467, atm.vol(), 1e-12);
        assertEquals(6.17 / 365, atm.years(), 1e-12);
        assertEquals(Black76.call(share, share, 6.17 / 365, 1.2467), atm.price(), 1e-10);
        double k = SurfaceSlice.strikeOf(0.25, 1.3976, 6.17 / 365);
        var wing = priced(surface.worth(true, share * Math.exp(k), LocalDate.parse("2024-12-13")));
        assertEquals(1.3976, wing.vol(), 1e-9);
        assertEquals(0.25, Black76.deltaCall(share, share * Math.exp(k), 6.17 / 365, wing.vol()), 1e-9);
    }

    @Test
    void betweenTwoExpiriesTotalVarianceIsLinear() throws IOException {
        double share = 399.66062286069655;
        var near = priced(sixthOfDecember().worth(false, share, LocalDate.parse("2024-12-13")));
        var middle = priced(sixthOfDecember().worth(false, share, LocalDate.parse("2024-12-16")));
        var far = priced(sixthOfDecember().worth(false, share, LocalDate.parse("2024-12-20")));
        double w = near.vol() * near.vol() * near.years()
                + 3.0 / 7 * (far.vol() * far.vol() * far.years() - near.vol() * near.vol() * near.years());
        assertEquals(w, middle.vol() * middle.vol() * middle.years(), 1e-12);
        assertEquals((6.17 + 3) / 365, middle.years(), 1e-12);
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

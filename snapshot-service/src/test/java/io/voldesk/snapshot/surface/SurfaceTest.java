package io.voldesk.snapshot.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurfaceTest {
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");

    /** A smile of straight lines about the money: σ(k) = atm + slope·k. */
    private static SurfaceSlice slice(double days, double forward, double atm, double slope) {
        return new SurfaceSlice(
                AT.plus(Duration.ofMinutes(Math.round(days * 1_440))),
                days,
                forward,
                "vendor_forward",
                List.of(
                        point("deltaPut05", -0.4, atm, slope),
                        point("deltaPut45", -0.02, atm, slope),
                        point("atm", 0, atm, slope),
                        point("deltaCall45", 0.02, atm, slope),
                        point("deltaCall05", 0.4, atm, slope)));
    }

    private static SurfaceSlice.Point point(String label, double k, double atm, double slope) {
        return new SurfaceSlice.Point(label, 0.5, k, atm + slope * k, 1);
    }

    private static Surface surface(SurfaceSlice... slices) {
        return new Surface("BTC", AT, 60_000.0, List.of(slices), 1);
    }

    /** Slopes that fall like T^−½ from one expiry to the next have that slope in between. */
    @Test
    void theSkewSlopeDecaysWithTheRootOfTime() {
        Surface surface =
                surface(slice(10, 60_000, 0.6, -0.3 / Math.sqrt(10)), slice(60, 61_000, 0.55, -0.3 / Math.sqrt(60)));
        assertEquals(-0.3 / Math.sqrt(30), surface.skewSlope(30), 1e-12);
        assertNull(surface.skewSlope(5));
        assertNull(surface.skewSlope(61));
    }

    @Test
    void aStrikesVolIsInterpolatedInTotalVarianceAtEqualMoneyness() {
        Surface surface = surface(slice(10, 60_000, 0.6, -0.1), slice(60, 61_200, 0.5, -0.05));
        double k = -0.1;
        double near = 0.61 * 0.61 * 10;
        double far = 0.505 * 0.505 * 60;
        assertEquals(Math.sqrt((near + 20.0 / 50 * (far - near)) / 30), surface.vol(k, 30), 1e-12);
        assertEquals(surface.atm(30), surface.vol(0, 30), 1e-12);
        assertEquals(60_000 * Math.pow(1.02, 0.4), surface.forward(30), 1e-6);
        assertNull(surface.forward(9));
    }
}

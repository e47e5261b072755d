package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;

/** What share options were worth on the vendor's surface of their hour; the answer is in the order of the question. */
public final class ModelMarkLookup {
    private ModelMarkLookup() {}

    /** A contract ({@code symbol} OCC) at a moment; the surface is the one of the hour it lies in. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Asked(String symbol, Instant at) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Request(List<Asked> contracts) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Answer(List<ModelMark> marks) {}

    /**
     * @param price USD per share by Black-76, undiscounted; null with {@code failure}
     * @param vol of the surface, a fraction
     * @param forward the share price at the surface's time, USD
     * @param years to expiry as the vendor counts them
     * @param rawId id of the archived raw payload the surface was read from
     * @param failure null, or {@code no_surface_at_hour, suspicious_surface, expiry_outside_surface,
     *     strike_outside_surface, adjusted_contract, vendor_error}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ModelMark(
            Double price, Double vol, Double forward, Double years, Instant surfaceAt, Long rawId, String failure) {
        public static ModelMark none(String failure) {
            return new ModelMark(null, null, null, null, null, null, failure);
        }
    }
}

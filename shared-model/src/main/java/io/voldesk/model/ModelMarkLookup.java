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
     * @param price USD per share: Black-76 on the forward, discounted at {@code rate}; null with {@code failure}
     * @param vol of the surface, a fraction, over {@code years}
     * @param forward of the share at the expiry, USD
     * @param years of 365 days from the surface's hour to the close of trading on the expiry, 16:00 in New York
     * @param rawId id of the archived raw payload the surface was read from
     * @param failure null, or {@code no_surface_at_hour, suspicious_surface, expiry_outside_surface,
     *     strike_outside_surface, adjusted_contract, vendor_error}
     * @param rate a year, continuous: what the share price is carried and the premium discounted at
     * @param forwardSource {@code share_price_at_underlying_rate}, or {@code share_price} where the vendor gives no rate
     * @param model {@code european_model}: neither early exercise nor dividends nor borrow
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ModelMark(
            Double price,
            Double vol,
            Double forward,
            Double years,
            Instant surfaceAt,
            Long rawId,
            String failure,
            Double rate,
            String forwardSource,
            String model) {
        /** Without a rate: the share price is its own forward. */
        public ModelMark(
                Double price, Double vol, Double forward, Double years, Instant surfaceAt, Long rawId, String failure) {
            this(price, vol, forward, years, surfaceAt, rawId, failure, null, null, null);
        }

        public static ModelMark none(String failure) {
            return new ModelMark(null, null, null, null, null, null, failure);
        }
    }
}

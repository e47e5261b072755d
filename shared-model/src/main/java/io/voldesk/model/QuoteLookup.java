package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;

/** Option quotes of many contracts and windows in one call; the answer is in the order of the question. */
public final class QuoteLookup {
    private QuoteLookup() {}

    /** Quotes of {@code symbol} (OCC) observed in [from, to]. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Window(String symbol, Instant from, Instant to) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Request(List<Window> windows) {}

    /**
     * @param quotes by time of observation
     * @param failure null, or the reason why the vendor gave no answer: {@code vendor_error}, which may pass, or
     *     {@code not_entitled}
     * @param rejected vendor rows that hold a value which cannot be kept
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Found(List<Quote> quotes, String failure, int rejected) {
        public Found(List<Quote> quotes, String failure) {
            this(quotes, failure, 0);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Answer(List<Found> windows) {}

    /**
     * One observation. Prices in USD per share, {@code markIv} a fraction, each null where the vendor has none.
     *
     * @param underlyingRate the rate that carries the share to expiry, continuously compounded, a fraction a year
     * @param rawId id of the archived raw payload it was read from
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Quote(
            Instant observedAt,
            Double bid,
            Double ask,
            Double mark,
            Double markIv,
            Double underlyingPrice,
            Double underlyingRate,
            Long rawId) {}
}

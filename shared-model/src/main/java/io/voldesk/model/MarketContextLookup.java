package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;

/** The market state of a currency around many instants, asked in one call. */
public final class MarketContextLookup {
    private MarketContextLookup() {}

    /** @param instants in order of time */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Request(String currency, List<Instant> instants) {}

    /**
     * @param states each state that is nearest to some instant, once, by time
     * @param nearest for each instant the index of its state; −1 where none is stored within two days of it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Answer(String currency, List<MarketState> states, int[] nearest) {
        /** The state of the instant at a place of the question; null where there is none. */
        public MarketState of(int instant) {
            return nearest[instant] < 0 ? null : states.get(nearest[instant]);
        }
    }

    /**
     * The hourly state nearest to an instant; of two equally near the earlier. There may be very many: each is an array of
     * its components, in their order.
     *
     * @param spot USD; vols as fractions; {@code vrp} = atmIv30² − rv30²; {@code netGex} USD per 1 % move
     * @param flipDistance (flip − spot) / spot
     * @param vrpSpread standard deviation of {@code vrp} over the 90 days up to the state
     * @param ivRank (iv − least)/(most − least) of 30d ATM vol over those days, in [0, 1]
     * @param skewRank share of hours with a lower 25-delta risk reversal, in [0, 1]; the last three null under 30 hours
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record MarketState(
            Instant at,
            Double spot,
            Double atmIv7,
            Double atmIv30,
            Double rv7,
            Double rv30,
            Double vrp,
            Double riskReversal25,
            Double butterfly25,
            Double dvol,
            Double netGex,
            String regime,
            Double flipDistance,
            Double vrpSpread,
            Double ivRank,
            Double skewRank) {}
}

package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;

/** The market state of a currency around many instants, asked in one call. */
public final class MarketContextLookup {
    private MarketContextLookup() {}

    /**
     * @param instants in order of time
     * @param toleranceSeconds a state after an instant is taken only where none lies so near before it; null where one is taken
     *     only in want of any before
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Request(String currency, List<Instant> instants, Long toleranceSeconds) {}

    /**
     * @param states each state that some instant met, once, by time
     * @param nearest for each instant the index of its state: the last at or before it, or as the question allows the first after
     *     it; −1 where none is stored within two days of it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Answer(String currency, List<MarketState> states, int[] nearest) {
        /** The state of the instant at a place of the question; null where there is none. */
        public MarketState of(int instant) {
            return nearest[instant] < 0 ? null : states.get(nearest[instant]);
        }
    }

    /** Hours of the 90 days that a rank looks back on. */
    public static final int TRAILING_HOURS = 90 * 24;

    /**
     * Where the state's own reading stands among those of the 90 days up to it.
     *
     * @param rank in [0, 1]; null where the hour has no reading, or under 30 days of them
     * @param hours with a reading, of {@link #TRAILING_HOURS}; {@code days} UTC days with one
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Ranked(Double rank, int hours, int days) {
        public Sample sample() {
            return Sample.of(hours, TRAILING_HOURS, days);
        }
    }

    /**
     * The hourly state an instant met. There may be very many: each is an array of its components, in their order.
     *
     * @param spot USD; vols as fractions; {@code netGex} USD per 1 % move
     * @param vrp IV30 − RV30 of the same hour, a fraction; {@code variancePremium} IV30² − RV30²
     * @param regime {@code positive, near_flip, negative} or {@code undetermined}
     * @param flipDistance (flip − spot) / spot
     * @param dvolRank share of the hours below, ties half; {@code vrpRank} and {@code skewRank} (25-delta risk reversal) likewise
     * @param ivRank (iv − least)/(most − least) of 30d ATM vol
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
            Double variancePremium,
            Double riskReversal25,
            Double butterfly25,
            Double dvol,
            Double netGex,
            String regime,
            Double flipDistance,
            Ranked dvolRank,
            Ranked vrpRank,
            Ranked ivRank,
            Ranked skewRank) {}
}

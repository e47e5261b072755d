package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;

/** The market state of a currency around many instants, asked in one call; the answer is in the order of the question. */
public final class MarketContextLookup {
    private MarketContextLookup() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Request(String currency, List<Instant> instants) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Answer(String currency, List<MarketState> states) {}

    /**
     * The hourly state nearest to one instant (tie: the earlier), or with {@code at} null where none is stored within two
     * days of it.
     *
     * @param spot USD; vols as fractions; {@code vrp} = atmIv30² − rv30²; {@code netGex} USD per 1 % move
     * @param flipDistance (flip − spot) / spot
     * @param vrpSpread standard deviation of {@code vrp} over the 90 days up to the state
     * @param ivRank (iv − least)/(most − least) of 30d ATM vol over those days, in [0, 1]
     * @param skewRank share of hours with a lower 25-delta risk reversal, in [0, 1]; the last three null under 30 hours
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
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

package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What readers of the market figures rely on, of the answers of snapshot-service. An answer may grow; one without a field named here
 * is not read at all, so that a renamed field is an error and never a figure that is silently missing. Vols are fractions.
 */
public final class MarketFigures {
    private MarketFigures() {}

    /**
     * The latest readings of a currency.
     *
     * @param atmIv7 at the money at a constant maturity of 7 days; {@code atmIv30} likewise
     * @param rv30 realised over 30 days
     * @param vrp IV30 − RV30
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Overview(
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) Figure atmIv7,
            @JsonProperty(required = true) Figure atmIv30,
            @JsonProperty(required = true) Figure rv30,
            @JsonProperty(required = true) Figure vrp,
            @JsonProperty(required = true) Figure dvol) {}

    /** Where today stands among the trailing days, by metric. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Thresholds(
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) List<Threshold> metrics) {}

    /**
     * @param metric for example {@code net_gex, risk_reversal_25}
     * @param rank share of the trailing hours at or below {@code now}, in [0, 1]; null with the state's reason
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Threshold(
            @JsonProperty(required = true) String metric,
            @JsonProperty(required = true) Figure now,
            @JsonProperty(required = true) Double rank,
            @JsonProperty(required = true) QualityState state,
            @JsonProperty(required = true) String reason) {}

    /**
     * The strongest levels of dealer gamma, and the spot they were computed at.
     *
     * @param spot USD; null with the state's reason
     * @param dailySigma a fraction of spot, of its own time; null with its own reason
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Levels(
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) QualityState state,
            @JsonProperty(required = true) String reason,
            @JsonProperty(required = true) Instant asOf,
            @JsonProperty(required = true) Long ageSeconds,
            @JsonProperty(required = true) Double spot,
            @JsonProperty(required = true) Double dailySigma,
            @JsonProperty(required = true) Instant dailySigmaAsOf,
            @JsonProperty(required = true) String dailySigmaReason,
            @JsonProperty(required = true) List<Level> levels) {}

    /**
     * @param kind {@code magnet} or {@code repeller}
     * @param strike USD
     * @param distanceDailySigma from spot in daily deviations, signed; null where there is no daily deviation
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Level(
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) double strike,
            @JsonProperty(required = true) Double distanceDailySigma) {}

    /** The stored hours of a range, by time. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record History(
            @JsonProperty(required = true) String currency,
            @JsonProperty(required = true) List<Hour> hours) {}

    /**
     * One hour; each reading null where nothing is stored.
     *
     * @param gexSpot USD, the spot that net GEX was computed at
     * @param netGex USD per 1 % move
     * @param flip USD, the zero of gamma nearest to spot
     * @param regime {@code positive, near_flip, negative} or {@code undetermined}: the sign lies within the vendor's rounding
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Hour(
            @JsonProperty(required = true) Instant at,
            @JsonProperty(required = true) Double gexSpot,
            @JsonProperty(required = true) Double atm30,
            @JsonProperty(required = true) Double rv30,
            @JsonProperty(required = true) Double dvol,
            @JsonProperty(required = true) Double netGex,
            @JsonProperty(required = true) Double flip,
            @JsonProperty(required = true) String regime) {}
}

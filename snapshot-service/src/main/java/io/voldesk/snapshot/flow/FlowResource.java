package io.voldesk.snapshot.flow;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.TimeRange;
import io.voldesk.kit.param.UpTo;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.snapshot.volmetrics.MarketSeries;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The GEX series and forward returns by gamma regime. */
@Path("/api/flow")
@RunOnVirtualThread
public class FlowResource {
    private static final Duration USUAL = Duration.ofDays(90);

    /** Of hours: five years are some 44,000. */
    private static final Duration MOST = Duration.ofDays(1_827);

    private final MarketSeries series;
    private final Clock clock;

    public FlowResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /**
     * One hour, USD per 1 % move.
     *
     * @param netGex null where nothing of the hour could be priced, as {@code flipReason} tells
     * @param vendorNetGex the vendor's own sum, {@code roundingBand} one deviation of what the rounding of its gamma adds
     * @param flip nearest to spot; null with {@code flipReason}
     * @param regime {@code positive, near_flip, negative} or {@code undetermined}; null where nothing was priced
     */
    public record GexPoint(
            Instant at,
            Double spot,
            Double netGex,
            Double vendorNetGex,
            Double roundingBand,
            Double flip,
            @Nullable String flipReason,
            @Nullable String regime) {}

    /**
     * @param state {@code ok}, {@code degraded} (too few of the hours), {@code stale} (the last point is old at the range's end) or
     *     {@code missing}
     * @param asOf of the last point; {@code ageSeconds} from it to the end of the range, or to now
     * @param sample hours there are ÷ hours of the range
     */
    public record GexSeries(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant from,
            Instant to,
            @Nullable Instant asOf,
            Long ageSeconds,
            Sample sample,
            List<GexPoint> points) {}

    @GET
    @Path("/gex")
    public GexSeries gex(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("from") Instant from,
            @QueryParam("to") @UpTo Instant to) {
        String wanted = currency.name();
        TimeRange range = range(from, to);
        List<MarketSeries.Hour> hours = series.between(wanted, range.from(), range.to()).stream()
                .filter(hour -> hour.gexSpot() != null)
                .toList();
        Sample sample = sample(range, hours);
        AgeRule.Age age = AgeRule.SNAPSHOT.of(
                hours.isEmpty() ? null : hours.getLast().at(), range.to(), "no_gex_hourly_in_range");
        boolean thin = sample.coverage() < Sample.LEAST_COVERAGE;
        return new GexSeries(
                wanted,
                !age.ok() ? age.state() : thin ? QualityState.DEGRADED : QualityState.OK,
                age.ok() && thin ? "coverage_below_80_percent" : age.reason(),
                range.from(),
                range.to(),
                age.sourceAt(),
                age.seconds(),
                sample,
                (age.shown() ? hours : List.<MarketSeries.Hour>of())
                        .stream()
                                .map(hour -> new GexPoint(
                                        hour.at(),
                                        hour.gexSpot(),
                                        hour.netGex(),
                                        hour.vendorNetGex(),
                                        hour.roundingBand(),
                                        hour.flip(),
                                        hour.flipReason(),
                                        hour.regime()))
                                .toList());
    }

    /** @param cells those with a p-value, over which the false-discovery rate is controlled together */
    public record FalseDiscovery(String method, double rate, int cells) {}

    /**
     * @param asOf of the last hour that has both; {@code ageSeconds} from it to the end of the range, or to now
     * @param sample hours that have a regime and a spot ÷ hours of the range; independent: days
     * @param leftOut hours that stand in no cell, by why: {@code undetermined}, {@code no_regime}, {@code no_spot}
     */
    public record Conditional(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant from,
            Instant to,
            @Nullable Instant asOf,
            Long ageSeconds,
            Sample sample,
            Map<String, Integer> leftOut,
            FalseDiscovery falseDiscovery,
            List<ConditionalReturns.Outcome> outcomes) {}

    @GET
    @Path("/conditional-returns")
    public Conditional conditional(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("from") Instant from,
            @QueryParam("to") @UpTo Instant to) {
        String wanted = currency.name();
        TimeRange range = range(from, to);
        List<MarketSeries.Hour> hours = series.between(wanted, range.from(), range.to());
        List<MarketSeries.Hour> priced =
                hours.stream().filter(hour -> hour.spot() != null).toList();
        List<ConditionalReturns.Outcome> outcomes = ConditionalReturns.of(priced);
        List<MarketSeries.Hour> judged =
                priced.stream().filter(hour -> hour.regime() != null).toList();
        Sample sample = sample(range, judged);
        AgeRule.Age age = AgeRule.SNAPSHOT.of(
                judged.isEmpty() ? null : judged.getLast().at(), range.to(), "no_gex_hourly_in_range");
        boolean none = outcomes.stream().allMatch(outcome -> outcome.n() == 0);
        boolean thin = sample.coverage() < Sample.LEAST_COVERAGE;
        return new Conditional(
                wanted,
                none ? QualityState.MISSING : !age.ok() ? age.state() : thin ? QualityState.DEGRADED : QualityState.OK,
                none ? "no_gex_hourly_in_range" : !age.ok() ? age.reason() : thin ? "coverage_below_80_percent" : null,
                range.from(),
                range.to(),
                age.sourceAt(),
                age.seconds(),
                sample,
                ConditionalReturns.leftOut(hours),
                new FalseDiscovery(
                        "benjamini_hochberg", ConditionalReturns.FALSE_DISCOVERY_RATE, (int) outcomes.stream()
                                .filter(outcome -> outcome.qValue() != null)
                                .count()),
                outcomes);
    }

    /** @param range both ends included */
    private static Sample sample(TimeRange range, List<MarketSeries.Hour> hours) {
        long first = range.from()
                .plus(Duration.ofHours(1))
                .minusNanos(1)
                .truncatedTo(ChronoUnit.HOURS)
                .getEpochSecond();
        int asked = (int) Math.max(0, (range.to().getEpochSecond() - first) / 3_600 + 1);
        int days = (int) hours.stream()
                .map(hour -> hour.at().truncatedTo(ChronoUnit.DAYS))
                .distinct()
                .count();
        return Sample.of(hours.size(), asked, days);
    }

    /** The last 90 days where nothing is asked; never beyond now. */
    private TimeRange range(Instant from, Instant to) {
        Instant now = clock.instant();
        Instant end = to == null || to.isAfter(now) ? now : to;
        return TimeRange.of(from == null ? end.minus(USUAL) : from, end, MOST);
    }
}

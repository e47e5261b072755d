package io.voldesk.snapshot.volmetrics;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.quant.Stationarity;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether net gamma exposure and the vol premium keep to a level of their own, tested on hours without a gap. */
@Path("/api/analytics/regime")
@RunOnVirtualThread
public class RegimeResource {
    private static final int TRAILING_DAYS = 90;

    private final MarketSeries series;
    private final Clock clock;

    public RegimeResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /**
     * @param test {@code adf} or {@code kpss}
     * @param critical values at 1, 5 and 10 %
     * @param verdict at 5 %: {@code stationary}, {@code not_stationary} or {@code near_unit_root}; null with a reason
     */
    public record Test(
            String test,
            Double statistic,
            Double lags,
            List<Double> critical,
            @Nullable String verdict,
            int n,
            @Nullable String reason) {}

    /**
     * One series over its longest run of hours without a gap in the trailing days, the most recent of equally long ones.
     *
     * @param verdict of both tests: {@code stationary, unit_root, near_unit_root} or {@code inconclusive}; null with a reason
     * @param sample the run's hours of all there would be in the trailing days; a level persists, so that an UTC day counts once
     * @param from first hour of the run, {@code to} the last
     */
    public record Series(
            String series,
            QualityState state,
            @Nullable String reason,
            @Nullable String verdict,
            @Nullable Instant from,
            @Nullable Instant to,
            Long ageSeconds,
            Sample sample,
            List<Test> tests) {}

    public record Regime(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant asOf,
            Long ageSeconds,
            int trailingDays,
            List<Series> series) {}

    @GET
    public Regime regime(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        List<Hour> hours = series.trailing(wanted, asked, TRAILING_DAYS);
        Standing standing = Standing.of(hours, asked);
        return new Regime(
                wanted,
                standing.state(),
                standing.reason(),
                asked,
                standing.asOf(),
                standing.ageSeconds(),
                TRAILING_DAYS,
                List.of(tested("net_gex", hours, Hour::netGex, asked), tested("vrp", hours, Hour::vrp, asked)));
    }

    private static Series tested(String name, List<Hour> hours, Function<Hour, Double> value, Instant asked) {
        List<Hour> run = longestRun(
                hours.stream().filter(hour -> value.apply(hour) != null).toList());
        Sample sample = Sample.of(run.size(), 24 * TRAILING_DAYS, Threshold.days(run));
        Instant from = run.isEmpty() ? null : run.getFirst().at();
        Instant to = run.isEmpty() ? null : run.getLast().at();
        AgeRule.Age age = AgeRule.SNAPSHOT.of(to, asked, "no_snapshot_history");
        Standing standing = Standing.of(age, sample);
        if (!standing.shown()) {
            return new Series(
                    name, standing.state(), standing.reason(), null, from, to, age.seconds(), sample, List.of());
        }
        double[] values = run.stream().mapToDouble(value::apply).toArray();
        Stationarity adf = Stationarity.adf(values);
        Stationarity kpss = Stationarity.kpss(values);
        List<Test> tests = List.of(shown(adf), shown(kpss));
        return switch (Stationarity.joint(adf, kpss)) {
            case NO_VARIATION ->
                new Series(
                        name, QualityState.UNAVAILABLE, "no_variation", null, from, to, age.seconds(), sample, tests);
            case TOO_FEW_OBSERVATIONS ->
                new Series(
                        name,
                        QualityState.UNAVAILABLE,
                        "fewer_than_30_independent_observations",
                        null,
                        from,
                        to,
                        age.seconds(),
                        sample,
                        tests);
            case Stationarity.Joint verdict ->
                new Series(
                        name,
                        standing.state(),
                        standing.reason(),
                        code(verdict),
                        from,
                        to,
                        age.seconds(),
                        sample,
                        tests);
        };
    }

    /** Tests of time series take neighbours for neighbours: hours on either side of a gap are none. */
    static List<Hour> longestRun(List<Hour> hours) {
        int from = 0;
        int longestFrom = 0;
        int longestTo = 0;
        for (int i = 0; i < hours.size(); i++) {
            if (i > 0
                    && !Duration.between(hours.get(i - 1).at(), hours.get(i).at())
                            .equals(Duration.ofHours(1))) {
                from = i;
            }
            if (i + 1 - from >= longestTo - longestFrom) {
                longestFrom = from;
                longestTo = i + 1;
            }
        }
        return new ArrayList<>(hours.subList(longestFrom, longestTo));
    }

    private static Test shown(Stationarity result) {
        return switch (result) {
            case Stationarity.Tested tested ->
                new Test(
                        tested.test(),
                        tested.statistic(),
                        tested.lags(),
                        Arrays.stream(tested.critical()).boxed().toList(),
                        code(tested.verdict()),
                        tested.n(),
                        null);
            case Stationarity.NoVariation none ->
                new Test(none.test(), null, null, List.of(), null, none.n(), "no_variation");
            case Stationarity.TooFewObservations few ->
                new Test(few.test(), null, null, List.of(), null, few.n(), "fewer_than_30_observations");
        };
    }

    private static String code(Enum<?> verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}

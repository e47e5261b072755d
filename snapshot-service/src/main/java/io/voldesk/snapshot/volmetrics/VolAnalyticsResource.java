package io.voldesk.snapshot.volmetrics;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import io.voldesk.model.SourceAuthority;
import io.voldesk.quant.Stationarity;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.capture.SnapshotType;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceReader;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Where today stands in its history: overview figures, thresholds, spot–vol, smile tracking, stationarity. */
@RegisterForReflection(
        targets = {Figure.Known.class, Figure.Stale.class, Figure.Unknown.class}) // answers name Figure only
@Path("/api/analytics")
@RunOnVirtualThread
public class VolAnalyticsResource {
    private static final int TRAILING_DAYS = 90;
    private static final int FEWEST = 30;

    private final MarketSeries series;
    private final SurfaceReader surfaces;
    private final Clock clock;

    public VolAnalyticsResource(MarketSeries series, SurfaceReader surfaces, Clock clock) {
        this.series = series;
        this.surfaces = surfaces;
        this.clock = clock;
    }

    private List<MarketSeries.Hour> trailing(String currency, Instant to, int days) {
        return series.between(currency, to.minus(Duration.ofDays(days)), to);
    }

    /** The latest readings of a currency; vols are fractions, {@code vrp} a fraction squared. */
    public record Overview(
            String currency,
            Figure atmIv7,
            Figure atmIv30,
            Figure rv7,
            Figure rv30,
            Figure ivRvGap,
            Figure vrp,
            Figure dvol,
            Figure riskReversal25,
            Figure butterfly25,
            Figure netGex) {}

    @GET
    @Path("/overview")
    public Overview overview(@QueryParam("currency") String currency) {
        String wanted = SnapshotType.currency(currency, "BTC");
        List<MarketSeries.Hour> hours = trailing(wanted, clock.instant(), TRAILING_DAYS);
        return new Overview(
                wanted,
                latest(hours, MarketSeries.Hour::atm7),
                latest(hours, MarketSeries.Hour::atm30),
                latest(hours, MarketSeries.Hour::rv7),
                latest(hours, MarketSeries.Hour::rv30),
                latest(hours, h -> h.atm30() == null || h.rv30() == null ? null : (Double) (h.atm30() - h.rv30())),
                latest(hours, MarketSeries.Hour::vrp),
                latest(hours, MarketSeries.Hour::dvol),
                latest(hours, MarketSeries.Hour::riskReversal25),
                latest(hours, MarketSeries.Hour::butterfly25),
                latest(hours, MarketSeries.Hour::netGex));
    }

    private Figure latest(List<MarketSeries.Hour> hours, Function<MarketSeries.Hour, Double> value) {
        Optional<MarketSeries.Hour> hour = MarketSeries.latest(hours, value);
        return hour.map(h -> AgeRule.SNAPSHOT.figure(
                        value.apply(h), h.at(), clock.instant(), SourceAuthority.DIRECT_SOURCE, "no_snapshot_history"))
                .orElse(Figure.unknown(QualityState.MISSING, "no_snapshot_history", null));
    }

    /** @param percentiles at 5, 25, 50, 75, 95 %; empty with too little history */
    public record Threshold(String metric, Figure now, Double rank, int n, String reason, List<Double> percentiles) {}

    public record Thresholds(String currency, int trailingDays, List<Threshold> metrics) {}

    @GET
    @Path("/thresholds")
    public Thresholds thresholds(@QueryParam("currency") String currency, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        List<MarketSeries.Hour> hours = trailing(wanted, AsOf.endOf(date, clock), TRAILING_DAYS);
        return new Thresholds(
                wanted,
                TRAILING_DAYS,
                List.of(
                        threshold("net_gex", hours, MarketSeries.Hour::netGex),
                        threshold("dvol", hours, MarketSeries.Hour::dvol),
                        threshold("vrp", hours, MarketSeries.Hour::vrp),
                        threshold("risk_reversal_25", hours, MarketSeries.Hour::riskReversal25)));
    }

    private Threshold threshold(
            String metric, List<MarketSeries.Hour> hours, Function<MarketSeries.Hour, Double> value) {
        double[] history = known(hours, value);
        Figure now = latest(hours, value);
        if (history.length < FEWEST) {
            return new Threshold(metric, now, null, history.length, "fewer_than_30_hours", List.of());
        }
        List<Double> percentiles = List.of(0.05, 0.25, 0.5, 0.75, 0.95).stream()
                .map(p -> Stats.quantile(history, p))
                .toList();
        Double rank = now.value() == null ? null : (Double) Stats.rank(history, now.value());
        return new Threshold(metric, now, rank, history.length, now.reason(), percentiles);
    }

    private static double[] known(List<MarketSeries.Hour> hours, Function<MarketSeries.Hour, Double> value) {
        return hours.stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /**
     * Regression of hourly changes of ATM 30d vol on hourly log returns.
     *
     * @param beta vol (fraction) per unit of log return; null with its reason
     */
    public record SpotVolWindow(int days, Double beta, Double correlation, Double rSquared, int n, String reason) {}

    public record SpotVol(String currency, List<SpotVolWindow> windows) {}

    @GET
    @Path("/spot-vol")
    public SpotVol spotVol(@QueryParam("currency") String currency, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Instant to = AsOf.endOf(date, clock);
        return new SpotVol(
                wanted,
                List.of(7, 30, 90).stream().map(d -> window(wanted, to, d)).toList());
    }

    private SpotVolWindow window(String currency, Instant to, int days) {
        List<double[]> pairs = changes(trailing(currency, to, days));
        if (pairs.size() < FEWEST) {
            return new SpotVolWindow(days, null, null, null, pairs.size(), "fewer_than_30_hourly_changes");
        }
        return Stats.regress(column(pairs, 0), column(pairs, 1))
                .map(line -> new SpotVolWindow(days, line.slope(), line.correlation(), line.rSquared(), line.n(), null))
                .orElseGet(() -> new SpotVolWindow(days, null, null, null, pairs.size(), "no_variation"));
    }

    /** (ln return, change of ATM vol) of neighbouring hours that are both whole. */
    private static List<double[]> changes(List<MarketSeries.Hour> hours) {
        List<double[]> pairs = new ArrayList<>();
        for (int i = 1; i < hours.size(); i++) {
            MarketSeries.Hour before = hours.get(i - 1);
            MarketSeries.Hour after = hours.get(i);
            if (Duration.between(before.at(), after.at()).toHours() == 1
                    && before.spot() != null
                    && after.spot() != null
                    && before.atm30() != null
                    && after.atm30() != null) {
                pairs.add(new double[] {Math.log(after.spot() / before.spot()), after.atm30() - before.atm30()});
            }
        }
        return pairs;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    /**
     * @param skewStickinessRatio spot–vol beta ÷ ATM skew slope: 0 sticky delta, 1 sticky strike, 2 local vol
     * @param fixedStrikeChange over the last 24 hours, vol at the strike that was at the money then; {@code fixedDeltaChange}
     *     of the 30d ATM vol; fractions
     */
    public record SmileTracking(
            String currency,
            Figure skewStickinessRatio,
            Figure spotVolBeta,
            Figure skewSlope,
            Figure fixedStrikeChange,
            Figure fixedDeltaChange) {}

    @GET
    @Path("/smile-tracking")
    public SmileTracking smileTracking(@QueryParam("currency") String currency, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Instant to = AsOf.endOf(date, clock);
        List<MarketSeries.Hour> hours = trailing(wanted, to, 30);
        Figure slope = latest(hours, MarketSeries.Hour::skewSlope);
        SpotVolWindow window = window(wanted, to, 30);
        Figure beta = window.beta() == null
                ? Figure.unknown(QualityState.UNAVAILABLE, window.reason(), null)
                : AgeRule.SNAPSHOT.figure(
                        window.beta(), slope.asOf(), to, SourceAuthority.ESTIMATED_MODEL, "no_skew_slope");
        Figure ratio;
        if (beta.value() == null) {
            ratio = Figure.unknown(QualityState.UNAVAILABLE, "no_spot_vol_beta", null);
        } else if (slope.value() == null || Math.abs(slope.value()) < 1e-4) {
            ratio = Figure.unknown(QualityState.UNAVAILABLE, "skew_too_flat_or_missing", slope.asOf());
        } else {
            ratio = AgeRule.SNAPSHOT.figure(
                    beta.value() / slope.value(), slope.asOf(), to, SourceAuthority.ESTIMATED_MODEL, "no_skew_slope");
        }
        Optional<Surface> now = surfaces.latest(wanted, to);
        Optional<Surface> then =
                now.flatMap(s -> surfaces.latest(wanted, s.timestamp().minus(Duration.ofHours(24))));
        return new SmileTracking(
                wanted,
                ratio,
                beta,
                slope,
                fixedStrike(now, then, to),
                change(to, now, then, now.map(s -> s.atm(30)), then.map(s -> s.atm(30))));
    }

    private static Figure change(
            Instant to,
            Optional<Surface> now,
            Optional<Surface> then,
            Optional<Double> after,
            Optional<Double> before) {
        if (now.isEmpty()
                || then.isEmpty()
                || Duration.between(then.get().timestamp(), now.get().timestamp())
                                .toHours()
                        > 30) {
            return Figure.unknown(QualityState.MISSING, "no_surface_24_hours_before", null);
        }
        return after.isPresent() && before.isPresent()
                ? AgeRule.SNAPSHOT.figure(
                        after.get() - before.get(),
                        now.get().timestamp(),
                        to,
                        SourceAuthority.ESTIMATED_MODEL,
                        "no_surface")
                : Figure.unknown(
                        QualityState.UNAVAILABLE,
                        "30d_outside_listed_expiries",
                        now.get().timestamp());
    }

    private static Figure fixedStrike(Optional<Surface> now, Optional<Surface> then, Instant to) {
        Optional<Double> strike = then.map(s -> s.around(30)).map(around -> around[0].forward());
        Optional<Double> after = now.map(s -> s.around(30))
                .flatMap(around -> strike.map(k -> around[0].volAt(Math.log(k / around[0].forward()))));
        Optional<Double> before = then.map(s -> s.around(30)).map(around -> around[0].volAt(0));
        return change(to, now, then, after, before);
    }

    /** @param critical values at 1, 5 and 10 %; null with a reason */
    public record Test(
            String series,
            String test,
            Double statistic,
            Double lags,
            List<Double> critical,
            String verdict,
            int n,
            String reason) {}

    public record Regime(String currency, int trailingDays, List<Test> tests) {}

    @GET
    @Path("/regime")
    public Regime regime(@QueryParam("currency") String currency, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        List<MarketSeries.Hour> hours = trailing(wanted, AsOf.endOf(date, clock), TRAILING_DAYS);
        List<Test> tests = new ArrayList<>();
        stationarity(tests, "net_gex", known(hours, MarketSeries.Hour::netGex));
        stationarity(tests, "vrp", known(hours, MarketSeries.Hour::vrp));
        return new Regime(wanted, TRAILING_DAYS, tests);
    }

    private static void stationarity(List<Test> tests, String series, double[] values) {
        for (Stationarity result : List.of(Stationarity.adf(values), Stationarity.kpss(values))) {
            tests.add(
                    switch (result) {
                        case Stationarity.Tested tested ->
                            new Test(
                                    series,
                                    tested.test(),
                                    tested.statistic(),
                                    tested.lags(),
                                    Arrays.stream(tested.critical()).boxed().toList(),
                                    tested.verdict().name().toLowerCase(Locale.ROOT),
                                    tested.n(),
                                    null);
                        case Stationarity.NoVariation none ->
                            new Test(series, none.test(), null, null, null, null, none.n(), "no_variation");
                        case Stationarity.TooFewObservations few ->
                            new Test(series, few.test(), null, null, null, null, few.n(), "fewer_than_30_hours");
                    });
        }
    }
}

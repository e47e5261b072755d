package io.voldesk.snapshot.volmetrics;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.model.SourceAuthority;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceReader;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the smile sticks to strikes or to deltas when spot moves. */
@Path("/api/analytics/smile-tracking")
@RunOnVirtualThread
public class SmileTrackingResource {
    private static final int MATURITY = 30;
    private static final int HEADLINE_DAYS = 30;
    private static final Duration BACK = Duration.ofHours(24);
    private static final Duration WITHIN = Duration.ofHours(1);

    private final MarketSeries series;
    private final SurfaceReader surfaces;
    private final Clock clock;

    public SmileTrackingResource(MarketSeries series, SurfaceReader surfaces, Clock clock) {
        this.series = series;
        this.surfaces = surfaces;
        this.clock = clock;
    }

    /** @param ratio skew stickiness over some days; null with its reason */
    public record Stickiness(
            int days,
            Double ratio,
            Double rSquared,
            int n,
            Sample sample,
            QualityState state,
            @Nullable String reason,
            @Nullable Instant asOf,
            Long ageSeconds) {}

    /**
     * @param skewStickinessRatio slope of hourly changes of 30-day at-the-money vol on (skew slope of the hour before × log return) over
     *     30 days: 0 sticky delta, 1 sticky strike, 2 local vol; {@code windows} has it over 7, 30 and 90 days
     * @param spotVolBeta the 30-day window of spot-vol
     * @param skewSlope dσ/dk of the 30-day smile at the money, k = ln(K/F)
     * @param fixedStrikeChange over 24 hours (by the surface nearest to a day before, which lies 23 to 25 hours back), of the
     *     30-day vol at the strike that was the 30-day forward then; {@code
     *     fixedDeltaChange} of the 30-day at-the-money vol; fractions
     */
    public record SmileTracking(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant asOf,
            Long ageSeconds,
            Figure skewStickinessRatio,
            Figure spotVolBeta,
            Figure skewSlope,
            Figure fixedStrikeChange,
            Figure fixedDeltaChange,
            List<Stickiness> windows) {}

    @GET
    public SmileTracking smileTracking(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        List<Hour> hours = series.trailing(wanted, asked, SpotVolResource.WINDOWS.getLast());
        Standing standing = Standing.of(hours, asked);
        SpotVolResource.Window beta = SpotVolResource.Window.of(hours, HEADLINE_DAYS, asked);
        Stickiness headline = stickiness(hours, HEADLINE_DAYS, asked);
        SurfaceReader.Found now = surfaces.asOf(wanted, asked);
        Optional<Surface> then = Optional.ofNullable(now.surface())
                .flatMap(s -> surfaces.near(wanted, s.timestamp().minus(BACK), WITHIN));
        return new SmileTracking(
                wanted,
                standing.state(),
                standing.reason(),
                asked,
                standing.asOf(),
                standing.ageSeconds(),
                figure(
                        headline.ratio(),
                        headline.state(),
                        headline.reason(),
                        headline.asOf(),
                        headline.ageSeconds(),
                        asked),
                figure(beta.beta(), beta.state(), beta.reason(), beta.asOf(), beta.ageSeconds(), asked),
                Standing.latest(hours, Hour::skewSlope, asked, SourceAuthority.ESTIMATED_MODEL),
                change(now, then, asked, SmileTrackingResource::atFixedStrike),
                change(now, then, asked, SmileTrackingResource::atFixedDelta),
                SpotVolResource.WINDOWS.stream()
                        .map(days -> stickiness(hours, days, asked))
                        .toList());
    }

    private static Figure figure(
            Double value, QualityState state, String reason, Instant asOf, Long ageSeconds, Instant asked) {
        Standing standing = new Standing(state, reason, asOf, ageSeconds);
        return value == null ? new Figure.Unknown(state, reason, asOf, ageSeconds) : standing.figure(value, asked);
    }

    private static Stickiness stickiness(List<Hour> hours, int days, Instant asked) {
        HourlyChanges changes = HourlyChanges.volOnSkew(SpotVolResource.within(hours, days, asked), days);
        Standing standing = changes.standing(asked);
        Optional<Stats.Line> line = standing.shown() ? changes.line() : Optional.empty();
        if (line.isEmpty() && standing.shown()) {
            standing = standing.without("no_variation");
        }
        return new Stickiness(
                days,
                line.map(Stats.Line::slope).orElse(null),
                line.map(Stats.Line::rSquared).orElse(null),
                changes.x().length,
                changes.sample(),
                standing.state(),
                standing.reason(),
                standing.asOf(),
                standing.ageSeconds());
    }

    @FunctionalInterface
    private interface Change {
        /** Null where either surface does not list the maturity. */
        Double between(Surface then, Surface now);
    }

    private static Figure change(SurfaceReader.Found now, Optional<Surface> then, Instant asked, Change change) {
        if (now.surface() == null) {
            return new Figure.Unknown(
                    now.age().state(),
                    now.age().reason(),
                    now.age().sourceAt(),
                    now.age().seconds());
        }
        Instant at = now.surface().timestamp();
        return then.isEmpty()
                ? new Figure.Unknown(
                        QualityState.MISSING,
                        "no_surface_24_hours_before",
                        at,
                        now.age().seconds())
                : AgeRule.SNAPSHOT.figure(
                        change.between(then.get(), now.surface()),
                        at,
                        asked,
                        SourceAuthority.ESTIMATED_MODEL,
                        "30d_outside_listed_expiries");
    }

    private static Double atFixedDelta(Surface then, Surface now) {
        Double before = then.atm(MATURITY);
        Double after = now.atm(MATURITY);
        return before == null || after == null ? null : after - before;
    }

    private static Double atFixedStrike(Surface then, Surface now) {
        Double strike = then.forward(MATURITY);
        Double forward = now.forward(MATURITY);
        if (strike == null || forward == null) {
            return null;
        }
        Double before = then.vol(0, MATURITY);
        Double after = now.vol(Math.log(strike / forward), MATURITY);
        return before == null || after == null ? null : after - before;
    }
}

package io.voldesk.snapshot.volmetrics;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.model.SourceAuthority;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The latest readings of a currency. */
@RegisterForReflection(
        targets = {Figure.Known.class, Figure.Stale.class, Figure.Unknown.class}) // answers name Figure only
@Path("/api/analytics/overview")
@RunOnVirtualThread
public class OverviewResource {
    static final String VENDOR_RV_METHOD = "hourly_close_to_close";

    private final MarketSeries series;
    private final Clock clock;

    public OverviewResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /** @param value share of the trailing days' hours at or below, in [0, 1]; null with its reason */
    public record Rank(
            Double value, QualityState state, @Nullable String reason, Sample sample) {}

    /**
     * Vols are fractions. Those of the surface and the vendor's realised ones are of the latest hour that has both, so that their
     * difference is of that hour; only where no such hour is recent enough each stands by itself.
     *
     * @param asOf the latest stored hour; each figure has its own
     * @param atmIv7 at the money at a constant maturity of 7 days, from the surface; {@code atmIv30} likewise
     * @param vendorAtmIv7 as the vendor interpolates it; {@code vendorAtmIv30} likewise
     * @param rv7 the vendor's, by {@code rvMethod}; {@code rv30} likewise
     * @param vrp IV30 − RV30; {@code ivRvGap} is the same figure under its older name
     * @param vrpRank of {@code vrp} among the trailing 90 days
     * @param variancePremium IV30² − RV30², a fraction squared
     * @param netGex USD per 1 % move; {@code gammaRegime} of its hour, null with its reason
     */
    public record Overview(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant asOf,
            Long ageSeconds,
            Figure atmIv7,
            Figure atmIv30,
            Figure riskReversal25,
            Figure butterfly25,
            Figure vendorAtmIv7,
            Figure vendorAtmIv30,
            Figure rv7,
            Figure rv30,
            String rvMethod,
            Figure vrp,
            Figure ivRvGap,
            Rank vrpRank,
            Figure variancePremium,
            Figure dvol,
            Figure netGex,
            @Nullable String gammaRegime,
            @Nullable String gammaRegimeReason) {}

    @GET
    public Overview overview(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        List<Hour> hours = series.trailing(wanted, asked, Threshold.TRAILING_DAYS);
        Standing standing = Standing.of(hours, asked);
        Optional<Hour> surface =
                hours.reversed().stream().filter(OverviewResource::hasSurface).findFirst();
        Optional<Hour> vendor = MarketSeries.latest(hours, Hour::rv30);
        Threshold vrp = Threshold.of("vrp", hours, Hour::vrp, asked, SourceAuthority.ESTIMATED_MODEL);
        Figure netGex = Standing.latest(hours, Hour::netGex, asked, SourceAuthority.ESTIMATED_MODEL);
        Optional<String> regime = netGex.value() == null
                ? Optional.empty()
                : MarketSeries.latest(hours, Hour::netGex).map(Hour::regime);
        return new Overview(
                wanted,
                standing.state(),
                standing.reason(),
                asked,
                standing.asOf(),
                standing.ageSeconds(),
                ofSurface(surface, Hour::atm7, asked),
                ofSurface(surface, Hour::atm30, asked),
                ofSurface(surface, Hour::riskReversal25, asked),
                ofSurface(surface, Hour::butterfly25, asked),
                ofVendor(vendor, Hour::vendorAtm7, asked),
                ofVendor(vendor, Hour::vendorAtm30, asked),
                ofVendor(vendor, Hour::rv7, asked),
                ofVendor(vendor, Hour::rv30, asked),
                VENDOR_RV_METHOD,
                vrp.now(),
                vrp.now(),
                new Rank(vrp.rank(), vrp.state(), vrp.reason(), vrp.sample()),
                Standing.latest(hours, Hour::variancePremium, asked, SourceAuthority.ESTIMATED_MODEL),
                Standing.latest(hours, Hour::dvol, asked, SourceAuthority.DIRECT_SOURCE),
                netGex,
                regime.orElse(null),
                regime.isPresent() ? null : netGex.value() == null ? netGex.reason() : "not_priced");
    }

    private static boolean hasSurface(Hour hour) {
        return hour.atm7() != null || hour.atm30() != null || hour.riskReversal25() != null;
    }

    private static Figure ofSurface(Optional<Hour> hour, Function<Hour, Double> value, Instant asked) {
        return figure(
                hour, value, asked, SourceAuthority.ESTIMATED_MODEL, "no_surface_history", "outside_listed_expiries");
    }

    private static Figure ofVendor(Optional<Hour> hour, Function<Hour, Double> value, Instant asked) {
        return figure(hour, value, asked, SourceAuthority.DIRECT_SOURCE, "no_snapshot_history", "not_given_by_vendor");
    }

    private static Figure figure(
            Optional<Hour> hour,
            Function<Hour, Double> value,
            Instant asked,
            SourceAuthority authority,
            String noHour,
            String noValue) {
        return hour.map(h -> AgeRule.SNAPSHOT.figure(value.apply(h), h.at(), asked, authority, noValue))
                .orElse(Figure.unknown(QualityState.MISSING, noHour, null));
    }
}

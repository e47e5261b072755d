package io.voldesk.snapshot.volmetrics;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.Currency;
import io.voldesk.model.QualityState;
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
import org.jspecify.annotations.Nullable;

/** Where today stands among the trailing days. */
@Path("/api/analytics/thresholds")
@RunOnVirtualThread
public class ThresholdsResource {
    private final MarketSeries series;
    private final Clock clock;

    public ThresholdsResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /** @param asOf the latest stored hour of the trailing days */
    public record Thresholds(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant asOf,
            Long ageSeconds,
            int trailingDays,
            List<Threshold> metrics) {}

    @GET
    public Thresholds thresholds(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        List<Hour> hours = series.trailing(wanted, asked, Threshold.TRAILING_DAYS);
        Standing standing = Standing.of(hours, asked);
        return new Thresholds(
                wanted,
                standing.state(),
                standing.reason(),
                asked,
                standing.asOf(),
                standing.ageSeconds(),
                Threshold.TRAILING_DAYS,
                List.of(
                        Threshold.of("net_gex", hours, Hour::netGex, asked, SourceAuthority.ESTIMATED_MODEL),
                        Threshold.of("dvol", hours, Hour::dvol, asked, SourceAuthority.DIRECT_SOURCE),
                        Threshold.of("vrp", hours, Hour::vrp, asked, SourceAuthority.ESTIMATED_MODEL),
                        Threshold.of(
                                "variance_premium",
                                hours,
                                Hour::variancePremium,
                                asked,
                                SourceAuthority.ESTIMATED_MODEL),
                        Threshold.of(
                                "risk_reversal_25",
                                hours,
                                Hour::riskReversal25,
                                asked,
                                SourceAuthority.ESTIMATED_MODEL)));
    }
}

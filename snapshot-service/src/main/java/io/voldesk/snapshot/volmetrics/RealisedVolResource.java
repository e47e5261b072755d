package io.voldesk.snapshot.volmetrics;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.Figure;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Our own realised vols from the stored hourly spots, beside the vendor's of the same hour. */
@Path("/api/analytics/realised-vol")
@RunOnVirtualThread
public class RealisedVolResource {
    private static final List<Integer> WINDOWS = List.of(7, 14, 30, 90);
    private static final String BARS =
            "24 hours that end at as_of, from hourly observations: open = the close before, high and low among 25 observations";

    private final MarketSeries series;
    private final Clock clock;

    public RealisedVolResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /** @param rv7 a fraction a year, as of the same hour as ours; {@code rv30} likewise */
    public record Vendor(String method, Figure rv7, Figure rv30) {}

    /**
     * @param asOf the last hour of every window
     * @param dailyBars what a daily bar is here
     * @param windows none where the state is {@code missing}
     */
    public record Answer(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant asOf,
            Long ageSeconds,
            String dailyBars,
            List<RealisedVols.Window> windows,
            Vendor vendor) {}

    @GET
    public Answer realisedVol(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        // the longest window's first return and Yang and Zhang's first bar begin before it
        List<Hour> hours = series.trailing(wanted, asked, WINDOWS.getLast() + 8).stream()
                .filter(hour -> hour.spot() != null && hour.spot() > 0)
                .toList();
        Hour last = hours.isEmpty() ? null : hours.getLast();
        AgeRule.Age age = AgeRule.SNAPSHOT.of(last == null ? null : last.at(), asked, "no_spot_history");
        TreeMap<Instant, Double> spots = new TreeMap<>();
        hours.forEach(hour -> spots.put(hour.at(), hour.spot()));
        return new Answer(
                wanted,
                age.state(),
                age.reason(),
                asked,
                age.sourceAt(),
                age.seconds(),
                BARS,
                age.shown()
                        ? WINDOWS.stream()
                                .map(days -> RealisedVols.over(spots, last.at(), days))
                                .map(window -> age.ok() ? window : window.stale(age.reason()))
                                .toList()
                        : List.of(),
                new Vendor(
                        OverviewResource.VENDOR_RV_METHOD,
                        vendor(last, last == null ? null : last.rv7(), asked),
                        vendor(last, last == null ? null : last.rv30(), asked)));
    }

    private static Figure vendor(Hour last, Double value, Instant asked) {
        return last == null
                ? Figure.unknown(QualityState.MISSING, "no_spot_history", null)
                : AgeRule.SNAPSHOT.figure(
                        value, last.at(), asked, SourceAuthority.DIRECT_SOURCE, "not_given_by_vendor_at_this_hour");
    }
}

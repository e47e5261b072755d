package io.voldesk.snapshot.context;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.TimeRange;
import io.voldesk.kit.param.UpTo;
import io.voldesk.model.Currency;
import io.voldesk.snapshot.volmetrics.MarketSeries;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The hourly states of a range, for readers that need history: alignment and alerts. */
@Path("/internal/market-history")
@RunOnVirtualThread
public class MarketHistoryResource {
    private static final Duration USUAL = Duration.ofDays(90);
    private static final Duration MOST = Duration.ofDays(731);

    private final MarketSeries series;
    private final Clock clock;

    public MarketHistoryResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    public record History(String currency, List<MarketSeries.Hour> hours) {}

    @GET
    public History history(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("from") Instant from,
            @QueryParam("to") @UpTo Instant to) {
        Instant end = to == null ? clock.instant() : to;
        TimeRange range = TimeRange.of(from == null ? end.minus(USUAL) : from, end, MOST);
        return new History(currency.name(), series.between(currency.name(), range.from(), range.to()));
    }
}

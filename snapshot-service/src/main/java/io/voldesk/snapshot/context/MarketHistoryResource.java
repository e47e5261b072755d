package io.voldesk.snapshot.context;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.snapshot.capture.SnapshotType;
import io.voldesk.snapshot.volmetrics.MarketSeries;
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
    private final MarketSeries series;
    private final Clock clock;

    public MarketHistoryResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    public record History(String currency, List<MarketSeries.Hour> hours) {}

    @GET
    public History history(
            @QueryParam("currency") String currency, @QueryParam("from") String from, @QueryParam("to") String to) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Instant end = Params.upTo("to", to);
        Instant upto = end == null ? clock.instant() : end;
        Instant start = Params.instant("from", from);
        return new History(
                wanted, series.between(wanted, start == null ? upto.minus(Duration.ofDays(90)) : start, upto));
    }
}

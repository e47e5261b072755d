package io.voldesk.snapshot.volmetrics;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.Currency;
import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.quant.Stats;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How 30-day at-the-money vol moves with spot. */
@Path("/api/analytics/spot-vol")
@RunOnVirtualThread
public class SpotVolResource {
    static final List<Integer> WINDOWS = List.of(7, 30, 90);

    private final MarketSeries series;
    private final Clock clock;

    public SpotVolResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /**
     * Regression of hourly changes of 30-day at-the-money vol on hourly log returns over some days.
     *
     * @param beta vol (fraction) per unit of log return; null with its reason
     * @param asOf the last hour in it
     */
    public record Window(
            int days,
            Double beta,
            Double correlation,
            Double rSquared,
            int n,
            Sample sample,
            QualityState state,
            @Nullable String reason,
            @Nullable Instant asOf,
            Long ageSeconds) {

        static Window of(List<Hour> trailing, int days, Instant asked) {
            HourlyChanges changes = HourlyChanges.volOnSpot(within(trailing, days, asked), days);
            Standing standing = changes.standing(asked);
            Optional<Stats.Line> line = standing.shown() ? changes.line() : Optional.empty();
            if (line.isEmpty() && standing.shown()) {
                standing = standing.without("no_variation");
            }
            return new Window(
                    days,
                    line.map(Stats.Line::slope).orElse(null),
                    line.map(Stats.Line::correlation).orElse(null),
                    line.map(Stats.Line::rSquared).orElse(null),
                    changes.x().length,
                    changes.sample(),
                    standing.state(),
                    standing.reason(),
                    standing.asOf(),
                    standing.ageSeconds());
        }
    }

    static List<Hour> within(List<Hour> trailing, int days, Instant asked) {
        Instant from = asked.minus(Duration.ofDays(days));
        return trailing.stream().filter(hour -> hour.at().isAfter(from)).toList();
    }

    /** @param asOf the latest stored hour */
    public record SpotVol(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant asOf,
            Long ageSeconds,
            List<Window> windows) {}

    @GET
    public SpotVol spotVol(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        List<Hour> hours = series.trailing(wanted, asked, WINDOWS.getLast());
        Standing standing = Standing.of(hours, asked);
        return new SpotVol(
                wanted,
                standing.state(),
                standing.reason(),
                asked,
                standing.asOf(),
                standing.ageSeconds(),
                WINDOWS.stream().map(days -> Window.of(hours, days, asked)).toList());
    }
}

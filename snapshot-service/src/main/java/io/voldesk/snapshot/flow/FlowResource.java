package io.voldesk.snapshot.flow;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.QualityState;
import io.voldesk.quant.ForwardReturns;
import io.voldesk.quant.ForwardReturns.MeanBound;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.capture.SnapshotType;
import io.voldesk.snapshot.volmetrics.MarketSeries;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The GEX series and forward returns by gamma regime. */
@Path("/api/flow")
@RunOnVirtualThread
public class FlowResource {

    private final MarketSeries series;
    private final Clock clock;

    public FlowResource(MarketSeries series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /** @param netGex USD per 1 % move; null where the hour has none */
    public record GexPoint(Instant at, Double spot, Double netGex, Double flip, String regime) {}

    public record GexSeries(
            String currency, QualityState state, String reason, Instant from, Instant to, List<GexPoint> points) {}

    @GET
    @Path("/gex")
    public GexSeries gex(
            @QueryParam("currency") String currency, @QueryParam("from") String from, @QueryParam("to") String to) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Instant[] range = range(from, to);
        List<GexPoint> points = series.between(wanted, range[0], range[1]).stream()
                .filter(hour -> hour.netGex() != null)
                .map(hour -> new GexPoint(hour.at(), hour.gexSpot(), hour.netGex(), hour.flip(), hour.regime()))
                .toList();
        return new GexSeries(
                wanted,
                points.isEmpty() ? QualityState.MISSING : QualityState.OK,
                points.isEmpty() ? "no_gex_hourly_in_range" : null,
                range[0],
                range[1],
                points);
    }

    /**
     * Log returns after hours of one regime.
     *
     * @param hitRate share of positive returns
     * @param interval 95 %, of the mean, by circular block bootstrap with a fixed seed; null with its reason
     */
    public record Outcome(
            String regime,
            int horizonHours,
            int n,
            Double mean,
            Double median,
            Double deviation,
            Double hitRate,
            List<Double> interval,
            String intervalReason) {}

    public record Conditional(
            String currency, QualityState state, String reason, Instant from, Instant to, List<Outcome> outcomes) {}

    @GET
    @Path("/conditional-returns")
    public Conditional conditional(
            @QueryParam("currency") String currency, @QueryParam("from") String from, @QueryParam("to") String to) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Instant[] range = range(from, to);
        List<MarketSeries.Hour> hours = series.between(wanted, range[0], range[1]);
        List<MarketSeries.Hour> priced =
                hours.stream().filter(hour -> hour.spot() != null).toList();
        long[] at = priced.stream()
                .mapToLong(hour -> hour.at().getEpochSecond() / 3_600)
                .toArray();
        double[] logPrice =
                priced.stream().mapToDouble(hour -> Math.log(hour.spot())).toArray();
        List<Outcome> outcomes = new ArrayList<>();
        int seen = 0;
        for (String regime : List.of("positive", "near_flip", "negative")) {
            boolean[] chosen = new boolean[at.length];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = regime.equals(priced.get(i).regime());
            }
            for (int horizon : List.of(1, 4, 24, 72)) {
                ForwardReturns found = ForwardReturns.of(at, logPrice, chosen, horizon);
                seen += found.returns().length;
                outcomes.add(outcome(regime, found));
            }
        }
        return new Conditional(
                wanted,
                seen == 0 ? QualityState.MISSING : QualityState.OK,
                seen == 0 ? "no_gex_hourly_in_range" : null,
                range[0],
                range[1],
                outcomes);
    }

    private static Outcome outcome(String regime, ForwardReturns found) {
        double[] returns = found.returns();
        if (returns.length == 0) {
            return new Outcome(regime, found.horizonHours(), 0, null, null, null, null, null, "no_observation");
        }
        double hits = 0;
        for (double r : returns) {
            hits += r > 0 ? 1 : 0;
        }
        return new Outcome(
                regime,
                found.horizonHours(),
                returns.length,
                Stats.mean(returns),
                Stats.median(returns),
                returns.length < 2 ? null : (Double) Stats.deviation(returns),
                hits / returns.length,
                found.bound() instanceof MeanBound.Interval(double low, double high, double p)
                        ? List.of(low, high)
                        : null,
                found.bound() instanceof MeanBound.None(String reason) ? reason : null);
    }

    /** The last 90 days where nothing is asked. */
    private Instant[] range(String from, String to) {
        Instant end = Params.instant("to", to);
        Instant start = Params.instant("from", from);
        Instant upto = end == null ? clock.instant() : end;
        Instant since = start == null ? upto.minus(Duration.ofDays(90)) : start;
        if (since.isAfter(upto)) {
            throw Problem.badField("from", "must not be after to");
        }
        return new Instant[] {since, upto};
    }
}

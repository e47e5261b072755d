package io.voldesk.snapshot.context;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.capture.SnapshotType;
import io.voldesk.snapshot.volmetrics.MarketSeries;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The market state nearest to each of many instants: one read of the hours, one walk. */
@Path("/internal/market-context")
@RunOnVirtualThread
public class MarketContextResource {
    private static final int MOST_INSTANTS = 50_000;
    private static final Duration FURTHEST = Duration.ofDays(2);
    private static final Duration TRAILING = Duration.ofDays(90);
    private static final int FEWEST = 30;
    private static final MarketContextLookup.MarketState NONE = new MarketContextLookup.MarketState(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private final MarketSeries series;

    public MarketContextResource(MarketSeries series) {
        this.series = series;
    }

    @POST
    public MarketContextLookup.Answer find(MarketContextLookup.Request request) {
        if (request == null || request.instants() == null || request.instants().size() > MOST_INSTANTS) {
            throw Problem.badField("instants", "must hold at most " + MOST_INSTANTS + " instants");
        }
        String currency = SnapshotType.currency(request.currency(), null);
        if (request.instants().isEmpty()) {
            return new MarketContextLookup.Answer(currency, List.of());
        }
        List<MarketSeries.Hour> hours = series
                .between(
                        currency,
                        Collections.min(request.instants()).minus(FURTHEST).minus(TRAILING),
                        Collections.max(request.instants()).plus(FURTHEST))
                .stream()
                .filter(hour -> hour.spot() != null)
                .toList();
        List<MarketContextLookup.MarketState> states =
                new ArrayList<>(request.instants().size());
        for (Instant instant : request.instants()) {
            int nearest = nearest(hours, instant);
            states.add(nearest < 0 ? NONE : state(hours, nearest));
        }
        return new MarketContextLookup.Answer(currency, states);
    }

    /** Index of the nearest hour by binary search, of two equally near ones the earlier; −1 for none within two days. */
    static int nearest(List<MarketSeries.Hour> hours, Instant instant) {
        int after = firstAfter(hours, instant);
        int nearest;
        if (after == 0 || after == hours.size()) {
            nearest = after == 0 ? 0 : after - 1;
        } else {
            Duration back = Duration.between(hours.get(after - 1).at(), instant);
            Duration ahead = Duration.between(instant, hours.get(after).at());
            nearest = back.compareTo(ahead) <= 0 ? after - 1 : after;
        }
        if (hours.isEmpty()) {
            return -1;
        }
        Duration lag = Duration.between(hours.get(nearest).at(), instant).abs();
        return lag.compareTo(FURTHEST) > 0 ? -1 : nearest;
    }

    private static int firstAfter(List<MarketSeries.Hour> hours, Instant instant) {
        int low = 0;
        int high = hours.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hours.get(middle).at().isAfter(instant)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static MarketContextLookup.MarketState state(List<MarketSeries.Hour> hours, int index) {
        MarketSeries.Hour hour = hours.get(index);
        List<MarketSeries.Hour> trailing =
                hours.subList(firstAfter(hours, hour.at().minus(TRAILING)), index + 1);
        double[] vrps = known(trailing, MarketSeries.Hour::vrp);
        double[] ivs = known(trailing, MarketSeries.Hour::atm30);
        double[] skews = known(trailing, MarketSeries.Hour::riskReversal25);
        Double vrpSpread = vrps.length < FEWEST ? null : positive(Stats.deviation(vrps));
        Double ivRank = null;
        if (hour.atm30() != null && ivs.length >= FEWEST) {
            double least = Arrays.stream(ivs).min().orElseThrow();
            double most = Arrays.stream(ivs).max().orElseThrow();
            ivRank = most > least ? (Double) ((hour.atm30() - least) / (most - least)) : null;
        }
        Double skewRank = hour.riskReversal25() == null || skews.length < FEWEST
                ? null
                : (Double) Stats.rank(skews, hour.riskReversal25());
        return new MarketContextLookup.MarketState(
                hour.at(),
                hour.spot(),
                hour.atm7(),
                hour.atm30(),
                hour.rv7(),
                hour.rv30(),
                hour.vrp(),
                hour.riskReversal25(),
                hour.butterfly25(),
                hour.dvol(),
                hour.netGex(),
                hour.regime(),
                hour.flip() == null ? null : (Double) (hour.flip() / hour.spot() - 1),
                vrpSpread,
                ivRank,
                skewRank);
    }

    private static Double positive(double value) {
        return value > 0 ? value : null;
    }

    private static double[] known(List<MarketSeries.Hour> hours, Function<MarketSeries.Hour, Double> value) {
        return hours.stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}

package io.voldesk.snapshot.context;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.snapshot.capture.SnapshotType;
import io.voldesk.snapshot.volmetrics.MarketSeries;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The market state nearest to each of many instants: one read of the hours, one walk. */
@Path("/internal/market-context")
@RunOnVirtualThread
public class MarketContextResource {
    private static final int MOST_INSTANTS = 50_000;
    private static final Duration FURTHEST = Duration.ofDays(2);

    private final MarketSeries series;

    public MarketContextResource(MarketSeries series) {
        this.series = series;
    }

    @POST
    public MarketContextLookup.Answer find(MarketContextLookup.Request request) {
        if (request == null || request.instants() == null || request.instants().size() > MOST_INSTANTS) {
            throw Problem.badField("instants", "must hold at most " + MOST_INSTANTS + " instants");
        }
        String currency = Params.currency(request.currency(), null, Set.copyOf(SnapshotType.CURRENCIES));
        if (request.instants().isEmpty()) {
            return new MarketContextLookup.Answer(currency, List.of());
        }
        List<MarketSeries.Hour> hours = series
                .between(
                        currency,
                        Collections.min(request.instants()).minus(FURTHEST),
                        Collections.max(request.instants()).plus(FURTHEST))
                .stream()
                .filter(hour -> hour.spot() != null)
                .toList();
        List<MarketContextLookup.MarketState> states =
                new ArrayList<>(request.instants().size());
        for (Instant instant : request.instants()) {
            states.add(state(nearest(hours, instant)));
        }
        return new MarketContextLookup.Answer(currency, states);
    }

    /** Binary search; of two equally near hours the earlier. */
    static MarketSeries.Hour nearest(List<MarketSeries.Hour> hours, Instant instant) {
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
        MarketSeries.Hour before = low > 0 ? hours.get(low - 1) : null;
        MarketSeries.Hour after = low < hours.size() ? hours.get(low) : null;
        if (before == null || after == null) {
            return before == null ? after : before;
        }
        return Duration.between(before.at(), instant).compareTo(Duration.between(instant, after.at())) <= 0
                ? before
                : after;
    }

    private static MarketContextLookup.MarketState state(MarketSeries.Hour hour) {
        if (hour == null) {
            return new MarketContextLookup.MarketState(
                    null, null, null, null, null, null, null, null, null, null, null, null, null);
        }
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
                hour.flip() == null ? null : (Double) (hour.flip() / hour.spot() - 1));
    }
}

package io.voldesk.snapshot.context;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.Currency;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.snapshot.volmetrics.MarketSeries;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The market state that each of many instants met: one read of the hours, one walk. */
@Path("/internal/market-context")
@RunOnVirtualThread
public class MarketContextResource {
    private static final int MOST_INSTANTS = 50_000;

    private final MarketSeries series;

    public MarketContextResource(MarketSeries series) {
        this.series = series;
    }

    @POST
    public MarketContextLookup.Answer find(MarketContextLookup.Request request) {
        if (request == null || request.instants() == null || request.instants().size() > MOST_INSTANTS) {
            throw Problem.badField("instants", "must hold at most " + MOST_INSTANTS + " instants");
        }
        String currency = code(request.currency());
        List<Instant> instants = request.instants();
        for (int i = 0; i < instants.size(); i++) {
            if (instants.get(i) == null || i > 0 && instants.get(i).isBefore(instants.get(i - 1))) {
                throw Problem.badField("instants", "must be in order of time, none missing");
            }
        }
        Long tolerance = request.toleranceSeconds();
        if (tolerance != null && tolerance < 0) {
            throw Problem.badField("tolerance_seconds", "must not be negative");
        }
        var walk =
                new NearestHours(instants, tolerance == null ? NearestHours.FURTHEST : Duration.ofSeconds(tolerance));
        if (!instants.isEmpty()) {
            series.each(
                    currency,
                    instants.getFirst().minus(NearestHours.FURTHEST).minus(NearestHours.TRAILING),
                    instants.getLast().plus(NearestHours.FURTHEST),
                    hour -> {
                        if (hour.spot() != null) {
                            walk.hour(hour);
                        }
                    });
            walk.end();
        }
        return new MarketContextLookup.Answer(currency, walk.states(), walk.nearest());
    }

    private static String code(String sent) {
        if (!Currency.CODES.contains(sent)) {
            throw Problem.badField("currency", "must be one of " + String.join(", ", Currency.CODES));
        }
        return sent;
    }
}

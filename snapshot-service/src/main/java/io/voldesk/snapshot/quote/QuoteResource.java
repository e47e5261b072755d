package io.voldesk.snapshot.quote;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.OptionContract;
import io.voldesk.model.QuoteLookup;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;

/** Quotes of many listed contracts and windows in one call. */
@Path("/internal/quotes")
@RunOnVirtualThread
public class QuoteResource {
    private static final int MOST_WINDOWS = 5_000;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final QuoteFinder finder;

    public QuoteResource(QuoteFinder finder) {
        this.finder = finder;
    }

    @POST
    @Path("/lookup")
    public QuoteLookup.Answer lookup(QuoteLookup.Request request) {
        if (request == null || request.windows() == null || request.windows().size() > MOST_WINDOWS) {
            throw Problem.badField("windows", "must hold at most " + MOST_WINDOWS + " windows");
        }
        for (QuoteLookup.Window window : request.windows()) {
            if (window.from() == null
                    || window.to() == null
                    || window.from().isAfter(window.to())
                    || Duration.between(window.from(), window.to()).compareTo(LONGEST) > 0) {
                throw Problem.badField("windows", "each runs forward, for a day at most");
            }
            try {
                OptionContract.parseOsi(window.symbol());
            } catch (IllegalArgumentException e) {
                throw Problem.badField("windows.symbol", e.getMessage());
            }
        }
        return new QuoteLookup.Answer(finder.find(request.windows()));
    }
}

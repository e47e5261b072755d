package io.voldesk.snapshot.quote;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.ModelMarkLookup;
import io.voldesk.model.OptionContract;
import io.voldesk.model.QuoteLookup;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;

/** Quotes and model marks of many listed contracts in one call. */
@Path("/internal")
@RunOnVirtualThread
public class QuoteResource {
    private static final int MOST = 5_000;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final QuoteFinder finder;
    private final ModelMarks models;

    public QuoteResource(QuoteFinder finder, ModelMarks models) {
        this.finder = finder;
        this.models = models;
    }

    @POST
    @Path("/quotes/lookup")
    public QuoteLookup.Answer lookup(QuoteLookup.Request request) {
        if (request == null || request.windows() == null || request.windows().size() > MOST) {
            throw Problem.badField("windows", "must hold at most " + MOST + " windows");
        }
        for (QuoteLookup.Window window : request.windows()) {
            if (window.from() == null
                    || window.to() == null
                    || window.from().isAfter(window.to())
                    || Duration.between(window.from(), window.to()).compareTo(LONGEST) > 0) {
                throw Problem.badField("windows", "each runs forward, for a day at most");
            }
            contract("windows.symbol", window.symbol());
        }
        return new QuoteLookup.Answer(finder.find(request.windows()));
    }

    @POST
    @Path("/model-marks/lookup")
    public ModelMarkLookup.Answer modelMarks(ModelMarkLookup.Request request) {
        if (request == null
                || request.contracts() == null
                || request.contracts().size() > MOST) {
            throw Problem.badField("contracts", "must hold at most " + MOST + " contracts");
        }
        for (ModelMarkLookup.Asked asked : request.contracts()) {
            if (asked.at() == null) {
                throw Problem.badField("contracts.at", "is required");
            }
            contract("contracts.symbol", asked.symbol());
        }
        return new ModelMarkLookup.Answer(models.price(request.contracts()));
    }

    private static void contract(String field, String symbol) {
        try {
            OptionContract.parseOsi(symbol);
        } catch (IllegalArgumentException e) {
            throw Problem.badField(field, e.getMessage());
        }
    }
}

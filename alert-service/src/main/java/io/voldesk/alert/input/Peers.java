package io.voldesk.alert.input;

import io.voldesk.model.Currency;
import io.voldesk.model.MarketFigures;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks the other services for all that the rules read, at once: one that hangs costs its own time-out, not the sum of them. */
@ApplicationScoped
public class Peers {
    private final SnapshotApi snapshot;
    private final TradeSyncApi tradeSync;
    private final AnalyticsApi analytics;

    public Peers(
            @RestClient SnapshotApi snapshot, @RestClient TradeSyncApi tradeSync, @RestClient AnalyticsApi analytics) {
        this.snapshot = snapshot;
        this.tradeSync = tradeSync;
        this.analytics = analytics;
    }

    public Inputs ask() {
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Market> markets = new LinkedHashMap<>();
            Currency.CODES.forEach(currency -> markets.put(currency, market(currency, calls)));
            var status = asked(snapshot::status, calls);
            var readiness = asked(snapshot::readiness, calls);
            var card = asked(tradeSync::status, calls);
            var enrichment = asked(analytics::status, calls);
            Map<String, Inputs.Market> answers = new LinkedHashMap<>();
            markets.forEach((currency, market) -> answers.put(currency, market.answers()));
            return new Inputs(answers, status.join(), readiness.join(), card.join(), enrichment.join());
        }
    }

    private Market market(String currency, Executor calls) {
        return new Market(
                asked(() -> snapshot.overview(currency), calls),
                asked(() -> snapshot.thresholds(currency), calls),
                asked(() -> snapshot.levels(currency), calls),
                asked(() -> snapshot.history(currency), calls));
    }

    private static <T> CompletableFuture<Answer<T>> asked(Supplier<T> call, Executor calls) {
        return CompletableFuture.supplyAsync(() -> Answer.to(call), calls);
    }

    /** What is being asked of one currency. */
    private record Market(
            CompletableFuture<Answer<MarketFigures.Overview>> overview,
            CompletableFuture<Answer<MarketFigures.Thresholds>> thresholds,
            CompletableFuture<Answer<MarketFigures.Levels>> levels,
            CompletableFuture<Answer<MarketFigures.History>> history) {
        Inputs.Market answers() {
            return new Inputs.Market(overview.join(), thresholds.join(), levels.join(), history.join());
        }
    }
}

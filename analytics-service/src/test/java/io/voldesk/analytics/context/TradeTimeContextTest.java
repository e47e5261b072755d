package io.voldesk.analytics.context;

import static io.voldesk.analytics.Trades.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.voldesk.model.MarketContextLookup.MarketState;
import io.voldesk.model.MarketContextLookup.Ranked;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TradeTimeContextTest {
    private static final Map<String, String> PROXY = Map.of("MSTR", "BTC", "COIN", "BTC");

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/hand-worked/contexts.csv", delimiter = '|', numLinesToSkip = 1)
    void handWorked(
            String name,
            String underlying,
            Instant at,
            Instant marketAt,
            String state,
            String reason,
            Long lagSeconds,
            Boolean afterTrade) {
        String currency = PROXY.get(underlying);
        MarketState market = marketAt == null ? null : state(marketAt);
        var trade = trade(-1, "%-6s261218C00300000".formatted(underlying), "1", "10", 100, at);
        switch (TradeTimeContext.of(trade, currency, market, Duration.ofMinutes(90))) {
            case TradeTimeContext.Found found -> {
                assertEquals(state, found.state());
                assertEquals(reason, found.reason());
                assertEquals(lagSeconds, found.lagSeconds());
                assertEquals(afterTrade, found.afterTrade());
                assertSame(market, found.market(), "a stale state is kept");
            }
            case TradeTimeContext.None none -> {
                assertEquals(state, none.state());
                assertEquals(reason, none.reason());
                assertEquals(currency, none.currency());
                assertNull(lagSeconds);
            }
        }
    }

    private static MarketState state(Instant at) {
        var none = new Ranked(null, 0, 0);
        return new MarketState(
                at, 90_000.0, null, null, null, null, null, null, null, null, null, null, null, null, none, none, none,
                none);
    }
}

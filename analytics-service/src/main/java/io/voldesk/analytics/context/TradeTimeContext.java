package io.voldesk.analytics.context;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.model.MarketContextLookup.MarketState;
import java.time.Duration;

/** The market state an execution met. */
sealed interface TradeTimeContext {
    /**
     * @param state {@code ok} within tolerance, else {@code stale}: kept, but out of every average
     * @param lagSeconds positive where the state lies after the trade
     */
    record Found(String state, String reason, String currency, long lagSeconds, MarketState market)
            implements TradeTimeContext {}

    /**
     * @param state {@code unmapped} or {@code missing}
     * @param currency the underlying's proxy, null where it has none
     */
    record None(String state, String reason, String currency) implements TradeTimeContext {}

    /**
     * @param currency the proxy of the underlying; null where none is configured
     * @param nearest the hourly state nearest to the execution; null where none is stored near it
     */
    static TradeTimeContext of(ExecutionRow execution, String currency, MarketState nearest, Duration tolerance) {
        if (currency == null) {
            return new None("unmapped", "no_market_proxy_for_underlying", null);
        }
        if (execution.executedAt() == null) {
            return new None("missing", "no_execution_time", currency);
        }
        if (nearest == null) {
            return new None("missing", "no_market_state_within_two_days", currency);
        }
        Duration lag = Duration.between(execution.executedAt(), nearest.at());
        boolean near = lag.abs().compareTo(tolerance) <= 0;
        return new Found(
                near ? "ok" : "stale",
                near ? null : "nearest_state_outside_tolerance",
                currency,
                lag.toSeconds(),
                nearest);
    }
}

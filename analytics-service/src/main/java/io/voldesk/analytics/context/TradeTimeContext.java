package io.voldesk.analytics.context;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.model.MarketContextLookup.MarketState;
import java.time.Duration;

/** The market state an execution met. */
sealed interface TradeTimeContext {
    /**
     * @param state {@code ok} within tolerance, else {@code stale}: kept, but out of every average
     * @param lagSeconds negative where the state lies before the trade
     * @param afterTrade it lies after it: nobody could have known it then
     */
    record Found(String state, String reason, String currency, long lagSeconds, boolean afterTrade, MarketState market)
            implements TradeTimeContext {}

    /**
     * @param state {@code unmapped} or {@code missing}
     * @param currency the underlying's proxy, null where it has none
     */
    record None(String state, String reason, String currency) implements TradeTimeContext {}

    /**
     * @param currency the proxy of the underlying; null where none is configured
     * @param met the hourly state the execution met; null where none is stored near it
     */
    static TradeTimeContext of(ExecutionRow execution, String currency, MarketState met, Duration tolerance) {
        if (currency == null) {
            return new None("unmapped", "no_market_proxy_for_underlying", null);
        }
        if (execution.executedAt() == null) {
            return new None("missing", "no_execution_time", currency);
        }
        if (met == null) {
            return new None("missing", "no_market_state_within_two_days", currency);
        }
        Duration lag = Duration.between(execution.executedAt(), met.at());
        boolean near = lag.abs().compareTo(tolerance) <= 0;
        return new Found(
                near ? "ok" : "stale",
                near ? null : "nearest_state_outside_tolerance",
                currency,
                lag.toSeconds(),
                lag.isPositive(),
                met);
    }
}

package io.voldesk.analytics.context;

import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.EnrichmentStore.Enriched;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.model.MarketContextLookup.MarketState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The market at the time of the trade: the hourly state of the underlying's proxy nearest to {@code executed_at} (tie: the
 * earlier). Within tolerance it is {@code ok}, beyond it {@code stale} with its values kept but out of every average.
 */
@ApplicationScoped
public class MarketContextStep implements Step {
    static final String TABLE = "market_context";
    static final String KEY = "trade_time";
    private static final List<String> COLUMNS = List.of(
            "state",
            "reason",
            "currency",
            "market_at",
            "lag_seconds",
            "spot",
            "atm_iv_7",
            "atm_iv_30",
            "rv_7",
            "rv_30",
            "vrp",
            "risk_reversal_25",
            "butterfly_25",
            "dvol",
            "net_gex",
            "regime",
            "flip_distance",
            "vrp_spread",
            "iv_rank",
            "skew_rank");

    private final EnrichmentStore store;
    private final MarketData market;
    private final ProxySettings settings;
    private final Clock clock;

    public MarketContextStep(EnrichmentStore store, MarketData market, ProxySettings settings, Clock clock) {
        this.store = store;
        this.market = market;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "market_context";
    }

    @Override
    public Result run(Selection selection, int limit, boolean dryRun) {
        List<ExecutionRow> executions = store.choose(selection, TABLE, KEY, List.of("ok", "unmapped"), limit);
        List<Enriched> rows = enrich(executions);
        int written = dryRun ? 0 : store.upsert(TABLE, COLUMNS, rows, clock.instant());
        return new Result(rows.size(), written);
    }

    private List<Enriched> enrich(List<ExecutionRow> executions) {
        List<Enriched> rows = new ArrayList<>(executions.size());
        Map<String, List<ExecutionRow>> byCurrency = new HashMap<>();
        for (ExecutionRow execution : executions) {
            String proxy = settings.proxy().get(execution.underlying());
            if (proxy == null) {
                rows.add(without(execution, "unmapped", "no_market_proxy_for_underlying", null));
            } else if (execution.executedAt() == null) {
                rows.add(without(execution, "missing", "no_execution_time", proxy));
            } else {
                byCurrency.computeIfAbsent(proxy, c -> new ArrayList<>()).add(execution);
            }
        }
        byCurrency.forEach((currency, of) -> {
            List<MarketState> states = market.statesNear(
                    currency, of.stream().map(ExecutionRow::executedAt).toList());
            for (int i = 0; i < of.size(); i++) {
                rows.add(found(of.get(i), currency, states.get(i)));
            }
        });
        return rows;
    }

    private Enriched found(ExecutionRow execution, String currency, MarketState market) {
        if (market.at() == null) {
            return without(execution, "missing", "no_market_state_within_two_days", currency);
        }
        // positive: the state lies after the trade
        Duration lag = Duration.between(execution.executedAt(), market.at());
        boolean near = lag.abs().compareTo(settings.tolerance()) <= 0;
        return row(
                execution,
                near ? "ok" : "stale",
                near ? null : "nearest_state_outside_tolerance",
                currency,
                market.at(),
                lag.toSeconds(),
                market.spot(),
                market.atmIv7(),
                market.atmIv30(),
                market.rv7(),
                market.rv30(),
                market.vrp(),
                market.riskReversal25(),
                market.butterfly25(),
                market.dvol(),
                market.netGex(),
                market.regime(),
                market.flipDistance(),
                market.vrpSpread(),
                market.ivRank(),
                market.skewRank());
    }

    private static Enriched without(ExecutionRow execution, String state, String reason, String currency) {
        Object[] values = new Object[COLUMNS.size()];
        values[0] = state;
        values[1] = reason;
        values[2] = currency;
        return row(execution, values);
    }

    private static Enriched row(ExecutionRow execution, Object... values) {
        return new Enriched(execution.sourceTradeId(), KEY, execution.version(), Arrays.asList(values));
    }
}

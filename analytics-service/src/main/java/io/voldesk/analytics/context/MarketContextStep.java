package io.voldesk.analytics.context;

import io.voldesk.analytics.enrichment.EnrichmentStore.Enriched;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.MarketContextLookup.MarketState;
import jakarta.enterprise.context.ApplicationScoped;
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
    private static final String KEY = "trade_time";
    /** States are hourly: one more than half an hour off gives way to a nearer one that is captured later. */
    private static final String SETTLED = "x.state = 'unmapped' or (x.state = 'ok' and abs(x.lag_seconds) <= 1800)";

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

    private static final Layout LAYOUT = new Layout("market_context", KEY, COLUMNS, SETTLED, MarketData.MOST_INSTANTS);

    private final MarketData market;
    private final ProxySettings settings;

    public MarketContextStep(MarketData market, ProxySettings settings) {
        this.market = market;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "market_context";
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public List<Enriched> enrich(List<ExecutionRow> executions) {
        List<Enriched> rows = new ArrayList<>(executions.size());
        Map<String, List<ExecutionRow>> byCurrency = new HashMap<>();
        // in order of time, as those of each currency are then
        for (ExecutionRow execution : executions.reversed()) {
            String currency = settings.proxy().get(execution.underlying());
            if (currency == null || execution.executedAt() == null) {
                rows.add(row(execution, TradeTimeContext.of(execution, currency, null, settings.tolerance())));
            } else {
                byCurrency.computeIfAbsent(currency, c -> new ArrayList<>()).add(execution);
            }
        }
        byCurrency.forEach((currency, of) -> {
            MarketContextLookup.Answer nearest = market.statesNear(
                    currency, of.stream().map(ExecutionRow::executedAt).toList());
            for (int i = 0; i < of.size(); i++) {
                rows.add(row(of.get(i), TradeTimeContext.of(of.get(i), currency, nearest.of(i), settings.tolerance())));
            }
        });
        return rows;
    }

    private static Enriched row(ExecutionRow execution, TradeTimeContext context) {
        List<Object> values = switch (context) {
            case TradeTimeContext.Found found -> values(found, found.market());
            case TradeTimeContext.None none -> {
                Object[] blank = new Object[COLUMNS.size()];
                blank[0] = none.state();
                blank[1] = none.reason();
                blank[2] = none.currency();
                yield Arrays.asList(blank);
            }
        };
        return new Enriched(execution.sourceTradeId(), KEY, execution.version(), values);
    }

    private static List<Object> values(TradeTimeContext.Found found, MarketState market) {
        return Arrays.asList(
                found.state(),
                found.reason(),
                found.currency(),
                market.at(),
                found.lagSeconds(),
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
}

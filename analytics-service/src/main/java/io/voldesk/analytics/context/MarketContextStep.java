package io.voldesk.analytics.context;

import io.voldesk.analytics.enrichment.EnrichmentStore.Enriched;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.MarketContextLookup.MarketState;
import io.voldesk.model.MarketContextLookup.Ranked;
import io.voldesk.model.SourceAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The market at the time of the trade: the hourly state of the underlying's proxy at or before {@code executed_at}, or the first
 * after it where none is within tolerance before; that is flagged. Within tolerance it is {@code ok}, beyond it {@code stale} with
 * its values kept but out of every average.
 */
@ApplicationScoped
public class MarketContextStep implements Step {
    private static final String KEY = "trade_time";
    private static final String PROXY_MAPPED = "proxy_mapped";
    /** States are hourly: one more than an hour off, or after the trade, gives way to a nearer one that is captured later. */
    private static final String SETTLED =
            "x.state = 'unmapped' or (x.state = 'ok' and not x.after_trade and x.lag_seconds > -3600)";

    private static final List<String> COLUMNS = List.of(
            "state",
            "reason",
            "currency",
            "mapping_quality",
            "authority",
            "market_at",
            "lag_seconds",
            "after_trade",
            "spot",
            "atm_iv_7",
            "atm_iv_30",
            "rv_7",
            "rv_30",
            "vrp",
            "variance_premium",
            "risk_reversal_25",
            "butterfly_25",
            "dvol",
            "net_gex",
            "regime",
            "flip_distance",
            "dvol_rank",
            "dvol_rank_hours",
            "dvol_rank_days",
            "vrp_rank",
            "vrp_rank_hours",
            "vrp_rank_days",
            "iv_rank",
            "iv_rank_hours",
            "iv_rank_days",
            "skew_rank",
            "skew_rank_hours",
            "skew_rank_days");

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
            MarketContextLookup.Answer met = market.statesMet(
                    currency, of.stream().map(ExecutionRow::executedAt).toList(), settings.tolerance());
            for (int i = 0; i < of.size(); i++) {
                rows.add(row(of.get(i), TradeTimeContext.of(of.get(i), currency, met.of(i), settings.tolerance())));
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
                blank[3] = none.currency() == null ? "unmapped" : PROXY_MAPPED;
                blank[4] = SourceAuthority.UNAVAILABLE.code();
                yield Arrays.asList(blank);
            }
        };
        return new Enriched(execution.sourceTradeId(), KEY, execution.version(), values, false);
    }

    private static List<Object> values(TradeTimeContext.Found found, MarketState market) {
        List<Object> values = new ArrayList<>(Arrays.asList(
                found.state(),
                found.reason(),
                found.currency(),
                PROXY_MAPPED,
                (found.state().equals("ok") ? SourceAuthority.APPROVED_PROXY : SourceAuthority.STALE_SOURCE).code(),
                market.at(),
                found.lagSeconds(),
                found.afterTrade(),
                market.spot(),
                market.atmIv7(),
                market.atmIv30(),
                market.rv7(),
                market.rv30(),
                market.vrp(),
                market.variancePremium(),
                market.riskReversal25(),
                market.butterfly25(),
                market.dvol(),
                market.netGex(),
                market.regime(),
                market.flipDistance()));
        for (Ranked ranked : List.of(market.dvolRank(), market.vrpRank(), market.ivRank(), market.skewRank())) {
            values.add(ranked.rank());
            values.add(ranked.hours());
            values.add(ranked.days());
        }
        return values;
    }
}

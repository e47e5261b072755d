package io.voldesk.analytics.context;

import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.EnrichmentStore.Enriched;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.enrichment.Tally;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.MarketContextLookup.MarketState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
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
    /** States are hourly: one more than half an hour off gives way to a nearer one that is captured later. */
    private static final String SETTLED = "x.state = 'unmapped' or (x.state = 'ok' and abs(x.lag_seconds) <= 1800)";

    private static final int PORTION = MarketData.MOST_INSTANTS;
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
    public void run(Selection selection, int limit, boolean dryRun, Tally tally) {
        EnrichmentStore.Chosen chosen = store.choose(selection, TABLE, KEY, SETTLED, limit);
        tally.begin(chosen.executions());
        store.eachPortion(
                chosen,
                PORTION,
                executions -> enrich(executions.reversed()),
                (executions, rows) -> tally.portion(
                        executions.size(),
                        rows.size(),
                        dryRun ? 0 : store.upsert(TABLE, COLUMNS, rows, clock.instant())));
    }

    /** @param executions in order of time, as those of each currency are then */
    private List<Enriched> enrich(List<ExecutionRow> executions) {
        List<Enriched> rows = new ArrayList<>(executions.size());
        Map<String, List<ExecutionRow>> byCurrency = new HashMap<>();
        for (ExecutionRow execution : executions) {
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

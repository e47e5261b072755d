package io.voldesk.analytics.context;

import io.voldesk.analytics.enrichment.RowTable;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.model.MarketContextLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The market at the time of the trade: the hourly state of the underlying's proxy at or before {@code executed_at}, or the first
 * after it where none is within tolerance before; that is flagged. Within tolerance it is {@code ok}, beyond it {@code stale} with
 * its values kept but out of every average.
 */
@ApplicationScoped
public class MarketContextStep implements Step<MarketContextRow> {
    /** States are hourly: one more than an hour off, or after the trade, gives way to a nearer one that is captured later. */
    private static final String SETTLED =
            "x.state = 'unmapped' or (x.state = 'ok' and not x.after_trade and x.lag_seconds > -3600)";

    private static final Layout<MarketContextRow> LAYOUT = new Layout<>(
            RowTable.of("market_context", MarketContextRow.class),
            MarketContextRow.KEY,
            SETTLED,
            MarketData.MOST_INSTANTS);

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
    public Layout<MarketContextRow> layout() {
        return LAYOUT;
    }

    @Override
    public List<MarketContextRow> enrich(List<ExecutionRow> executions) {
        List<MarketContextRow> rows = new ArrayList<>(executions.size());
        Map<String, List<ExecutionRow>> byCurrency = new HashMap<>();
        // in order of time, as those of each currency are then
        for (ExecutionRow execution : executions.reversed()) {
            String currency = settings.proxy().get(execution.underlying());
            if (currency == null || execution.executedAt() == null) {
                rows.add(MarketContextRow.of(
                        execution, TradeTimeContext.of(execution, currency, null, settings.tolerance())));
            } else {
                byCurrency.computeIfAbsent(currency, c -> new ArrayList<>()).add(execution);
            }
        }
        byCurrency.forEach((currency, of) -> {
            MarketContextLookup.Answer met = market.statesMet(
                    currency, of.stream().map(ExecutionRow::executedAt).toList(), settings.tolerance());
            for (int i = 0; i < of.size(); i++) {
                rows.add(MarketContextRow.of(
                        of.get(i), TradeTimeContext.of(of.get(i), currency, met.of(i), settings.tolerance())));
            }
        });
        return rows;
    }
}

package io.voldesk.analytics.performance;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.analytics.market.MarketData;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the numbers of an execution's story come from: table, formula, and what market data archived. */
@ApplicationScoped
public class TradeLineage {
    private final MarketData market;

    public TradeLineage(MarketData market) {
        this.market = market;
    }

    /**
     * @param row of the table, by its context key
     * @param source what the vendor was asked about, in words
     * @param raw as market data shows it: a raw payload, or the rows of an hour with theirs; null with {@code reason}
     */
    public record Trace(
            String table,
            @Nullable String row,
            String formula,
            String source,
            JsonNode raw,
            @Nullable String reason) {}

    List<Trace> of(Map<String, Object> context, Map<String, Object> benchmark, List<Map<String, Object>> marks) {
        List<Trace> traces = new ArrayList<>();
        if (context != null) {
            Instant hour = (Instant) context.get("market_at");
            String currency = (String) context.get("currency");
            traces.add(trace(
                    "analytics.market_context",
                    context,
                    "last hourly state of the underlying's proxy at or before executed_at; a later one only flagged after_trade",
                    hour == null ? null : currency + " market state of " + hour,
                    hour == null ? null : () -> market.marketStateRows(currency, hour)));
        }
        if (benchmark != null) {
            traces.add(trace(
                    "analytics.execution_benchmark",
                    benchmark,
                    "slippage = side × (price − mid), × quantity × multiplier in USD; effective spread = 2 × |price − mid|",
                    (String) benchmark.get("mark_source"),
                    payload(benchmark)));
        }
        for (Map<String, Object> mark : marks) {
            traces.add(trace(
                    "analytics.outcome_mark",
                    mark,
                    "pnl_usd = side × (mark − price) × multiplier × quantity, fees apart",
                    (String) mark.get("mark_source"),
                    payload(mark)));
        }
        return traces;
    }

    private Supplier<JsonNode> payload(Map<String, Object> row) {
        return row.get("raw_id") instanceof Long id ? () -> market.raw(id) : null;
    }

    private static Trace trace(
            String table, Map<String, Object> row, String formula, String source, Supplier<JsonNode> raw) {
        String key = (String) row.get("context_key");
        if (raw == null) {
            String reason = row.get("reason") == null ? (String) row.get("state") : (String) row.get("reason");
            return new Trace(table, key, formula, source, null, reason);
        }
        try {
            return new Trace(table, key, formula, source, raw.get(), null);
        } catch (MarketData.Unreachable e) {
            return new Trace(table, key, formula, source, null, e.getMessage());
        }
    }
}

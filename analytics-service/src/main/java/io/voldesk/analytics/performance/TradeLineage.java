package io.voldesk.analytics.performance;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.analytics.benchmark.BenchmarkRow;
import io.voldesk.analytics.context.MarketContextRow;
import io.voldesk.analytics.enrichment.EnrichedRow;
import io.voldesk.analytics.market.MarketData;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            @Nullable JsonNode raw,
            @Nullable String reason) {}

    List<Trace> of(TradeStoryStore.Stored stored) {
        List<Trace> traces = new ArrayList<>();
        if (stored.context() != null) {
            MarketContextRow context = stored.context().row();
            Instant hour = context.marketAt();
            traces.add(trace(
                    "analytics.market_context",
                    context,
                    "last hourly state of the underlying's proxy at or before executed_at; a later one only flagged after_trade",
                    hour == null ? null : context.currency() + " market state of " + hour,
                    hour == null ? null : () -> market.marketStateRows(context.currency(), hour)));
        }
        if (stored.benchmark() != null) {
            BenchmarkRow benchmark = stored.benchmark().row();
            traces.add(trace(
                    "analytics.execution_benchmark",
                    benchmark,
                    "slippage = side × (price − mid), × quantity × multiplier in USD; effective spread = 2 × |price − mid|",
                    benchmark.markSource(),
                    payload(benchmark.rawId())));
        }
        for (TradeStory.Mark stands : stored.marks()) {
            traces.add(trace(
                    "analytics.outcome_mark",
                    stands.row(),
                    "pnl_usd = side × (mark − price) × multiplier × quantity, fees apart",
                    stands.row().markSource(),
                    payload(stands.row().rawId())));
        }
        return traces;
    }

    private Supplier<JsonNode> payload(Long rawId) {
        return rawId == null ? null : () -> market.raw(rawId);
    }

    private static Trace trace(String table, EnrichedRow row, String formula, String source, Supplier<JsonNode> raw) {
        if (raw == null) {
            String reason = row.reason() == null ? row.state() : row.reason();
            return new Trace(table, row.contextKey(), formula, source, null, reason);
        }
        try {
            return new Trace(table, row.contextKey(), formula, source, raw.get(), null);
        } catch (MarketData.Unreachable e) {
            return new Trace(table, row.contextKey(), formula, source, null, e.getMessage());
        }
    }
}

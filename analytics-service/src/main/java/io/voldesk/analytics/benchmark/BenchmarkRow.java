package io.voldesk.analytics.benchmark;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.analytics.enrichment.EnrichedRow;
import io.voldesk.analytics.execution.ExecutionRow;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code execution_benchmark}; what its values mean says {@link Benchmark}. All of them are null where nothing was measured.
 */
@RegisterForReflection // its components are the columns
public record BenchmarkRow(
        String sourceTradeId,
        String contextKey,
        int forVersion,
        String state,
        @Nullable String reason,
        @Nullable String modelReason,
        @Nullable String markSource,
        @Nullable Instant marketAt,
        Double bid,
        Double ask,
        Double arrivalMid,
        Double quotedSpread,
        Double effectiveSpread,
        Double slippagePerShare,
        @Nullable BigDecimal slippageUsd,
        Double slippageBps,
        Double underlyingPrice,
        Double underlyingRate,
        Double tradedIv,
        Double slippageVolPoints,
        @Nullable String volReason,
        Long rawId)
        implements EnrichedRow {
    static final String KEY = "arrival";

    static BenchmarkRow of(ExecutionRow execution, Benchmark benchmark) {
        return switch (benchmark) {
            case Benchmark.Measured m ->
                new BenchmarkRow(
                        execution.sourceTradeId(),
                        KEY,
                        execution.version(),
                        m.state(),
                        m.reason(),
                        null,
                        m.markSource(),
                        m.marketAt(),
                        m.bid(),
                        m.ask(),
                        m.arrivalMid(),
                        m.quotedSpread(),
                        m.effectiveSpread(),
                        m.slippagePerShare(),
                        m.slippageUsd(),
                        m.slippageBps(),
                        m.underlyingPrice(),
                        m.underlyingRate(),
                        m.tradedIv(),
                        m.slippageVolPoints(),
                        m.volReason(),
                        m.rawId());
            case Benchmark.Unavailable none -> blank(execution, "unavailable", none.reason(), none.modelReason());
            case Benchmark.Pending pending -> blank(execution, "pending", pending.reason(), pending.modelReason());
        };
    }

    private static BenchmarkRow blank(ExecutionRow execution, String state, String reason, String modelReason) {
        return new BenchmarkRow(
                execution.sourceTradeId(),
                KEY,
                execution.version(),
                state,
                reason,
                modelReason,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}

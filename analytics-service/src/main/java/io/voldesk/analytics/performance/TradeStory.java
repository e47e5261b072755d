package io.voldesk.analytics.performance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.benchmark.BenchmarkRow;
import io.voldesk.analytics.context.MarketContextRow;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.outcome.OutcomeMarkRow;
import io.voldesk.model.SourceAuthority;
import java.time.Instant;
import java.util.List;

/**
 * One execution's whole story.
 *
 * @param marketContext null where the execution has not been enriched yet; {@code executionBenchmark} likewise
 * @param missingInputs what keeps parts of the valuation blank, and why
 */
public record TradeStory(
        ExecutionRow execution,
        Context marketContext,
        Benchmark executionBenchmark,
        List<Mark> outcomeMarks,
        Alignment alignment,
        List<MissingInputs.Input> missingInputs,
        List<TradeLineage.Trace> lineage) {

    /**
     * The row as it is stored.
     *
     * @param dvolRankReason why a rank on too little history is none; null where it is one
     */
    public record Context(
            @JsonUnwrapped MarketContextRow row,
            Instant computedAt,
            String dvolRankReason,
            String vrpRankReason,
            String ivRankReason,
            String skewRankReason) {
        static Context of(MarketContextRow row, Instant computedAt) {
            return new Context(
                    row,
                    computedAt,
                    dvolRank(row).reason(),
                    vrpRank(row).reason(),
                    Alignment.Reading.ranked(row.ivRank(), row.ivRankHours(), row.ivRankDays())
                            .reason(),
                    skewRank(row).reason());
        }

        Alignment.Context aligned() {
            return new Alignment.Context(
                    row.state(), dvolRank(row), vrpRank(row), row.regime(), skewRank(row), row.atmIv7(), row.atmIv30());
        }

        private static Alignment.Reading dvolRank(MarketContextRow row) {
            return Alignment.Reading.ranked(row.dvolRank(), row.dvolRankHours(), row.dvolRankDays());
        }

        private static Alignment.Reading vrpRank(MarketContextRow row) {
            return Alignment.Reading.ranked(row.vrpRank(), row.vrpRankHours(), row.vrpRankDays());
        }

        private static Alignment.Reading skewRank(MarketContextRow row) {
            return Alignment.Reading.ranked(row.skewRank(), row.skewRankHours(), row.skewRankDays());
        }
    }

    /** The row as it is stored, and on whose word it stands. */
    public record Benchmark(@JsonUnwrapped BenchmarkRow row, Instant computedAt, SourceAuthority authority) {
        static Benchmark of(ExecutionRow execution, BenchmarkRow row, Instant computedAt) {
            return new Benchmark(row, computedAt, TradeStory.authority(execution, row.state(), row.markSource()));
        }
    }

    /** Likewise. */
    public record Mark(@JsonUnwrapped OutcomeMarkRow row, Instant computedAt, SourceAuthority authority) {
        static Mark of(ExecutionRow execution, OutcomeMarkRow row, Instant computedAt) {
            return new Mark(row, computedAt, TradeStory.authority(execution, row.state(), row.markSource()));
        }
    }

    private static SourceAuthority authority(ExecutionRow execution, String state, String markSource) {
        return state.equals("pending")
                ? SourceAuthority.PENDING
                : switch (markSource) {
                    case "quote_mid" ->
                        execution.marksAreEstimates() ? SourceAuthority.ESTIMATED_MODEL : SourceAuthority.DIRECT_SOURCE;
                    case null -> SourceAuthority.UNAVAILABLE;
                    default -> SourceAuthority.ESTIMATED_MODEL;
                };
    }
}

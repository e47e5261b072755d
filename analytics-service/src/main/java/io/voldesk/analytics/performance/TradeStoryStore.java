package io.voldesk.analytics.performance;

import io.voldesk.analytics.benchmark.BenchmarkRow;
import io.voldesk.analytics.context.MarketContextRow;
import io.voldesk.analytics.enrichment.EnrichedRow;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.outcome.OutcomeMarkRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What is stored of one execution. A row of an earlier version of it counts as absent. */
@ApplicationScoped
public class TradeStoryStore {
    private static final RowMapper<MarketContextRow> CONTEXT = ConstructorMapper.of(MarketContextRow.class);
    private static final RowMapper<BenchmarkRow> BENCHMARK = ConstructorMapper.of(BenchmarkRow.class);
    private static final RowMapper<OutcomeMarkRow> MARK = ConstructorMapper.of(OutcomeMarkRow.class);

    private final Jdbi jdbi;

    public TradeStoryStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param context null where there is none; {@code benchmark} likewise */
    record Stored(
            ExecutionRow execution,
            TradeStory.Context context,
            TradeStory.Benchmark benchmark,
            List<TradeStory.Mark> marks) {}

    /** Empty where the projection has no such execution. */
    Optional<Stored> read(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + ExecutionRow.COLUMNS + " from execution e where source_trade_id = :id")
                .bind("id", id)
                .map((row, context) -> ExecutionRow.read(row))
                .findOne()
                .map(execution -> read(handle, execution)));
    }

    private static Stored read(Handle handle, ExecutionRow execution) {
        return new Stored(
                execution,
                rows(handle, "market_context", CONTEXT, execution).stream()
                        .findFirst()
                        .map(of -> TradeStory.Context.of(of.row(), of.computedAt()))
                        .orElse(null),
                rows(handle, "execution_benchmark", BENCHMARK, execution).stream()
                        .findFirst()
                        .map(of -> TradeStory.Benchmark.of(execution, of.row(), of.computedAt()))
                        .orElse(null),
                rows(handle, "outcome_mark", MARK, execution).stream()
                        .map(of -> TradeStory.Mark.of(execution, of.row(), of.computedAt()))
                        .toList());
    }

    private record Computed<R>(R row, Instant computedAt) {}

    private static <R extends EnrichedRow> List<Computed<R>> rows(
            Handle handle, String table, RowMapper<R> mapper, ExecutionRow execution) {
        return handle.createQuery(
                        "select * from " + table
                                + " where source_trade_id = :id and for_version = :version order by length(context_key), context_key")
                .bind("id", execution.sourceTradeId())
                .bind("version", execution.version())
                .map((row, context) -> new Computed<>(
                        mapper.map(row, context),
                        row.getTimestamp("computed_at").toInstant()))
                .list();
    }
}

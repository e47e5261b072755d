package io.voldesk.analytics.enrichment;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.kit.db.BinaryCopy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/** Chooses the executions a step works on, and upserts what it found by (source_trade_id, context_key). */
@ApplicationScoped
public class EnrichmentStore {
    private final Jdbi jdbi;

    public EnrichmentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** At most {@code limit} executions are looked at. */
    public long count(Selection selection, int limit) {
        return jdbi.withHandle(handle -> selection
                .bind(handle.createQuery("select count(*) from (select 1 from execution e where %s limit :limit) chosen"
                        .formatted(Selection.CONDITION)))
                .bind("limit", limit)
                .mapTo(Long.class)
                .one());
    }

    /**
     * At most {@code limit} executions: those without an up-to-date row first, then those whose row has no value, the latest
     * executions first within each. They are given by time, in portions.
     *
     * @param settledStates states a re-run cannot better
     */
    public void eachPortion(
            Selection selection,
            String table,
            String contextKey,
            List<String> settledStates,
            int limit,
            int portion,
            Consumer<List<ExecutionRow>> work) {
        eachPortion(
                """
                select e.* from execution e
                left join %s x on x.source_trade_id = e.source_trade_id and x.context_key = :key
                where %s
                order by case when x.source_trade_id is null or x.for_version <> e.version then 0
                              when x.state <> all(:settled) then 1 else 2 end,
                         e.executed_at desc nulls last, e.source_trade_id
                limit :limit""".formatted(table, Selection.CONDITION),
                chosen -> selection
                        .bind(chosen)
                        .bind("key", contextKey)
                        .bindArray("settled", String.class, settledStates)
                        .bind("limit", limit),
                portion,
                work);
    }

    /**
     * Executions that a query chooses, by time, in portions. The choice is made once and held by the database: what is written
     * in between does not change it, and this service holds one portion at a time.
     */
    public void eachPortion(
            String query, UnaryOperator<Update> bindings, int portion, Consumer<List<ExecutionRow>> work) {
        jdbi.useHandle(handle -> {
            bindings.apply(handle.createUpdate("declare chosen no scroll cursor with hold for select * from (" + query
                            + ") chosen order by executed_at nulls last, source_trade_id"))
                    .execute();
            try {
                List<ExecutionRow> rows;
                do {
                    rows = handle.createQuery("fetch " + portion + " from chosen")
                            .map((row, context) -> ExecutionRow.read(row))
                            .list();
                    if (!rows.isEmpty()) {
                        work.accept(rows);
                    }
                } while (rows.size() == portion);
            } finally {
                handle.execute("close chosen");
            }
        });
    }

    /** A row to store: its execution, key and values in the order of the columns, each of its column's type. */
    public record Enriched(String sourceTradeId, String contextKey, int forVersion, List<Object> values) {}

    /** Rows that equal what is stored are left untouched. Answers how many were written. */
    public int upsert(String table, List<String> columns, List<Enriched> rows, Instant now) {
        if (rows.isEmpty()) {
            return 0;
        }
        List<String> all = new ArrayList<>(List.of("source_trade_id", "context_key", "for_version"));
        all.addAll(columns);
        String names = String.join(", ", all);
        List<String> compared = all.subList(2, all.size());
        return jdbi.inTransaction(handle -> {
            handle.execute(
                    "create temp table enriched on commit drop as select " + names + " from " + table + " limit 0");
            try (BinaryCopy copy = BinaryCopy.into(handle, "enriched")) {
                for (Enriched row : rows) {
                    copy.row(all.size())
                            .text(row.sourceTradeId())
                            .text(row.contextKey())
                            .integer(row.forVersion());
                    row.values().forEach(copy::value);
                }
            }
            return handle.createUpdate("""
                            insert into %1$s as t (%2$s, computed_at) select %2$s, :now from enriched
                            on conflict (source_trade_id, context_key) do update set %3$s, computed_at = excluded.computed_at
                            where (%4$s) is distinct from (%5$s)""".formatted(
                            table,
                            names,
                            compared.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", ")),
                            compared.stream().map(c -> "t." + c).collect(Collectors.joining(", ")),
                            compared.stream().map(c -> "excluded." + c).collect(Collectors.joining(", "))))
                    .bind("now", now)
                    .execute();
        });
    }
}

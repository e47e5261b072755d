package io.voldesk.analytics.enrichment;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.kit.db.CsvCopy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Chooses the executions a step works on, and upserts what it found by (source_trade_id, context_key). */
@ApplicationScoped
public class EnrichmentStore {
    private final Jdbi jdbi;

    public EnrichmentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * At most {@code limit} executions: those without an up-to-date row first, then those whose row has no value, the latest
     * executions first within each.
     *
     * @param settledStates states a re-run cannot better
     */
    public List<ExecutionRow> choose(
            Selection selection, String table, String contextKey, List<String> settledStates, int limit) {
        return jdbi.withHandle(handle -> selection
                .bind(handle.createQuery("""
                        select e.* from execution e
                        left join %s x on x.source_trade_id = e.source_trade_id and x.context_key = :key
                        where %s
                        order by case when x.source_trade_id is null or x.for_version <> e.version then 0
                                      when x.state <> all(:settled) then 1 else 2 end,
                                 e.executed_at desc nulls last, e.source_trade_id
                        limit :limit""".formatted(table, Selection.CONDITION)))
                .bind("key", contextKey)
                .bindArray("settled", String.class, settledStates)
                .bind("limit", limit)
                .map((row, context) -> ExecutionRow.read(row))
                .list());
    }

    /** A row to store: its execution, key and values in the order of the columns. */
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
            CsvCopy.into(handle, "enriched", out -> {
                for (Enriched row : rows) {
                    List<Object> line =
                            new ArrayList<>(List.of(row.sourceTradeId(), row.contextKey(), row.forVersion()));
                    line.addAll(row.values());
                    out.printRecord(line);
                }
            });
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

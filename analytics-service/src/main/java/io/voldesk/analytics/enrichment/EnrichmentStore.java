package io.voldesk.analytics.enrichment;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.kit.db.BinaryCopy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/** Chooses the executions a step works on, and upserts what it found by (source_trade_id, context_key). */
@ApplicationScoped
public class EnrichmentStore {
    private static final int AHEAD = 3;

    private final Jdbi jdbi;

    public EnrichmentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Which executions a step looks at.
     *
     * @param query of {@link ExecutionRow#COLUMNS} from {@code execution e}
     * @param executions how many they are
     */
    public record Chosen(String query, Map<String, Object> bindings, long executions) {}

    /**
     * At most {@code limit} executions: those without an up-to-date row first, then those a re-run can better, the latest
     * executions first within each.
     */
    public Chosen choose(Selection selection, Step.Layout<?> layout, int limit) {
        return choose(
                selection,
                "true",
                """
                (select case when x.for_version <> e.version then 0 when %s then 2 else 1 end
                 from %s x where x.source_trade_id = e.source_trade_id and x.context_key = :key)""".formatted(layout.settled(), layout.table().name()),
                Map.of("key", layout.contextKey()),
                limit);
    }

    /**
     * At most {@code limit} executions, by rank, the latest first within each. Where all are chosen nothing is ranked.
     *
     * @param condition on the execution {@code e} besides the selection's
     * @param rank an expression over {@code e}; null comes first
     * @param more what both bind
     */
    public Chosen choose(Selection selection, String condition, String rank, Map<String, Object> more, int limit) {
        Map<String, Object> bindings = selection.bindings();
        bindings.putAll(more);
        bindings.put("limit", limit);
        String all = "from execution e where %s and %s".formatted(Selection.CONDITION, condition);
        long executions = jdbi.withHandle(handle -> chosen(
                        handle.createQuery("select count(*) from (select 1 " + all + " limit :limit + 1) counted"),
                        bindings)
                .mapTo(Long.class)
                .one());
        String query = "select " + ExecutionRow.COLUMNS + " " + all;
        return executions <= limit
                ? new Chosen(query, bindings, executions)
                : new Chosen(
                        query + " order by " + rank
                                + " nulls first, e.executed_at desc nulls last, e.source_trade_id limit :limit",
                        bindings,
                        limit);
    }

    /** A rank has bindings that a choice without one does not use. */
    private static <T extends SqlStatement<T>> T chosen(T statement, Map<String, Object> bindings) {
        return statement
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
                .bindMap(bindings);
    }

    /**
     * Walks the chosen executions in portions, the latest first: finds out about each portion, then stores it. While one is
     * stored the next two are looked into. The choice is made once and held by the database, so what is written in between
     * does not change it, and this service holds three portions at most.
     *
     * @param find of a portion, on another thread
     */
    public <T> void eachPortion(
            Chosen chosen, int portion, Function<List<ExecutionRow>, T> find, BiConsumer<List<ExecutionRow>, T> store) {
        jdbi.useHandle(handle -> {
            chosen(
                            handle.createUpdate(
                                    "declare chosen no scroll cursor with hold for select * from (" + chosen.query()
                                            + ") chosen order by executed_at desc nulls last, source_trade_id"),
                            chosen.bindings())
                    .execute();
            ExecutorService finders = Executors.newVirtualThreadPerTaskExecutor();
            try {
                Queue<Ahead<T>> ahead = new ArrayDeque<>();
                boolean more = true;
                while (more || !ahead.isEmpty()) {
                    while (more && ahead.size() < AHEAD) {
                        List<ExecutionRow> rows = handle.createQuery("fetch " + portion + " from chosen")
                                .map((row, context) -> ExecutionRow.read(row))
                                .list();
                        more = rows.size() == portion;
                        if (!rows.isEmpty()) {
                            ahead.add(new Ahead<>(rows, finders.submit(() -> find.apply(rows))));
                        }
                    }
                    Ahead<T> next = ahead.poll();
                    if (next != null) {
                        store.accept(next.rows(), next.get());
                    }
                }
            } finally {
                finders.shutdownNow();
                handle.execute("close chosen");
            }
        });
    }

    /** A portion that is being looked into. */
    private record Ahead<T>(List<ExecutionRow> rows, Future<T> found) {
        T get() {
            try {
                return found.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
            }
        }
    }

    /**
     * Rows that equal what is stored are left untouched, and so is what was found about the same version before a vendor failed.
     * Answers how many were written.
     */
    public <R extends Record & EnrichedRow> int upsert(RowTable<R> table, List<R> rows, Instant now) {
        if (rows.isEmpty()) {
            return 0;
        }
        String names = String.join(", ", table.columns());
        List<String> compared = table.changing();
        return jdbi.inTransaction(handle -> {
            handle.execute("create temp table enriched on commit drop as select " + names + " from " + table.name()
                    + " limit 0");
            try (BinaryCopy copy = BinaryCopy.into(handle, "enriched")) {
                rows.forEach(row -> table.write(copy, row));
            }
            return handle.createUpdate("""
                            insert into %1$s as t (%2$s, computed_at) select %2$s, :now from enriched
                            on conflict (source_trade_id, context_key) do update set %3$s, computed_at = excluded.computed_at
                            where (%4$s) is distinct from (%5$s) and not (excluded.state = 'pending'
                              and excluded.reason = 'vendor_error' and t.for_version = excluded.for_version and t.state <> 'pending')""".formatted(
                            table.name(),
                            names,
                            compared.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", ")),
                            compared.stream().map(c -> "t." + c).collect(Collectors.joining(", ")),
                            compared.stream().map(c -> "excluded." + c).collect(Collectors.joining(", "))))
                    .bind("now", now)
                    .execute();
        });
    }
}

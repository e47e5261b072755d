package io.voldesk.analytics.enrichment;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.kit.db.BinaryCopy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

/** Chooses the executions a step works on, and upserts what it found by (source_trade_id, context_key). */
@ApplicationScoped
public class EnrichmentStore {
    private static final int AHEAD = 3;

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

    /** How many are chosen. */
    public long count(Chosen chosen) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from (" + chosen.query() + ") chosen")
                .bindMap(chosen.bindings())
                .mapTo(Long.class)
                .one());
    }

    /**
     * Which executions a step looks at.
     *
     * @param query of {@link ExecutionRow#COLUMNS} from {@code execution e}
     */
    public record Chosen(String query, Map<String, Object> bindings) {
        /** @param more bindings besides the selection's */
        public static Chosen of(Selection selection, String query, Map<String, Object> more) {
            Map<String, Object> all = selection.bindings();
            all.putAll(more);
            return new Chosen(query, all);
        }
    }

    /**
     * At most {@code limit} executions: those without an up-to-date row first, then those whose row has no value, the latest
     * executions first within each.
     *
     * @param settledStates states a re-run cannot better
     */
    public Chosen choose(Selection selection, String table, String contextKey, List<String> settledStates, int limit) {
        if (count(selection, limit + 1) <= limit) {
            return Chosen.of(
                    selection,
                    "select " + ExecutionRow.COLUMNS + " from execution e where " + Selection.CONDITION,
                    Map.of());
        }
        return Chosen.of(
                selection,
                """
                select %s from execution e
                left join %s x on x.source_trade_id = e.source_trade_id and x.context_key = :key
                where %s
                order by case when x.source_trade_id is null or x.for_version <> e.version then 0
                              when x.state <> all(:settled) then 1 else 2 end,
                         e.executed_at desc nulls last, e.source_trade_id
                limit :limit""".formatted(ExecutionRow.COLUMNS, table, Selection.CONDITION),
                Map.of("key", contextKey, "settled", settledStates.toArray(String[]::new), "limit", limit));
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
            handle.createUpdate("declare chosen no scroll cursor with hold for select * from (" + chosen.query()
                            + ") chosen order by executed_at desc nulls last, source_trade_id")
                    .bindMap(chosen.bindings())
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

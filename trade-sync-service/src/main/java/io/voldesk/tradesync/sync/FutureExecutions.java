package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.Rows;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Executions in the cache that the source dates later than the moment it answered for. They are good rows otherwise, and are
 * taken; but they move no watermark, and are told until their time has come, the source has mended it or an operator has retired
 * the execution. Bad rows so dated are told with them while they stand open in quarantine.
 */
@ApplicationScoped
public class FutureExecutions {
    static final int MOST_LISTED = 100;

    private final Jdbi jdbi;

    public FutureExecutions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param since when the first of them was met; null where there is none
     * @param tradeIds the latest-dated of them; {@code row:PAGE/POSITION} of a bad row without an id
     */
    public record Found(long count, @Nullable Instant since, List<String> tradeIds) {}

    void keep(Handle handle, Scope scope, Set<String> ids, Instant ceiling, long runId, Instant now) {
        if (!ids.isEmpty()) {
            handle.createUpdate("""
                            insert into future_execution (source, source_trade_id, updated_at, first_run, first_seen_at)
                            select source, source_trade_id, updated_at, :run, :now from execution
                            where source = :source and source_trade_id = any(:ids) and updated_at > :ceiling
                            on conflict (source, source_trade_id) do update set updated_at = excluded.updated_at""")
                    .bind("source", scope.source())
                    .bindArray("ids", String.class, ids.toArray())
                    .bind("ceiling", ceiling)
                    .bind("run", runId)
                    .bind("now", now)
                    .execute();
        }
        handle.createUpdate("""
                        delete from future_execution f where source = :source and not exists (
                          select from execution e where e.source = f.source and e.source_trade_id = f.source_trade_id
                            and e.updated_at > :ceiling and e.retired_at is null)""")
                .bind("source", scope.source())
                .bind("ceiling", ceiling)
                .execute();
    }

    /** The ids of those that are in the cache. */
    Set<String> known(Handle handle, Scope scope) {
        return Set.copyOf(handle.createQuery("select source_trade_id from future_execution where source = :source")
                .bind("source", scope.source())
                .mapTo(String.class)
                .list());
    }

    Found found(String source, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with met as (
                          select source_trade_id as name, f.updated_at, first_seen_at
                          from future_execution f join execution e using (source, source_trade_id)
                          where source = :source and f.updated_at > :ceiling and e.retired_at is null
                          union all
                          select coalesce(source_trade_id, 'row:' || page || '/' || position), updated_at, first_seen_at
                          from rejected_execution
                          where source = :source and updated_at > :ceiling and resolved_at is null
                        ), f as (
                          select name, max(updated_at) as updated_at, min(first_seen_at) as first_seen_at from met group by name)
                        select (select count(*) from f), (select min(first_seen_at) from f),
                               array(select name from f order by updated_at desc, name limit :most)""")
                .bind("most", MOST_LISTED)
                .bind("source", source)
                .bind("ceiling", Watermark.ceiling(null, now))
                .map((row, context) ->
                        new Found(row.getLong(1), Rows.instant(row.getTimestamp(2)), Arrays.asList((String[])
                                row.getArray(3).getArray())))
                .one());
    }
}

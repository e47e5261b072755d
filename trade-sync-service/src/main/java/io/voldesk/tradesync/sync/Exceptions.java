package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.Rows;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.reconcile.DiagnosticStore;
import io.voldesk.tradesync.reconcile.PortfolioPart;
import io.voldesk.tradesync.sync.SyncException.Met;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Names what a run has met that it cannot mend. */
@ApplicationScoped
public class Exceptions {
    private final FutureExecutions future;

    public Exceptions(FutureExecutions future) {
        this.future = future;
    }

    /**
     * Of the pairing and the staged quarantine; a merge does not change them.
     *
     * @param futureExecutions ids and times of good rows dated beyond the ceiling. What a real run has met before, these and bad
     *     rows alike, is told by the card's alarm alone
     * @param comparison null of an incremental run
     */
    Met of(
            Handle handle,
            Scope scope,
            Map<String, Instant> futureExecutions,
            Instant ceiling,
            DiagnosticStore.Comparison comparison) {
        List<Met> found = new ArrayList<>();
        found.add(rejected(handle, comparison == null));
        found.add(rejectedFromFuture(handle, ceiling));
        found.add(fromFuture(handle, scope, futureExecutions));
        if (comparison != null) {
            found.add(unmatchedLocal(handle, scope));
            found.add(later(handle));
            found.add(portfolios(comparison));
        }
        return Met.all(found);
    }

    /** In an incremental run what has long been in quarantine is no news. */
    private static Met rejected(Handle handle, boolean incremental) {
        return met(
                handle.createQuery("""
                        select coalesce(source_trade_id, 'row:' || page || '/' || position) as name, field || ': ' || reason as reason,
                          count(*) over () as count
                        from staged_new_rejected where not dismissed and not (known and :incremental)
                        order by ordinal limit :most""").bind("incremental", incremental), "rejected", row -> row.getString("reason"));
    }

    private static Met rejectedFromFuture(Handle handle, Instant ceiling) {
        return met(
                handle.createQuery("""
                        select coalesce(source_trade_id, 'row:' || page || '/' || position) as name, updated_at, count(*) over () as count
                        from staged_new_rejected where updated_at > :ceiling and not known and not dismissed
                        order by ordinal limit :most""").bind("ceiling", ceiling),
                "from_future",
                row -> "dated " + Rows.instant(row.getTimestamp("updated_at")));
    }

    private Met fromFuture(Handle handle, Scope scope, Map<String, Instant> executions) {
        Set<String> known = executions.isEmpty() ? Set.of() : future.known(handle, scope);
        List<SyncException> listed = executions.entrySet().stream()
                .filter(execution -> !known.contains(execution.getKey()))
                .map(execution -> new SyncException(execution.getKey(), "from_future", "dated " + execution.getValue()))
                .toList();
        return new Met(listed, listed.size());
    }

    /** But for those that an operator has said may stand without the source. */
    private static Met unmatchedLocal(Handle handle, Scope scope) {
        return met(
                handle.createQuery("""
                        select source_trade_id as name, count(*) over () as count from paired p
                        where change = 'unserved' and not exists (
                          select from diagnostic_break b
                          where b.source = :source and b.scope_key = :scope and b.kind = 'unmatched_local'
                            and b.source_trade_id = p.source_trade_id and b.acknowledged_at is not null and b.resolved_at is null)
                        order by source_trade_id limit :most""").bind("source", scope.source()).bind("scope", scope.key()),
                "unmatched_local",
                _ -> "in the cache, and no longer served by Alpha");
    }

    private static Met later(Handle handle) {
        return met(
                handle.createQuery("""
                        select source_trade_id as name, count(*) over () as count from paired where change = 'older' and in_scope
                        order by source_trade_id limit :most"""),
                "cached_version_is_later",
                _ -> "Alpha serves an older version than the cache has");
    }

    private static Met portfolios(DiagnosticStore.Comparison comparison) {
        List<SyncException> listed = comparison.portfolios().stream()
                .filter(PortfolioPart::atOdds)
                .map(part -> new SyncException(
                        "portfolio:" + part.portfolio(),
                        "portfolio",
                        part.state().equals("unknown")
                                ? "no row anywhere: the name may be wrong"
                                : "in the cache, and no longer served by Alpha"))
                .toList();
        return new Met(listed, listed.size());
    }

    /** What is said of a row. */
    private interface Reason {
        String of(ResultSet row) throws SQLException;
    }

    private static Met met(Query query, String kind, Reason reason) {
        long[] count = new long[1];
        List<SyncException> listed = query.bind("most", SyncException.MOST_LISTED)
                .map((row, context) -> {
                    count[0] = row.getLong("count");
                    return new SyncException(row.getString("name"), kind, reason.of(row));
                })
                .list();
        return new Met(listed, count[0]);
    }
}

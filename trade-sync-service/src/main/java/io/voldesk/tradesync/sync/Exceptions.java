package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.Rows;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.reconcile.DiagnosticLedger;
import io.voldesk.tradesync.reconcile.DiagnosticStore;
import io.voldesk.tradesync.reconcile.PortfolioPart;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Names what a run has met that it cannot mend. */
@ApplicationScoped
public class Exceptions {
    private final DiagnosticLedger ledger;

    private final FutureExecutions future;

    public Exceptions(DiagnosticLedger ledger, FutureExecutions future) {
        this.ledger = ledger;
        this.future = future;
    }

    /**
     * Of the pairing and the staged quarantine; a merge does not change them.
     *
     * @param futureExecutions ids and times of good rows dated beyond the ceiling. What a real run has met before, these and bad
     *     rows alike, is told by the card's alarm alone
     * @param comparison null of an incremental run
     */
    List<SyncException> of(
            Handle handle,
            Scope scope,
            Map<String, Instant> futureExecutions,
            Instant ceiling,
            DiagnosticStore.Comparison comparison) {
        List<SyncException> found = new ArrayList<>(rejected(handle, comparison == null));
        found.addAll(rejectedFromFuture(handle, ceiling));
        Set<String> known = futureExecutions.isEmpty() ? Set.of() : future.known(handle, scope);
        futureExecutions.forEach((id, at) -> {
            if (!known.contains(id)) {
                found.add(new SyncException(id, "from_future", "dated " + at));
            }
        });
        if (comparison != null) {
            Set<String> accepted = ledger.acceptedLocal(handle, scope);
            comparison.diagnostic().unmatchedLocalTradeIds().stream()
                    .filter(id -> !accepted.contains(id))
                    .forEach(id -> found.add(
                            new SyncException(id, "unmatched_local", "in the cache, and no longer served by Alpha")));
            later(handle)
                    .forEach(id -> found.add(new SyncException(
                            id, "cached_version_is_later", "Alpha serves an older version than the cache has")));
            comparison.portfolios().stream()
                    .filter(PortfolioPart::atOdds)
                    .forEach(part -> found.add(new SyncException(
                            "portfolio:" + part.portfolio(),
                            "portfolio",
                            part.state().equals("unknown")
                                    ? "no row anywhere: the name may be wrong"
                                    : "in the cache, and no longer served by Alpha")));
        }
        return found;
    }

    /** In an incremental run what has long been in quarantine is no news. */
    private static List<SyncException> rejected(Handle handle, boolean incremental) {
        return handle.createQuery("""
                        select coalesce(source_trade_id, 'row:' || page || '/' || position), field || ': ' || reason
                        from staged_new_rejected where not dismissed and not (known and :incremental)
                        order by ordinal limit :most""")
                .bind("incremental", incremental)
                .bind("most", SyncException.MOST_LISTED)
                .map((row, context) -> new SyncException(row.getString(1), "rejected", row.getString(2)))
                .list();
    }

    private static List<SyncException> rejectedFromFuture(Handle handle, Instant ceiling) {
        return handle.createQuery("""
                        select coalesce(source_trade_id, 'row:' || page || '/' || position), updated_at
                        from staged_new_rejected where updated_at > :ceiling and not known and not dismissed
                        order by ordinal limit :most""")
                .bind("ceiling", ceiling)
                .bind("most", SyncException.MOST_LISTED)
                .map((row, context) -> new SyncException(
                        row.getString(1), "from_future", "dated " + Rows.instant(row.getTimestamp(2))))
                .list();
    }

    private static List<String> later(Handle handle) {
        return handle.createQuery("""
                        select source_trade_id from paired where change = 'older' and in_scope
                        order by source_trade_id limit :most""")
                .bind("most", SyncException.MOST_LISTED)
                .mapTo(String.class)
                .list();
    }
}

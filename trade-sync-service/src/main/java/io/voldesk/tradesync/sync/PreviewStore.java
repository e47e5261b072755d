package io.voldesk.tradesync.sync;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.tradesync.reconcile.Pairing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What previews would have written and could not mend, for as long as a real run may stand on them. */
@ApplicationScoped
public class PreviewStore {
    /** How long a preview carries a real run. */
    static final Duration LONGEST = Duration.ofMinutes(15);
    /** A run that began in time reads it to its end. */
    private static final Duration KEPT = Duration.ofHours(3);

    private final Jdbi jdbi;

    public PreviewStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * An execution that a run would write otherwise than its preview has listed.
     *
     * @param change {@code inserted, updated}
     * @param was {@code not_listed, listed_otherwise}
     */
    @RegisterForReflection // answered in a problem, which shows no type
    public record Difference(String tradeId, String change, String was) {}

    /** @param first {@code most} of them, by id */
    record Differences(List<Difference> first, long count) {
        static final Differences NONE = new Differences(List.of(), 0);
    }

    /** In the preview's transaction, off its pairing. What no run can stand on any more goes. */
    void keep(Handle handle, long runId, List<SyncException> exceptions, Instant now) {
        for (String table : List.of("preview_write", "preview_exception")) {
            handle.createUpdate("delete from " + table
                            + " where run_id in (select id from sync_run where finished_at < :before)")
                    .bind("before", now.minus(KEPT))
                    .execute();
        }
        handle.createUpdate("""
                        insert into preview_write (run_id, source_trade_id, digest)
                        select :run, p.source_trade_id, %s from paired p join staged s on s.ctid = p.staged_at
                        where p.change in ('inserted', 'updated')""".formatted(Pairing.DIGEST)).bind("run", runId).execute();
        if (!exceptions.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into preview_exception (run_id, place, name, kind, reason) values (:run, :place, :name, :kind, :reason)""");
            for (int place = 0; place < exceptions.size(); place++) {
                SyncException exception = exceptions.get(place);
                batch.bind("run", runId)
                        .bind("place", place)
                        .bind("name", exception.name())
                        .bind("kind", exception.kind())
                        .bind("reason", exception.reason())
                        .add();
            }
            batch.execute();
        }
    }

    List<SyncException> exceptions(long runId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select name, kind, reason from preview_exception where run_id = :run order by place")
                .bind("run", runId)
                .map((row, context) -> new SyncException(row.getString(1), row.getString(2), row.getString(3)))
                .list());
    }

    /** What the running pairing would write and the preview has not listed so; before the merge. */
    Differences differences(Handle handle, long previewRunId, Set<String> accepted, int most) {
        long[] count = new long[1];
        List<Difference> first = handle.createQuery("""
                        select p.source_trade_id, p.change, case when w.run_id is null then 'not_listed' else 'listed_otherwise' end,
                          count(*) over ()
                        from paired p join staged s on s.ctid = p.staged_at
                        left join preview_write w on w.run_id = :run and w.source_trade_id = p.source_trade_id
                        where p.change in ('inserted', 'updated') and w.digest is distinct from %s
                          and p.source_trade_id <> all(:accepted)
                        order by p.source_trade_id limit :most""".formatted(Pairing.DIGEST))
                .bind("run", previewRunId)
                .bindArray("accepted", String.class, accepted.toArray())
                .bind("most", most)
                .map((row, context) -> {
                    count[0] = row.getLong(4);
                    return new Difference(row.getString(1), row.getString(2), row.getString(3));
                })
                .list();
        return new Differences(first, count[0]);
    }
}

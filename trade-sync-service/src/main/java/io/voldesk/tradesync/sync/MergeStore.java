package io.voldesk.tradesync.sync;

import io.voldesk.kit.json.Decimals;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Brings staged rows into the cache, set by set, in the caller's transaction. No row that equals the cache is rewritten. */
@ApplicationScoped
public class MergeStore {
    private static final int MANY = 50_000;

    private static final List<String> COLUMNS = List.of(
            "version",
            "portfolio",
            "status",
            "recon_status",
            "symbol",
            "underlying",
            "expiry",
            "option_right",
            "strike",
            "side",
            "quantity",
            "price",
            "multiplier",
            "fees_usd",
            "executed_at",
            "updated_at",
            "settle_date",
            "raw",
            "root_kind",
            "currency",
            "source_premium_usd");

    private static final String INSERT = """
            insert into execution (source, source_trade_id, %1$s, premium_usd, change_seq, changed_by_run)
            select :source, s.source_trade_id, %2$s, p.source_premium, nextval('change_seq'), :run
            from staged s join paired p on s.ctid = p.staged_at
            where p.change = 'inserted'""".formatted(
            String.join(", ", COLUMNS), COLUMNS.stream().map("s."::concat).collect(Collectors.joining(", ")));

    private static final String UPDATE = """
            update execution e set %s,
              premium_usd = p.source_premium, retired_at = null, change_seq = nextval('change_seq'), changed_by_run = :run
            from staged s join paired p on s.ctid = p.staged_at
            where p.change = 'updated' and e.source = :source and e.source_trade_id = s.source_trade_id""".formatted(
                    COLUMNS.stream().map(column -> column + " = s." + column).collect(Collectors.joining(", ")));

    /**
     * Of an id served twice the higher version stands, then the later change, then the later row of the walk.
     *
     * @param ceiling a change dated beyond it is from the future, and no later than any other
     * @return how many rows stand no longer
     */
    long dropRepeated(Handle handle, Instant ceiling) {
        // most walks have none: hashes of four bytes are grouped faster than ids, and what shares one is looked at
        // closely
        handle.execute("""
                create temp table staged_alike on commit drop as
                select hashtext(source_trade_id) as hash from staged group by 1 having count(*) > 1""");
        return handle.createUpdate("""
                        delete from staged where ordinal in (
                          select ordinal from (
                            select ordinal, row_number() over (
                              partition by source_trade_id
                              order by version desc, case when updated_at <= :ceiling then updated_at end desc nulls last, ordinal desc) as place
                            from staged
                            where hashtext(source_trade_id) in (select hash from staged_alike)) r
                          where place > 1)""").bind("ceiling", ceiling).execute();
    }

    /** Held to the end of the transaction: numbers of change become visible in their order, and nobody else writes. */
    void lock(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(hashtextextended('trade_sync.merge', 0))");
    }

    /**
     * Counts what the pairing found; {@link Quarantine#stage} has been.
     *
     * @param seen up to where an incremental run re-reads what it has had before; null for a run that reads everything
     * @param ceiling beyond it rows are from the future, and every run meets them again
     * @param duplicates the answer of {@link #dropRepeated}
     */
    Counts count(Handle handle, Watermark seen, Instant ceiling, long duplicates) {
        boolean incremental = seen != null;
        return handle.createQuery("""
                        with c as (
                          select change,
                                 change in ('equal', 'older') and :incremental
                                   and ((updated_at, source_trade_id collate "C") <= (:at, :id) or updated_at > :ceiling) as overlap,
                                 source_premium - coalesce(local_premium, 0) as premium_delta,
                                 source_quantity - coalesce(local_quantity, 0) as quantity_delta
                          from paired where staged_at is not null
                        ), r as (
                          select count(*) filter (where not dismissed and not (known and :incremental)) as fresh,
                                 count(*) filter (where not dismissed and known and :incremental) as known,
                                 count(*) filter (where dismissed) as dismissed
                          from staged_new_rejected
                        )
                        select count(*) filter (where not overlap) as normalized,
                               count(*) filter (where change = 'inserted') as inserted,
                               count(*) filter (where change = 'updated') as updated,
                               count(*) filter (where change in ('equal', 'older') and not overlap) as unchanged,
                               count(*) filter (where overlap) as overlap_unchanged,
                               coalesce(sum(premium_delta) filter (where change in ('inserted', 'updated')), 0) as premium_delta,
                               coalesce(sum(abs(premium_delta)) filter (where change in ('inserted', 'updated')), 0) as gross_delta,
                               coalesce(sum(quantity_delta) filter (where change in ('inserted', 'updated')), 0) as quantity_delta,
                               (select fresh from r) as rejected, (select known from r) as known_rejected,
                               (select dismissed from r) as dismissed
                        from c""")
                .bind("incremental", incremental)
                .bind("at", incremental ? seen.updatedAt() : Instant.EPOCH)
                .bind("id", incremental ? seen.tradeId() : "")
                .bind("ceiling", ceiling)
                .map((row, context) -> new Counts(
                        row.getLong("normalized") + row.getLong("rejected"),
                        row.getLong("normalized"),
                        row.getLong("rejected"),
                        row.getLong("inserted"),
                        row.getLong("updated"),
                        row.getLong("unchanged"),
                        row.getLong("overlap_unchanged") + row.getLong("known_rejected"),
                        duplicates,
                        row.getLong("dismissed"),
                        Decimals.shown(row.getBigDecimal("premium_delta")),
                        Decimals.shown(row.getBigDecimal("gross_delta")),
                        Decimals.shown(row.getBigDecimal("quantity_delta"))))
                .one();
    }

    /** The numbers of change this run has given out: {@code after} exclusive to {@code upto} inclusive; equal for none. */
    record ChangeRange(long after, long upto) {
        boolean isEmpty() {
            return after == upto;
        }
    }

    /** Writes what the pairing found, and nothing else; under {@link #lock}. */
    ChangeRange merge(Handle handle, Scope scope, long runId, Instant now) {
        long after = highestChange(handle);
        handle.createUpdate("""
                        insert into execution_history (source, source_trade_id, version, updated_at, quantity, price, status, raw,
                          change_seq, replaced_by_run, replaced_at)
                        select e.source, e.source_trade_id, e.version, e.updated_at, e.quantity, e.price, e.status, e.raw,
                          e.change_seq, :run, :now
                        from execution e join paired p using (source_trade_id)
                        where e.source = :source and p.change = 'updated'""")
                .bind("run", runId)
                .bind("now", now)
                .bind("source", scope.source())
                .execute();
        int written = 0;
        for (String sql : List.of(UPDATE, INSERT)) {
            written += handle.createUpdate(sql)
                    .bind("run", runId)
                    .bind("source", scope.source())
                    .execute();
        }
        if (written > MANY) {
            // an autoanalyze during a load sees an empty table; the next merge would be planned for one
            handle.execute("analyze execution");
        }
        return new ChangeRange(after, highestChange(handle));
    }

    /** Gives an option root's executions new numbers of change, so that whoever keeps a copy reads them again; under {@link #lock}. */
    ChangeRange touch(Handle handle, Scope scope, String root, long runId) {
        long after = highestChange(handle);
        handle.createUpdate("""
                        update execution set change_seq = nextval('change_seq'), changed_by_run = :run
                        where source = :source and root_kind <> 'plain' and left(symbol, 6) = rpad(:root, 6)""")
                .bind("run", runId)
                .bind("source", scope.source())
                .bind("root", root)
                .execute();
        return new ChangeRange(after, highestChange(handle));
    }

    /** Takes an execution out of every scope, and tells whoever keeps a copy; under {@link #lock}. */
    ChangeRange retire(Handle handle, Scope scope, String tradeId, long runId, Instant now) {
        long after = highestChange(handle);
        handle.createUpdate("""
                        update execution set retired_at = :now, change_seq = nextval('change_seq'), changed_by_run = :run
                        where source = :source and source_trade_id = :id and retired_at is null""")
                .bind("now", now)
                .bind("run", runId)
                .bind("source", scope.source())
                .bind("id", tradeId)
                .execute();
        return new ChangeRange(after, highestChange(handle));
    }

    private static long highestChange(Handle handle) {
        return handle.createQuery("select coalesce(max(change_seq), 0) from execution")
                .mapTo(Long.class)
                .one();
    }
}

package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.Rows;
import io.voldesk.kit.json.Decimals;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Brings staged rows into the cache, set by set, in the caller's transaction. No row that equals the cache is rewritten. */
@ApplicationScoped
public class MergeStore {
    private static final String NEWER_AND_DIFFERENT = """
            (s.version, s.updated_at) >= (e.version, e.updated_at)
            and (s.version, s.portfolio, s.status, s.recon_status, s.symbol, s.underlying, s.side, s.quantity, s.price,
                 s.multiplier, s.fees_usd, s.executed_at, s.updated_at, s.settle_date)
              is distinct from
                (e.version, e.portfolio, e.status, e.recon_status, e.symbol, e.underlying, e.side, e.quantity, e.price,
                 e.multiplier, e.fees_usd, e.executed_at, e.updated_at, e.settle_date)""";

    private static final String COLUMNS = """
            source_trade_id, version, portfolio, status, recon_status, symbol, underlying, expiry, option_right, strike,
            side, quantity, price, multiplier, fees_usd, premium_usd, executed_at, updated_at, settle_date, raw""";

    /** Of an id served twice the higher version stands, then the later change; then compares with the cache. */
    Counts classify(Handle handle, Scope scope, Watermark watermark) {
        handle.execute("""
                create temp table staged_latest on commit drop as
                select distinct on (source_trade_id) * from staged
                order by source_trade_id, version desc, updated_at desc, ordinal desc""");
        handle.execute("analyze staged_latest");
        handle.createUpdate("""
                        create temp table staged_change on commit drop as
                        select s.source_trade_id, s.updated_at, s.quantity, s.premium_usd,
                               e.quantity as old_quantity, e.premium_usd as old_premium,
                               case when e.source_trade_id is null then 'inserted'
                                    when %s then 'updated'
                                    else 'unchanged' end as change
                        from staged_latest s
                        left join execution e on e.source = :source and e.source_trade_id = s.source_trade_id""".formatted(NEWER_AND_DIFFERENT))
                .bind("source", scope.source())
                .execute();
        handle.createUpdate("""
                        create temp table staged_new_rejected on commit drop as
                        select r.*, md5(r.raw) as raw_md5,
                               exists (select from rejected_execution q
                                       where q.source = :source and q.raw_md5 = md5(r.raw) and q.resolved_at is null) as known
                        from (select distinct on (raw) * from staged_rejected) r""").bind("source", scope.source()).execute();
        boolean incremental = watermark != null;
        return handle.createQuery("""
                        with c as (
                          select change,
                                 change = 'unchanged' and :incremental
                                   and (updated_at, source_trade_id collate "C") <= (:at, :id) as overlap,
                                 premium_usd - coalesce(old_premium, 0) as premium_delta,
                                 quantity - coalesce(old_quantity, 0) as quantity_delta
                          from staged_change
                        ), r as (
                          select count(*) filter (where not (known and :incremental)) as fresh,
                                 count(*) filter (where known and :incremental) as known
                          from staged_new_rejected
                        )
                        select count(*) filter (where not overlap) as normalized,
                               count(*) filter (where change = 'inserted') as inserted,
                               count(*) filter (where change = 'updated') as updated,
                               count(*) filter (where change = 'unchanged' and not overlap) as unchanged,
                               count(*) filter (where overlap) as overlap_unchanged,
                               coalesce(sum(premium_delta) filter (where change <> 'unchanged'), 0) as premium_delta,
                               coalesce(sum(quantity_delta) filter (where change <> 'unchanged'), 0) as quantity_delta,
                               (select fresh from r) as rejected, (select known from r) as known_rejected,
                               (select count(*) from staged) - count(*) as duplicates
                        from c""")
                .bind("incremental", incremental)
                .bind("at", incremental ? watermark.updatedAt() : Instant.EPOCH)
                .bind("id", incremental ? watermark.tradeId() : "")
                .map((row, context) -> new Counts(
                        row.getLong("normalized") + row.getLong("rejected"),
                        row.getLong("normalized"),
                        row.getLong("rejected"),
                        row.getLong("inserted"),
                        row.getLong("updated"),
                        row.getLong("unchanged"),
                        row.getLong("overlap_unchanged") + row.getLong("known_rejected"),
                        row.getLong("duplicates"),
                        Decimals.shown(row.getBigDecimal("premium_delta")),
                        Decimals.shown(row.getBigDecimal("quantity_delta"))))
                .one();
    }

    /** The numbers of change this run has given out: {@code after} exclusive to {@code upto} inclusive; equal for none. */
    record ChangeRange(long after, long upto) {
        boolean isEmpty() {
            return after == upto;
        }
    }

    /**
     * Writes what {@link #classify} found. Takes the merge lock first and keeps it to the commit, so that numbers of change
     * become visible in their order.
     */
    ChangeRange merge(Handle handle, Scope scope, long runId, Instant now) {
        handle.execute("select pg_advisory_xact_lock(hashtextextended('trade_sync.merge', 0))");
        long after = highestChange(handle);
        handle.createUpdate("""
                        insert into execution_history (source, source_trade_id, version, updated_at, quantity, price, status, raw,
                          change_seq, replaced_by_run, replaced_at)
                        select e.source, e.source_trade_id, e.version, e.updated_at, e.quantity, e.price, e.status, e.raw,
                          e.change_seq, :run, :now
                        from execution e join staged_change c using (source_trade_id)
                        where e.source = :source and c.change = 'updated'""")
                .bind("run", runId)
                .bind("now", now)
                .bind("source", scope.source())
                .execute();
        handle.createUpdate("""
                        insert into execution (source, %1$s, change_seq, changed_by_run)
                        select :source, %1$s, nextval('change_seq'), :run
                        from (select l.* from staged_latest l join staged_change c using (source_trade_id)
                              where c.change <> 'unchanged' order by l.updated_at, l.source_trade_id) s
                        on conflict (source, source_trade_id) do update set
                          version = excluded.version, portfolio = excluded.portfolio, status = excluded.status,
                          recon_status = excluded.recon_status, symbol = excluded.symbol, underlying = excluded.underlying,
                          expiry = excluded.expiry, option_right = excluded.option_right, strike = excluded.strike,
                          side = excluded.side, quantity = excluded.quantity, price = excluded.price,
                          multiplier = excluded.multiplier, fees_usd = excluded.fees_usd,
                          premium_usd = excluded.premium_usd, executed_at = excluded.executed_at,
                          updated_at = excluded.updated_at, settle_date = excluded.settle_date, raw = excluded.raw,
                          change_seq = excluded.change_seq, changed_by_run = excluded.changed_by_run""".formatted(COLUMNS))
                .bind("run", runId)
                .bind("source", scope.source())
                .execute();
        quarantine(handle, scope, runId, now);
        return new ChangeRange(after, highestChange(handle));
    }

    private static long highestChange(Handle handle) {
        return handle.createQuery("select coalesce(max(change_seq), 0) from execution")
                .mapTo(Long.class)
                .one();
    }

    /** Keeps new bad rows, and closes those whose execution has since come good. */
    private static void quarantine(Handle handle, Scope scope, long runId, Instant now) {
        handle.createUpdate("""
                        insert into rejected_execution (source, source_trade_id, field, reason, raw, raw_md5, first_run, first_seen_at)
                        select :source, source_trade_id, field, reason, raw, raw_md5, :run, :now
                        from staged_new_rejected where not known
                        on conflict do nothing""")
                .bind("source", scope.source())
                .bind("run", runId)
                .bind("now", now)
                .execute();
        handle.createUpdate("""
                        update rejected_execution q set resolved_at = :now, resolved_by_run = :run
                        from staged_latest s
                        where q.source = :source and q.source_trade_id = s.source_trade_id and q.resolved_at is null""")
                .bind("source", scope.source())
                .bind("run", runId)
                .bind("now", now)
                .execute();
    }

    /** The highest place among the rows of this walk, rejected ones included: they are kept too. */
    Optional<Watermark> highestStaged(Handle handle) {
        return handle.createQuery("""
                        select updated_at, id from (
                          select updated_at, source_trade_id as id from staged_latest
                          union all
                          select updated_at, coalesce(source_trade_id, '') from staged_rejected where updated_at is not null
                        ) r order by updated_at desc, id collate "C" desc limit 1""")
                .map((row, context) -> new Watermark(Rows.instant(row.getTimestamp(1)), row.getString(2)))
                .findFirst();
    }
}

package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.Rows;
import io.voldesk.kit.lock.RunLedger;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@code internal_trade_sync_state} and the run ledger. */
@ApplicationScoped
public class SyncStateStore {
    private final Jdbi jdbi;
    private final RunLedger runs;

    public SyncStateStore(Jdbi jdbi, RunLock locks) {
        this.jdbi = jdbi;
        this.runs = new RunLedger(
                jdbi,
                locks,
                "sync_run",
                "running",
                "status = 'abandoned', error = 'the service stopped during the run'");
    }

    RunLedger runs() {
        return runs;
    }

    /** @param watermark null before the first sync that saw a row */
    public record SyncState(
            Watermark watermark,
            Instant lastSuccessfulSyncAt,
            String lastError,
            Instant lastErrorAt,
            String lastRunSummary) {
        static final SyncState NEVER = new SyncState(null, null, null, null, null);
    }

    public SyncState read(Scope scope) {
        return jdbi.withHandle(handle -> read(handle, scope));
    }

    SyncState read(Handle handle, Scope scope) {
        Optional<SyncState> state = handle.createQuery("""
                        select * from internal_trade_sync_state where source = :source and scope_key = :scope""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .map((row, context) -> new SyncState(
                        watermark(row),
                        Rows.instant(row.getTimestamp("last_successful_sync_at")),
                        row.getString("last_error"),
                        Rows.instant(row.getTimestamp("last_error_at")),
                        row.getString("last_run_summary")))
                .findOne();
        return state.orElse(SyncState.NEVER);
    }

    static long beginRun(Handle handle, Scope scope, String kind, String requestedBy, Instant now) {
        return handle.createQuery("""
                        insert into sync_run (source, scope_key, kind, requested_by, status, started_at)
                        values (:source, :scope, :kind, :by, 'running', :now) returning id""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .bind("kind", kind)
                .bind("by", requestedBy)
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    /** A line of the ledger, as far as a later run stands on it. */
    record Run(String source, String scopeKey, String kind, String status, Instant finishedAt, String summary) {}

    Optional<Run> run(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select source, scope_key, kind, status, finished_at, summary from sync_run where id = :id")
                .bind("id", id)
                .map((row, context) -> new Run(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Rows.instant(row.getTimestamp(5)),
                        row.getString(6)))
                .findOne());
    }

    void finishRun(Handle handle, long runId, Instant now, String summary) {
        handle.createUpdate(
                        "update sync_run set status = 'ok', finished_at = :now, summary = :summary, error = null where id = :id")
                .bind("now", now)
                .bind("summary", summary)
                .bind("id", runId)
                .execute();
    }

    /** How many rows the cache has of a scope: what a full walk can expect. */
    long cachedRows(Handle handle, Scope scope) {
        return handle.createQuery("""
                        select count(*) from execution
                        where source = :source and portfolio = any(:portfolios) and (:pending or status <> 'pending')
                          and retired_at is null""")
                .bind("source", scope.source())
                .bindArray("portfolios", String.class, scope.portfolioNames())
                .bind("pending", scope.includePending())
                .mapTo(Long.class)
                .one();
    }

    /** Notes a run that ended at a safe point, with nothing of it standing. */
    void stopRun(long runId, Instant now, String status, String reason) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update sync_run set status = :status, finished_at = :now, error = :reason where id = :id")
                .bind("status", status)
                .bind("now", now)
                .bind("reason", reason)
                .bind("id", runId)
                .execute());
    }

    /** Notes a failed run; a failed preview leaves the state alone. */
    void failRun(Scope scope, long runId, boolean real, Instant now, String error) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate(
                            "update sync_run set status = 'failed', finished_at = :now, error = :error where id = :id")
                    .bind("now", now)
                    .bind("error", error)
                    .bind("id", runId)
                    .execute();
            if (real) {
                handle.createUpdate("""
                                insert into internal_trade_sync_state (source, scope_key, last_error, last_error_at)
                                values (:source, :scope, :error, :now)
                                on conflict (source, scope_key) do update
                                set last_error = excluded.last_error, last_error_at = excluded.last_error_at""")
                        .bind("source", scope.source())
                        .bind("scope", scope.key())
                        .bind("error", error)
                        .bind("now", now)
                        .execute();
            }
        });
    }

    /**
     * Moves the watermark, in the transaction of the rows it speaks of. Answers where it stands, null for nowhere.
     *
     * @param anew whether it is set to {@code reached} wherever it stood; else it only rises
     */
    Watermark advance(Handle handle, Scope scope, Optional<Watermark> reached, boolean anew) {
        return handle.createQuery("""
                        insert into internal_trade_sync_state as s
                          (source, scope_key, watermark_updated_at, watermark_trade_id)
                        values (:source, :scope, :at, :id)
                        on conflict (source, scope_key) do update set
                          watermark_updated_at = case when %1$s then excluded.watermark_updated_at else s.watermark_updated_at end,
                          watermark_trade_id = case when %1$s then excluded.watermark_trade_id else s.watermark_trade_id end
                        returning watermark_updated_at, watermark_trade_id""".formatted("""
                          (:anew or s.watermark_updated_at is null
                           or excluded.watermark_updated_at > s.watermark_updated_at
                           or (excluded.watermark_updated_at = s.watermark_updated_at
                               and excluded.watermark_trade_id collate "C" > s.watermark_trade_id))"""))
                .bind("anew", anew)
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .bind("at", reached.map(Watermark::updatedAt).orElse(null))
                .bind("id", reached.map(Watermark::tradeId).orElse(null))
                .map((row, context) -> watermark(row))
                .list()
                .getFirst();
    }

    private static Watermark watermark(ResultSet row) throws SQLException {
        Instant updatedAt = Rows.instant(row.getTimestamp("watermark_updated_at"));
        return updatedAt == null ? null : new Watermark(updatedAt, row.getString("watermark_trade_id"));
    }

    /** Notes a success on the state that {@link #advance} has left, in the same transaction. */
    void succeed(Handle handle, Scope scope, Instant now, String summary) {
        handle.createUpdate("""
                        update internal_trade_sync_state set last_successful_sync_at = :now,
                          last_error = null, last_error_at = null, last_run_summary = :summary
                        where source = :source and scope_key = :scope""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .bind("now", now)
                .bind("summary", summary)
                .execute();
    }
}

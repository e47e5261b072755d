package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.Rows;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Why the scheduled sync of a scope waits for somebody; gone with the next real sync of the scope. */
@ApplicationScoped
public class SyncHolds {
    private final Jdbi jdbi;

    public SyncHolds(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param runId the preview that was held; null where none came about */
    public record Hold(Long runId, String reason, Instant since) {}

    void hold(Scope scope, Long runId, String reason, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into sync_hold (source, scope_key, run_id, reason, since) values (:source, :scope, :run, :reason, :now)
                        on conflict (source, scope_key) do update set run_id = excluded.run_id, reason = excluded.reason""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .bind("run", runId)
                .bind("reason", reason)
                .bind("now", now)
                .execute());
    }

    void release(Handle handle, Scope scope) {
        handle.createUpdate("delete from sync_hold where source = :source and scope_key = :scope")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .execute();
    }

    Optional<Hold> of(Scope scope) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select run_id, reason, since from sync_hold where source = :source and scope_key = :scope")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .map((row, context) -> new Hold(
                        row.getObject("run_id", Long.class),
                        row.getString("reason"),
                        Rows.instant(row.getTimestamp("since"))))
                .findOne());
    }
}

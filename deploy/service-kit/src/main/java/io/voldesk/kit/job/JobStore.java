package io.voldesk.kit.job;

import io.voldesk.kit.db.Rows;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The {@code job} table of a service. A running job belongs to one runner, whose heartbeat it carries. */
@Singleton
public class JobStore {
    private final Jdbi jdbi;

    public JobStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void add(String id, String kind, String requestedBy, String request, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into job (id, kind, requested_by, request, status, created_at)
                        values (:id, :kind, :by, :request, 'queued', :now)""")
                .bind("id", id)
                .bind("kind", kind)
                .bind("by", requestedBy)
                .bind("request", request)
                .bind("now", now)
                .execute());
    }

    public Optional<Job> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from job where id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne());
    }

    /** Takes the oldest job that waits, or whose runner has not been heard of since {@code silence} ago. */
    Optional<Job> claim(String runner, Instant now, Duration silence) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update job set status = 'running', runner = :runner, heartbeat_at = :now, attempts = attempts + 1,
                          started_at = coalesce(started_at, :now)
                        where id = (
                          select id from job
                          where status = 'queued' or (status = 'running' and heartbeat_at < :silent_since)
                          order by created_at, id limit 1 for update skip locked)
                        returning *""")
                .bind("runner", runner)
                .bind("now", now)
                .bind("silent_since", now.minus(silence))
                .map((row, context) -> job(row))
                .findOne());
    }

    /** How a runner learns what became of its job. */
    enum Standing {
        MINE,
        CANCELLED,
        LOST
    }

    /** Writes heartbeat and progress of a running job. */
    Standing beat(String id, String runner, Instant now, String step, Long done, Long total) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update job set heartbeat_at = :now, step = :step, done = :done, total = :total
                        where id = :id and runner = :runner and status = 'running' returning cancel_requested""")
                .bind("id", id)
                .bind("runner", runner)
                .bind("now", now)
                .bind("step", step)
                .bind("done", done)
                .bind("total", total)
                .mapTo(Boolean.class)
                .findOne()
                .map(cancelled -> cancelled ? Standing.CANCELLED : Standing.MINE)
                .orElse(Standing.LOST));
    }

    void end(String id, String runner, String status, Instant now, String result, String problem) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update job set status = :status, finished_at = :now, heartbeat_at = null, result = :result, problem = :problem
                        where id = :id and runner = :runner and status = 'running'""")
                .bind("id", id)
                .bind("runner", runner)
                .bind("status", status)
                .bind("now", now)
                .bind("result", result)
                .bind("problem", problem)
                .execute());
    }

    /** Gives a job back for any instance to take up again. */
    void giveBack(String id, String runner) {
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                        update job set status = 'queued', runner = null, heartbeat_at = null
                        where id = :id and runner = :runner and status = 'running'""").bind("id", id).bind("runner", runner).execute());
    }

    /** Asks for the end of a job; one that waits ends at once. */
    void cancel(String id, Instant now) {
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                        update job set cancel_requested = true,
                          status = case when status = 'queued' then 'cancelled' else status end,
                          finished_at = case when status = 'queued' then :now else finished_at end
                        where id = :id and status in ('queued', 'running')""").bind("id", id).bind("now", now).execute());
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                row.getString("requested_by"),
                row.getString("request"),
                row.getString("status"),
                Rows.instant(row.getTimestamp("created_at")),
                Rows.instant(row.getTimestamp("started_at")),
                Rows.instant(row.getTimestamp("finished_at")),
                row.getInt("attempts"),
                row.getString("step"),
                row.getObject("done", Long.class),
                row.getObject("total", Long.class),
                row.getBoolean("cancel_requested"),
                row.getString("result"),
                row.getString("problem"));
    }
}

package io.voldesk.kit.job;

import io.voldesk.kit.db.Rows;
import io.voldesk.kit.queue.Claim;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/**
 * The {@code job} table of a service: what is known of a job, beside its place in {@code job_queue}. Whatever a runner writes here
 * it writes under its claim, in one statement with what becomes of that place. Times are the database's.
 */
@Singleton
public class JobStore {
    static final String QUEUE = "job_queue";

    private final Jdbi jdbi;

    public JobStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Job add(String id, String kind, String requestedBy, String request) {
        return alone(handle -> handle.createQuery("""
                        with queued as (
                          insert into job_queue (task_name, task_instance, execution_time, picked, version)
                          values (:kind, :id, now(), false, 1))
                        insert into job (id, kind, requested_by, request, status, created_at)
                        values (:id, :kind, :by, :request, 'queued', now()) returning *""")
                .bind("id", id)
                .bind("kind", kind)
                .bind("by", requestedBy)
                .bind("request", request)
                .map((row, context) -> job(row))
                .one());
    }

    public Optional<Job> find(String id) {
        return alone(handle -> handle.createQuery("select * from job where id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne());
    }

    /** @param status null for any */
    List<Job> latest(String status, int most) {
        return alone(handle -> handle.createQuery("""
                        select * from job where (:status::text is null or status = :status)
                        order by created_at desc, id desc limit :most""")
                .bind("status", status)
                .bind("most", most)
                .map((row, context) -> job(row))
                .list());
    }

    /** Starts an attempt; empty where the job has ended, or another runner has it. */
    Optional<Job> begin(Claim claim) {
        return alone(handle -> claim.bind(handle.createQuery("""
                        with mine as materialized (%s)
                        update job set status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, now()),
                          waits_for = null
                        where id = :claim_instance and status in ('queued', 'running') and exists (select from mine)
                        returning *""".formatted(claim.kept())))
                .map((row, context) -> job(row))
                .findOne());
    }

    /** How a runner learns what became of its job. */
    enum Standing {
        MINE,
        CANCELLED,
        LOST
    }

    /** Writes how far a running job is. */
    Standing progress(Claim claim, String step, long done, Long total) {
        return alone(handle -> claim.bind(handle.createQuery("""
                        with mine as materialized (%s)
                        update job set step = :step, done = :done, total = :total
                        where id = :claim_instance and status = 'running' and exists (select from mine)
                        returning cancel_requested""".formatted(claim.kept())))
                .bind("step", step)
                .bind("done", done)
                .bind("total", total)
                .mapTo(Boolean.class)
                .findOne()
                .map(cancelled -> cancelled ? Standing.CANCELLED : Standing.MINE)
                .orElse(Standing.LOST));
    }

    void end(Claim claim, String status, String result, String problem) {
        write(
                claim,
                """
                with mine as (%s)
                update job set status = :status, finished_at = now(), waits_for = null, result = :result, problem = :problem
                where id = :claim_instance and status in ('queued', 'running') and exists (select from mine)""".formatted(claim.ended()),
                update -> update.bind("status", status).bind("result", result).bind("problem", problem));
    }

    /**
     * Gives a job back for any instance to take up again.
     *
     * @param failures how often in a row it has broken off by now
     * @param why null where nothing is wrong
     */
    void putBack(Claim claim, int failures, Duration delay, String why) {
        write(
                claim,
                """
                with mine as (%s)
                update job set status = 'queued', waits_for = :why
                where id = :claim_instance and status = 'running' and exists (select from mine)""".formatted(claim.putBack()),
                update -> update.bind("failures", failures)
                        .bind("delay", delay.toMillis() / 1e3)
                        .bind("why", why));
    }

    /** Takes a job that has ended out of the queue. */
    void drop(Claim claim) {
        alone(handle -> claim.bind(handle.createUpdate(claim.ended())).execute());
    }

    private void write(Claim claim, String sql, UnaryOperator<Update> bind) {
        alone(handle -> bind.apply(claim.bind(handle.createUpdate(sql))).execute());
    }

    /**
     * In a session of its own, also where the work that calls has a transaction open on its thread, which Jdbi would use: what is told
     * of a job is seen at once, and holds no lock.
     */
    private <T> T alone(Function<Handle, T> statement) {
        try (Handle handle = jdbi.open()) {
            return statement.apply(handle);
        }
    }

    /** Asks for the end of a job; one that waits ends at once. */
    void cancel(String id) {
        alone(handle -> handle.createUpdate("""
                        with gone as (
                          delete from job_queue where task_instance = :id and not picked returning 1)
                        update job set cancel_requested = true,
                          status = case when exists (select from gone) then 'cancelled' else status end,
                          finished_at = case when exists (select from gone) then now() else finished_at end,
                          waits_for = case when exists (select from gone) then null else waits_for end
                        where id = :id and status in ('queued', 'running')""").bind("id", id).execute());
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
                row.getString("waits_for"),
                row.getString("step"),
                row.getObject("done", Long.class),
                row.getObject("total", Long.class),
                row.getBoolean("cancel_requested"),
                row.getString("result"),
                row.getString("problem"));
    }
}

package io.voldesk.snapshot.capture;

import io.voldesk.kit.queue.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Backfills, their tasks, and the queue of pieces: the tasks of one date and currency, which build on each other. Whoever works on a
 * piece writes under its claim.
 */
@ApplicationScoped
public class BackfillStore {
    static final String QUEUE = "backfill_queue";
    static final String CAPTURE = "capture";

    private final Jdbi jdbi;

    public BackfillStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The tasks of one backfill, date and currency, as the queue names them. */
    record Piece(long backfill, LocalDate date, String currency) {
        static Piece of(Claim claim) {
            String[] parts = claim.instance().split("/");
            return new Piece(Long.parseLong(parts[0]), LocalDate.parse(parts[1]), parts[2]);
        }
    }

    /** A task that waits, with what is kept of its backfill. */
    record Task(SnapshotType type, int attempts, String requestedBy, String reason) {}

    /** A backfill that is known. */
    record Known(Backfill.Range range, Long storedBefore) {}

    long stored(Backfill.Range range) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) from snapshot where snapshot_date between :from and :to
                          and snapshot_type = any(:types) and currency = any(:currencies)""")
                .bind("from", range.from())
                .bind("to", range.to())
                .bindArray("types", String.class, range.codes())
                .bindArray("currencies", String.class, range.currencies())
                .mapTo(Long.class)
                .one());
    }

    long create(Backfill.Range range, String requestedBy, String reason, Instant now) {
        long storedBefore = stored(range);
        return jdbi.inTransaction(handle -> {
            long id = handle.createQuery("""
                            insert into backfill_job (requested_by, reason, created_at, from_date, to_date, snapshot_types, currencies, stored_before)
                            values (:by, :reason, :now, :from, :to, :types, :currencies, :stored) returning id""")
                    .bind("stored", storedBefore)
                    .bind("by", requestedBy)
                    .bind("reason", reason)
                    .bind("now", now)
                    .bind("from", range.from())
                    .bind("to", range.to())
                    .bindArray("types", String.class, range.codes())
                    .bindArray("currencies", String.class, range.currencies())
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate("""
                            insert into backfill_task (job_id, snapshot_type, currency, target_date)
                            select :id, t, c, d::date
                            from unnest(:types) t, unnest(:currencies) c, generate_series(:from::date, :to::date, interval '1 day') d""")
                    .bind("id", id)
                    .bind("from", range.from())
                    .bind("to", range.to())
                    .bindArray("types", String.class, range.codes())
                    .bindArray("currencies", String.class, range.currencies())
                    .execute();
            queue(handle, id);
            return id;
        });
    }

    /** Puts what waits into the queue, the oldest date first, behind what stands there. */
    private static void queue(Handle handle, long id) {
        handle.createUpdate("""
                        insert into backfill_queue (task_name, task_instance, execution_time, picked, version)
                        select :capture, :id || '/' || target_date || '/' || currency,
                          now() + row_number() over (order by target_date, currency) * interval '1 microsecond', false, 1
                        from backfill_task where job_id = :id and status = 'waiting' group by target_date, currency
                        on conflict do nothing""").bind("capture", CAPTURE).bind("id", id).execute();
    }

    void pause(long id, Instant now) {
        jdbi.useTransaction(handle -> {
            handle.execute("update backfill_job set paused_at = ? where id = ?", now, id);
            handle.execute(
                    "delete from backfill_queue where starts_with(task_instance, ? || '/') and not picked",
                    String.valueOf(id));
        });
    }

    /** Makes sure that what waits is in the queue: a pause and a resumption may have crossed the end of a piece. */
    void queueAgain(long id) {
        jdbi.useTransaction(handle -> {
            boolean there =
                    handle.createQuery("""
                            select exists (select from backfill_queue where starts_with(task_instance, :id || '/'))
                              or exists (select from backfill_job where id = :id and paused_at is not null)""").bind("id", id).mapTo(Boolean.class).one();
            if (!there) {
                queue(handle, id);
            }
        });
    }

    void resume(long id) {
        jdbi.useTransaction(handle -> {
            handle.execute("update backfill_job set paused_at = null where id = ?", id);
            queue(handle, id);
        });
    }

    boolean paused(long id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select paused_at is not null from backfill_job where id = :id")
                        .bind("id", id)
                        .mapTo(Boolean.class)
                        .one());
    }

    Optional<Known> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select from_date, to_date, snapshot_types, currencies, stored_before from backfill_job where id = :id""")
                .bind("id", id)
                .map((row, context) -> new Known(
                        new Backfill.Range(
                                row.getObject(1, LocalDate.class),
                                row.getObject(2, LocalDate.class),
                                Arrays.stream((String[]) row.getArray(3).getArray())
                                        .map(code -> SnapshotType.of("types", code))
                                        .toList(),
                                List.of((String[]) row.getArray(4).getArray())),
                        row.getObject(5, Long.class)))
                .findOne());
    }

    /** How many tasks are still to be done; of a paused backfill none. */
    long waiting(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select count(*) from backfill_task t join backfill_job j on j.id = t.job_id
                        where t.job_id = :id and t.status = 'waiting' and j.paused_at is null""").bind("id", id).mapTo(Long.class).one());
    }

    /** What waits of a piece, in the order in which it builds on each other; of a paused backfill nothing. */
    List<Task> waiting(Piece piece) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.snapshot_type, t.attempts, j.requested_by, j.reason
                        from backfill_task t join backfill_job j on j.id = t.job_id
                        where t.job_id = :id and t.target_date = :date and t.currency = :currency
                          and t.status = 'waiting' and j.paused_at is null
                        order by array_position(:order, t.snapshot_type)""")
                .bindArray("order", String.class, SnapshotType.ORDER)
                .bind("id", piece.backfill())
                .bind("date", piece.date())
                .bind("currency", piece.currency())
                .map((row, context) -> new Task(
                        SnapshotType.of("types", row.getString(1)), row.getInt(2), row.getString(3), row.getString(4)))
                .list());
    }

    /**
     * Writes what became of a task.
     *
     * @param counts whether this was an attempt
     * @return false where the piece is another runner's by now
     */
    boolean settle(Claim claim, SnapshotType type, String status, String detail, boolean counts) {
        Piece piece = Piece.of(claim);
        return jdbi.withHandle(handle -> claim.bind(handle.createUpdate("""
                        with mine as materialized (%s)
                        update backfill_task set status = :status, detail = :detail, attempts = attempts + :counts
                        where job_id = :id and snapshot_type = :type and currency = :currency and target_date = :date
                          and status = 'waiting' and exists (select from mine)""".formatted(claim.kept())))
                        .bind("status", status)
                        .bind("detail", detail)
                        .bind("counts", counts ? 1 : 0)
                        .bind("id", piece.backfill())
                        .bind("type", type.code())
                        .bind("currency", piece.currency())
                        .bind("date", piece.date())
                        .execute())
                == 1;
    }

    void end(Claim claim) {
        jdbi.useHandle(handle -> claim.bind(handle.createUpdate(claim.ended())).execute());
    }

    void putBack(Claim claim, int failures, Duration delay) {
        jdbi.useHandle(handle -> claim.bind(handle.createUpdate(claim.putBack()))
                .bind("failures", failures)
                .bind("delay", delay.toMillis() / 1e3)
                .execute());
    }

    Map<String, Long> byStatus(long id) {
        Map<String, Long> counts = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select status, count(*) from backfill_task where job_id = :id group by status")
                .bind("id", id)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
        return counts;
    }

    /**
     * What backfills gave up on and no snapshot stands for.
     *
     * @param first the oldest of them, and why it failed
     */
    public record Failed(String currency, long tasks, String first) {}

    public List<Failed> failed() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select currency, count(distinct (snapshot_type, target_date)),
                          (array_agg(snapshot_type || ' of ' || target_date || ': ' || coalesce(detail, '')
                                     order by target_date, job_id desc))[1]
                        from backfill_task t
                        where status = 'failed' and not exists (
                          select from snapshot s where s.snapshot_type = t.snapshot_type and s.currency = t.currency
                            and s.snapshot_date = t.target_date)
                        group by currency order by currency""")
                .map((row, context) -> new Failed(row.getString(1), row.getLong(2), row.getString(3)))
                .list());
    }

    /** The tasks of a backfill that failed for good, and why; the first hundred. */
    List<String> failures(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select snapshot_type || ' ' || currency || ' ' || target_date || ': ' || coalesce(detail, '')
                        from backfill_task where job_id = :id and status = 'failed' order by 1 limit 100""").bind("id", id).mapTo(String.class).list());
    }
}

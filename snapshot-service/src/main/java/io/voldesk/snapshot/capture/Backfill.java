package io.voldesk.snapshot.capture;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A range of captures as tasks in PostgreSQL. Each task is leased by its row lock ({@code for update skip locked}) while it
 * runs, so several instances share a job and a killed one's task is free again.
 */
@ApplicationScoped
public class Backfill implements Recurring {
    private static final Logger LOG = Logger.getLogger(Backfill.class);

    private final Jdbi jdbi;
    private final SnapshotCapture capture;
    private final Clock clock;

    public Backfill(Jdbi jdbi, SnapshotCapture capture, Clock clock) {
        this.jdbi = jdbi;
        this.capture = capture;
        this.clock = clock;
    }

    /**
     * @param backfillId null for a dry run
     * @param alreadyStored tasks whose snapshot existed beforehand, to be replaced; null for a backfill from before this was kept
     * @param byStatus how many tasks stand where: {@code waiting, ok, suspicious, no_payload, failed}
     */
    @RegisterForReflection(registerFullHierarchy = true) // answered inside a Response, which shows no type
    public record Report(
            Long backfillId,
            boolean dryRun,
            LocalDate from,
            LocalDate to,
            List<SnapshotType> types,
            List<String> currencies,
            long tasks,
            Long alreadyStored,
            Map<String, Long> byStatus,
            List<String> failures) {}

    /** A range to fill. */
    record Range(LocalDate from, LocalDate to, List<SnapshotType> types, List<String> currencies) {
        List<String> codes() {
            return types.stream().map(SnapshotType::code).toList();
        }

        long tasks() {
            return from.datesUntil(to.plusDays(1)).count() * types.size() * currencies.size();
        }
    }

    /** What a run of the range would do; nothing is written. */
    Report plan(Range range) {
        return new Report(
                null,
                true,
                range.from(),
                range.to(),
                range.types(),
                range.currencies(),
                range.tasks(),
                stored(range),
                Map.of("waiting", range.tasks()),
                List.of());
    }

    private long stored(Range range) {
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

    private Long storedBefore(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select stored_before from backfill_job where id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .orElse(null));
    }

    /** Writes the tasks of a range; from now on every instance works on them until they are done or paused. */
    long create(Range range, String requestedBy, String reason) {
        Instant now = clock.instant();
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
            return id;
        });
    }

    /**
     * Works on a backfill to its end, beside whoever else does, and reports. A cancelled one is paused: its tasks wait.
     *
     * @throws Problem 404 where there is none of that number
     * @throws JobStopped between two tasks
     */
    Report work(long id, Progress progress) {
        Range range = range(id);
        try {
            progress.at("capture", range.tasks() - waiting(id), range.tasks());
            while (waiting(id) > 0) {
                // nothing to lease means that another instance holds the last tasks; should it die, they are free again
                if (!workOne(id)) {
                    pause();
                }
                progress.at("capture", range.tasks() - waiting(id), range.tasks());
            }
        } catch (JobStopped stopped) {
            if (stopped.cancelled()) {
                setPaused(id, clock.instant());
            }
            throw stopped;
        }
        return report(id, range);
    }

    /** Lets a paused backfill go on. */
    void unpause(long id) {
        range(id);
        setPaused(id, null);
    }

    private void setPaused(long id, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("update backfill_job set paused_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute());
    }

    private Range range(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "select from_date, to_date, snapshot_types, currencies from backfill_job where id = :id")
                        .bind("id", id)
                        .map((row, context) -> new Range(
                                row.getObject(1, LocalDate.class),
                                row.getObject(2, LocalDate.class),
                                Arrays.stream((String[]) row.getArray(3).getArray())
                                        .map(code -> SnapshotType.of("types", code))
                                        .toList(),
                                List.of((String[]) row.getArray(4).getArray())))
                        .findOne())
                .orElseThrow(() -> Problem.notFound("no backfill " + id));
    }

    private long waiting(long jobId) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select count(*) from backfill_task t join backfill_job j on j.id = t.job_id
                        where t.job_id = :id and t.status = 'waiting' and j.paused_at is null""").bind("id", jobId).mapTo(Long.class).one());
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private record Task(
            long jobId, SnapshotType type, String currency, LocalDate date, String requestedBy, String reason) {}

    /** Does one task of a backfill (of any: null); false where none can be leased. */
    private boolean workOne(Long backfillId) {
        return jdbi.inTransaction(handle -> {
            Optional<Task> task = lease(handle, backfillId);
            task.ifPresent(t -> settle(handle, t));
            return task.isPresent();
        });
    }

    /** Tasks that a stopped instance left behind, and a share of the others' work. */
    @Override
    public String name() {
        return "backfill_share";
    }

    @Override
    public Recurrence when() {
        return new Recurrence.Every(Duration.ofSeconds(10));
    }

    @Override
    public void recur() {
        while (workOne(null)) {
            LOG.debug("a backfill task is done");
        }
    }

    private static Optional<Task> lease(Handle handle, Long jobId) {
        // by date; gamma only once what it is computed on is no longer waiting, here or at another instance
        return handle.createQuery("""
                        select t.job_id, t.snapshot_type, t.currency, t.target_date, j.requested_by, j.reason
                        from backfill_task t join backfill_job j on j.id = t.job_id
                        where t.status = 'waiting' and j.paused_at is null and (:job::bigint is null or t.job_id = :job)
                          and not (t.snapshot_type = 'gex' and exists (
                            select from backfill_task s where s.job_id = t.job_id and s.snapshot_type in ('iv_surface', 'oi')
                              and s.currency = t.currency and s.target_date = t.target_date and s.status = 'waiting'))
                        order by t.job_id, t.target_date,
                          array_position(:order, t.snapshot_type), t.currency
                        limit 1 for update of t skip locked""")
                .bindArray("order", String.class, SnapshotType.ORDER)
                .bind("job", jobId)
                .map((row, context) -> new Task(
                        row.getLong(1),
                        SnapshotType.of("types", row.getString(2)),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getString(5),
                        row.getString(6)))
                .findOne();
    }

    private void settle(Handle handle, Task task) {
        String status;
        String detail;
        try {
            CaptureResult result = capture.capture(
                    task.type(), task.currency(), task.date(), task.requestedBy(), "backfill", task.reason());
            status = result.status();
            detail = result.reason();
        } catch (Problem e) {
            status = "failed";
            detail = e.getMessage();
        }
        handle.createUpdate("""
                        update backfill_task set status = :status, detail = :detail
                        where job_id = :job and snapshot_type = :type and currency = :currency and target_date = :date""")
                .bind("status", status)
                .bind("detail", detail)
                .bind("job", task.jobId())
                .bind("type", task.type().code())
                .bind("currency", task.currency())
                .bind("date", task.date())
                .execute();
    }

    private Report report(long id, Range range) {
        Map<String, Long> byStatus = new TreeMap<>();
        List<String> failures = jdbi.withHandle(handle -> {
            handle.createQuery("select status, count(*) from backfill_task where job_id = :id group by status")
                    .bind("id", id)
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(entry -> byStatus.put(entry.getKey(), entry.getValue()));
            return handle.createQuery("""
                            select snapshot_type || ' ' || currency || ' ' || target_date || ': ' || coalesce(detail, '')
                            from backfill_task where job_id = :id and status = 'failed' order by 1 limit 100""").bind("id", id).mapTo(String.class).list();
        });
        return new Report(
                id,
                false,
                range.from(),
                range.to(),
                range.types(),
                range.currencies(),
                range.tasks(),
                storedBefore(id),
                byStatus,
                failures);
    }
}

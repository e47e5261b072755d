package io.voldesk.snapshot.capture;

import io.quarkus.scheduler.Scheduled;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
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
public class Backfill {
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
     * @param jobId null for a dry run
     * @param alreadyStored tasks whose snapshot exists and would be replaced
     * @param byStatus how many tasks stand where: {@code waiting, ok, suspicious, no_payload, failed}
     */
    public record Report(
            Long jobId,
            boolean dryRun,
            LocalDate from,
            LocalDate to,
            List<SnapshotType> types,
            List<String> currencies,
            long tasks,
            long alreadyStored,
            Map<String, Long> byStatus,
            List<String> failures) {}

    Report run(
            LocalDate from,
            LocalDate to,
            List<SnapshotType> types,
            List<String> currencies,
            boolean dryRun,
            String requestedBy,
            String reason) {
        List<String> codes = types.stream().map(SnapshotType::code).toList();
        long tasks = from.datesUntil(to.plusDays(1)).count() * types.size() * currencies.size();
        long stored = jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) from snapshot where snapshot_date between :from and :to
                          and snapshot_type = any(:types) and currency = any(:currencies)""")
                .bind("from", from)
                .bind("to", to)
                .bindArray("types", String.class, codes)
                .bindArray("currencies", String.class, currencies)
                .mapTo(Long.class)
                .one());
        if (dryRun) {
            return new Report(
                    null, true, from, to, types, currencies, tasks, stored, Map.of("waiting", tasks), List.of());
        }
        long jobId = create(from, to, codes, currencies, requestedBy, reason);
        workOff(jobId);
        while (waiting(jobId) > 0) {
            // another instance holds the last tasks; should it die, they are free to be taken here
            pause();
            workOff(jobId);
        }
        return report(jobId, from, to, types, currencies, tasks, stored);
    }

    private long create(
            LocalDate from,
            LocalDate to,
            List<String> types,
            List<String> currencies,
            String requestedBy,
            String reason) {
        Instant now = clock.instant();
        return jdbi.inTransaction(handle -> {
            long id = handle.createQuery("""
                            insert into backfill_job (requested_by, reason, created_at) values (:by, :reason, :now) returning id""")
                    .bind("by", requestedBy)
                    .bind("reason", reason)
                    .bind("now", now)
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate("""
                            insert into backfill_task (job_id, snapshot_type, currency, target_date)
                            select :id, t, c, d::date
                            from unnest(:types) t, unnest(:currencies) c, generate_series(:from::date, :to::date, interval '1 day') d""")
                    .bind("id", id)
                    .bind("from", from)
                    .bind("to", to)
                    .bindArray("types", String.class, types)
                    .bindArray("currencies", String.class, currencies)
                    .execute();
            return id;
        });
    }

    private long waiting(long jobId) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select count(*) from backfill_task t join backfill_job j on j.id = t.job_id
                        where t.job_id = :id and t.status = 'waiting' and j.cancelled_at is null""").bind("id", jobId).mapTo(Long.class).one());
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private record Task(long jobId, SnapshotType type, String currency, LocalDate date, String requestedBy) {}

    /** Works until no task of the job (of any job: null) can be leased. */
    void workOff(Long jobId) {
        while (jdbi.inTransaction(handle -> {
            Optional<Task> task = lease(handle, jobId);
            task.ifPresent(t -> settle(handle, t));
            return task.isPresent();
        })) {
            LOG.debug("a backfill task is done");
        }
    }

    /** Jobs that a stopped instance left behind. */
    @Scheduled(
            every = "{voldesk.snapshot.backfill-poll}",
            delayed = "{voldesk.snapshot.backfill-poll}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void resume() {
        workOff(null);
    }

    private static Optional<Task> lease(Handle handle, Long jobId) {
        // by date; gamma only once the surface it is computed on is no longer waiting, here or at another instance
        return handle.createQuery("""
                        select t.job_id, t.snapshot_type, t.currency, t.target_date, j.requested_by
                        from backfill_task t join backfill_job j on j.id = t.job_id
                        where t.status = 'waiting' and j.cancelled_at is null and (:job::bigint is null or t.job_id = :job)
                          and not (t.snapshot_type = 'gex' and exists (
                            select from backfill_task s where s.job_id = t.job_id and s.snapshot_type = 'iv_surface'
                              and s.currency = t.currency and s.target_date = t.target_date and s.status = 'waiting'))
                        order by t.job_id, t.target_date,
                          array_position(array['iv_surface', 'vol_metrics', 'spot', 'gex', 'oi'], t.snapshot_type), t.currency
                        limit 1 for update of t skip locked""")
                .bind("job", jobId)
                .map((row, context) -> new Task(
                        row.getLong(1),
                        SnapshotType.of("types", row.getString(2)),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getString(5)))
                .findOne();
    }

    private void settle(Handle handle, Task task) {
        String status;
        String detail;
        try {
            CaptureResult result =
                    capture.capture(task.type(), task.currency(), task.date(), task.requestedBy(), "backfill");
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

    private Report report(
            long jobId,
            LocalDate from,
            LocalDate to,
            List<SnapshotType> types,
            List<String> currencies,
            long tasks,
            long stored) {
        Map<String, Long> byStatus = new TreeMap<>();
        List<String> failures = jdbi.withHandle(handle -> {
            handle.createQuery("select status, count(*) from backfill_task where job_id = :id group by status")
                    .bind("id", jobId)
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(entry -> byStatus.put(entry.getKey(), entry.getValue()));
            return handle.createQuery("""
                            select snapshot_type || ' ' || currency || ' ' || target_date || ': ' || coalesce(detail, '')
                            from backfill_task where job_id = :id and status = 'failed' order by 1 limit 100""").bind("id", jobId).mapTo(String.class).list();
        });
        return new Report(jobId, false, from, to, types, currencies, tasks, stored, byStatus, failures);
    }
}

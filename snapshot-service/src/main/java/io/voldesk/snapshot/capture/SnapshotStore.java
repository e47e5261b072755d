package io.voldesk.snapshot.capture;

import io.voldesk.kit.db.CsvCopy;
import io.voldesk.kit.lock.RunLedger;
import io.voldesk.kit.lock.RunLock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Replaces a snapshot whole, by COPY, in one transaction; and keeps the run ledger. */
@ApplicationScoped
public class SnapshotStore {
    private final Jdbi jdbi;
    private final RunLedger ledger;

    public SnapshotStore(Jdbi jdbi, RunLock locks) {
        this.jdbi = jdbi;
        this.ledger = new RunLedger(
                jdbi,
                locks,
                "snapshot_run",
                "running",
                "status = 'failed', error = 'the service stopped during the run'");
    }

    /** Closes the lines of runs that died. */
    public void settle() {
        ledger.settle();
    }

    /** Counts of what stands for a date; null where nothing does. */
    record Standing(int records, int suspicious) {}

    Standing standing(SnapshotType type, String currency, LocalDate date) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select record_count, suspicious_count from snapshot
                        where snapshot_type = :type and currency = :currency and snapshot_date = :date""")
                .bind("type", type.code())
                .bind("currency", currency)
                .bind("date", date)
                .map((row, context) -> new Standing(row.getInt(1), row.getInt(2)))
                .findOne()
                .orElse(null));
    }

    /** A day without a whole snapshot after one that has any. */
    record Missed(SnapshotType type, String currency, LocalDate date) {}

    /**
     * Days from {@code from} up to {@code latest}, exclusive, that have no snapshot, or one captured before the day was over, after the
     * first there ever was; per type and currency, the oldest first.
     */
    List<Missed> missed(LocalDate from, LocalDate latest) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select f.snapshot_type, f.currency, d
                        from (select snapshot_type, currency, min(snapshot_date) as first_date from snapshot
                              group by snapshot_type, currency) f
                        cross join lateral (
                          select greatest(f.first_date, :from::date) + n as d
                          from generate_series(0, :latest::date - 1 - greatest(f.first_date, :from::date)) n) days
                        where not exists (
                          select from snapshot s where s.snapshot_type = f.snapshot_type and s.currency = f.currency
                            and s.snapshot_date = d
                            and s.created_at >= (s.snapshot_date + 1)::timestamp at time zone 'UTC')
                        order by 3, array_position(:order, f.snapshot_type), 2""")
                .bindArray("order", String.class, SnapshotType.ORDER)
                .bind("from", from)
                .bind("latest", latest)
                .map((row, context) -> new Missed(
                        SnapshotType.of("type", row.getString(1)), row.getString(2), row.getObject(3, LocalDate.class)))
                .list());
    }

    /** Brings the counts of a snapshot to rows that were read again, and puts the rereading into the ledger as a run of its own. */
    void recount(
            Handle handle,
            SnapshotType type,
            String currency,
            LocalDate date,
            SnapshotChecks.Checked again,
            String requestedBy,
            Instant now) {
        handle.createUpdate("""
                        update snapshot set record_count = :records, suspicious_count = :suspicious
                        where snapshot_type = :type and currency = :currency and snapshot_date = :date""")
                .bind("records", again.rows().size())
                .bind("suspicious", again.suspicious())
                .bind("type", type.code())
                .bind("currency", currency)
                .bind("date", date)
                .execute();
        handle.createUpdate("""
                        insert into snapshot_run (snapshot_type, currency, target_date, status, requested_by, started_at, finished_at,
                          record_count, suspicious_count, warnings)
                        values (:type, :currency, :date, :status, :by, :now, :now, :records, :suspicious, 'rederived')""")
                .bind("type", type.code())
                .bind("currency", currency)
                .bind("date", date)
                .bind("status", again.suspicious() == 0 ? "ok" : "suspicious")
                .bind("by", requestedBy)
                .bind("now", now)
                .bind("records", again.rows().size())
                .bind("suspicious", again.suspicious())
                .execute();
    }

    Double trailingMedian(SnapshotType type, String currency, LocalDate date) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select percentile_cont(0.5) within group (order by record_count) from snapshot
                        where snapshot_type = :type and currency = :currency
                          and snapshot_date >= :date::date - 14 and snapshot_date < :date""")
                .bind("type", type.code())
                .bind("currency", currency)
                .bind("date", date)
                .map((row, context) -> row.getObject(1) == null ? null : row.getDouble(1))
                .one());
    }

    /** @param session of the lock on what is captured */
    long begin(
            RunLock.Held session, SnapshotType type, String currency, LocalDate date, String requestedBy, Instant now) {
        return ledger.enter(
                session,
                handle -> handle.createQuery("""
                        insert into snapshot_run (snapshot_type, currency, target_date, status, requested_by, started_at)
                        values (:type, :currency, :date, 'running', :by, :now) returning id""")
                        .bind("type", type.code())
                        .bind("currency", currency)
                        .bind("date", date)
                        .bind("by", requestedBy)
                        .bind("now", now)
                        .mapTo(Long.class)
                        .one());
    }

    /** @param dependents whose derived rows are drawn from these; they are derived anew where they have rows for the date */
    void replace(
            SnapshotSource source,
            List<SnapshotSource> dependents,
            String currency,
            LocalDate date,
            SnapshotChecks.Checked checked,
            CaptureResult result,
            Instant now) {
        jdbi.useTransaction(handle -> {
            replaceRows(handle, source, dependents, currency, date, checked.rows());
            long timestamps = checked.rows().stream()
                    .map(SnapshotRow::sourceTimestamp)
                    .distinct()
                    .count();
            handle.createUpdate("""
                            insert into snapshot (snapshot_type, currency, snapshot_date, run_id, record_count, suspicious_count,
                              warnings, source_from, source_to, source_timestamps, created_at)
                            values (:type, :currency, :date, :run, :records, :suspicious, :warnings, :from, :to, :timestamps, :now)
                            on conflict (snapshot_type, currency, snapshot_date) do update set
                              run_id = excluded.run_id, record_count = excluded.record_count,
                              suspicious_count = excluded.suspicious_count, warnings = excluded.warnings,
                              source_from = excluded.source_from, source_to = excluded.source_to,
                              source_timestamps = excluded.source_timestamps, created_at = excluded.created_at""")
                    .bind("type", source.type().code())
                    .bind("currency", currency)
                    .bind("date", date)
                    .bind("run", result.runId())
                    .bind("records", result.records())
                    .bind("suspicious", result.suspicious())
                    .bind("warnings", String.join("; ", result.warnings()))
                    .bind("from", result.sourceFrom())
                    .bind("to", result.sourceTo())
                    .bind("timestamps", timestamps)
                    .bind("now", now)
                    .execute();
            finish(handle, result, now);
        });
    }

    static void replaceRows(
            Handle handle,
            SnapshotSource source,
            List<SnapshotSource> dependents,
            String currency,
            LocalDate date,
            List<SnapshotRow> rows) {
        // one after the other: what is drawn from several types must see the last of them, whichever it is
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended('derive:' || :currency || :date, 0)) is null")
                .bind("currency", currency)
                .bind("date", date.toString())
                .mapTo(Boolean.class)
                .one();
        String table = source.table().name();
        handle.createUpdate("delete from " + table + " where currency = :currency and snapshot_date = :date")
                .bind("currency", currency)
                .bind("date", date)
                .execute();
        copy(handle, source.table(), currency, date, rows);
        source.derive(handle, currency, date);
        dependents.forEach(dependent -> dependent.derive(handle, currency, date));
    }

    void finish(CaptureResult result, Instant now) {
        jdbi.useHandle(handle -> finish(handle, result, now));
    }

    private static void finish(Handle handle, CaptureResult result, Instant now) {
        handle.createUpdate("""
                        update snapshot_run set status = :status, finished_at = :now, record_count = :records,
                          suspicious_count = :suspicious, rejected_count = :rejected, warnings = :warnings, source_from = :from,
                          source_to = :to, error = :error
                        where id = :run""")
                .bind("rejected", result.rejected())
                .bind("status", result.status())
                .bind("now", now)
                .bind("records", result.records())
                .bind("suspicious", result.suspicious())
                .bind("warnings", String.join("; ", result.warnings()))
                .bind("from", result.sourceFrom())
                .bind("to", result.sourceTo())
                .bind("error", result.reason())
                .bind("run", result.runId())
                .execute();
    }

    private static void copy(
            Handle handle, SnapshotTable table, String currency, LocalDate date, List<SnapshotRow> rows) {
        CsvCopy.into(handle, table.name() + " (" + String.join(", ", table.allColumns()) + ")", out -> {
            List<Object> line = new ArrayList<>();
            for (SnapshotRow row : rows) {
                line.clear();
                line.add(currency);
                line.add(date);
                line.add(row.sourceTimestamp());
                line.addAll(row.values());
                line.add(row.suspicious());
                line.add(row.rawId());
                out.printRecord(line);
            }
        });
    }
}

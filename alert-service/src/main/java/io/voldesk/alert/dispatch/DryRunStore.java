package io.voldesk.alert.dispatch;

import io.voldesk.alert.signal.Signal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The dry runs of late; one that led to no dispatch is kept for a day. */
@ApplicationScoped
public class DryRunStore {
    private static final Duration KEPT = Duration.ofDays(1);

    private final Jdbi jdbi;

    public DryRunStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    long add(List<Signal> shown, String note, String requestedBy, Instant now) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            delete from dry_run r where created_at < :old
                              and not exists (select from dispatch d where d.dry_run_id = r.id)""").bind("old", now.minus(KEPT)).execute();
            long id = handle.createQuery(
                            "insert into dry_run (requested_by, note, created_at) values (:by, :note, :now) returning id")
                    .bind("by", requestedBy)
                    .bind("note", note)
                    .bind("now", now)
                    .mapTo(Long.class)
                    .one();
            var batch = handle.prepareBatch("""
                    insert into dry_run_signal (dry_run_id, signal_id, fingerprint, severity, text)
                    values (:dry_run, :signalId, :fingerprint, :severity, :text)""");
            for (Signal signal : shown) {
                batch.bind("dry_run", id).bindMethods(DryRun.Shown.of(signal)).add();
            }
            batch.execute();
            return id;
        });
    }

    Optional<DryRun> find(long id) {
        return jdbi.withHandle(handle -> {
            List<DryRun.Shown> shown = handle.createQuery("""
                            select signal_id, fingerprint, severity, text from dry_run_signal
                            where dry_run_id = :id order by signal_id""")
                    .bind("id", id)
                    .map(ConstructorMapper.of(DryRun.Shown.class))
                    .list();
            return handle.createQuery("""
                            select r.id, r.note, r.created_at, d.id as dispatch_id
                            from dry_run r left join dispatch d on d.dry_run_id = r.id where r.id = :id""")
                    .bind("id", id)
                    .map((row, context) -> new DryRun(
                            row.getLong("id"),
                            row.getString("note"),
                            row.getTimestamp("created_at").toInstant(),
                            row.getObject("dispatch_id", Long.class),
                            shown))
                    .findOne();
        });
    }
}

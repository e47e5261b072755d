package io.voldesk.alert.dispatch;

import io.voldesk.alert.signal.Signal;
import io.voldesk.kit.lock.RunLedger;
import io.voldesk.kit.lock.RunLock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Messages written before they are sent: a crash in between leaves a line that says so. */
@ApplicationScoped
public class DispatchStore {
    private final Jdbi jdbi;
    private final RunLedger ledger;

    public DispatchStore(Jdbi jdbi, RunLock locks) {
        this.jdbi = jdbi;
        this.ledger = new RunLedger(
                jdbi, locks, "dispatch", "sending", "status = 'unknown', error = 'the service stopped while sending'");
    }

    /** What a killed process was sending: nobody knows whether it arrived, and nobody sends it again unasked. */
    void settle() {
        ledger.settle();
    }

    /**
     * @param session of the lock on sending
     * @param dryRunId null where the dispatch names none
     */
    long begin(
            RunLock.Held session,
            List<Signal> signals,
            String message,
            String note,
            String requestedBy,
            Long dryRunId,
            Instant now) {
        return ledger.enter(session, handle -> {
            long id = handle.createQuery("""
                            insert into dispatch (requested_by, note, dry_run_id, message, status, created_at)
                            values (:by, :note, :dry_run, :message, 'sending', :now) returning id""")
                    .bind("by", requestedBy)
                    .bind("note", note)
                    .bind("dry_run", dryRunId)
                    .bind("message", message)
                    .bind("now", now)
                    .mapTo(Long.class)
                    .one();
            var batch = handle.prepareBatch("""
                    insert into dispatch_signal (dispatch_id, signal_id, fingerprint) values (:dispatch, :id, :fingerprint)""");
            for (Signal signal : signals) {
                batch.bind("dispatch", id).bindMethods(signal).add();
            }
            batch.execute();
            return id;
        });
    }

    void finish(long id, String status, String error, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update dispatch set status = :status, error = :error, finished_at = :now where id = :id")
                .bind("status", status)
                .bind("error", error)
                .bind("now", now)
                .bind("id", id)
                .execute());
    }

    /** The latest message with this fingerprint since an instant that arrived or may have: its status. */
    Optional<String> sentSince(String fingerprint, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select d.status from dispatch d join dispatch_signal s on s.dispatch_id = d.id
                        where s.fingerprint = :fingerprint and d.created_at >= :since
                          and d.status in ('delivered', 'unknown', 'sending')
                        order by d.id desc limit 1""")
                .bind("fingerprint", fingerprint)
                .bind("since", since)
                .mapTo(String.class)
                .findOne());
    }

    /** The ledger, the latest first. */
    List<Dispatch> before(long id, int most) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from dispatch where id < :id order by id desc limit :most")
                        .bind("id", id)
                        .bind("most", most)
                        .map(ConstructorMapper.of(Dispatch.class))
                        .list());
    }
}

package io.voldesk.alert.dispatch;

import io.voldesk.alert.signal.StandingSignal;
import io.voldesk.kit.lock.RunLedger;
import io.voldesk.kit.lock.RunLock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Messages written before they are sent: a crash in between leaves a line that says so. */
@ApplicationScoped
public class Outbox {
    private final Jdbi jdbi;
    private final RunLedger ledger;
    private final Clock clock;

    public Outbox(Jdbi jdbi, RunLock locks, Clock clock) {
        this.jdbi = jdbi;
        this.ledger = new RunLedger(
                jdbi, locks, "dispatch", "sending", "status = 'unknown', error = 'the service stopped while sending'");
        this.clock = clock;
    }

    /** What a killed process was sending: nobody knows whether it arrived, and nobody sends it again unasked. */
    void settle() {
        ledger.settle();
    }

    /** @param session of the lock on sending */
    long begin(RunLock.Held session, List<StandingSignal> signals, String message, String note, String requestedBy) {
        return ledger.enter(session, handle -> {
            long id = handle.createQuery("""
                            insert into dispatch (requested_by, note, message, status, created_at)
                            values (:by, :note, :message, 'sending', :now) returning id""")
                    .bind("by", requestedBy)
                    .bind("note", note)
                    .bind("message", message)
                    .bind("now", clock.instant())
                    .mapTo(Long.class)
                    .one();
            var batch = handle.prepareBatch("""
                    insert into dispatch_signal (dispatch_id, signal_id, fingerprint) values (:dispatch, :signal, :fingerprint)""");
            for (StandingSignal signal : signals) {
                batch.bind("dispatch", id)
                        .bind("signal", signal.id())
                        .bind("fingerprint", signal.fingerprint())
                        .add();
            }
            batch.execute();
            return id;
        });
    }

    void finish(long id, String status, String error) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update dispatch set status = :status, error = :error, finished_at = :now where id = :id")
                .bind("status", status)
                .bind("error", error)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    /** The latest message with this fingerprint since an instant that arrived or may have. */
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
}

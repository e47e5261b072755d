package io.voldesk.snapshot.remediation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;

/** Writes remediation events. */
@ApplicationScoped
public class RemediationLog {
    private final Clock clock;

    public RemediationLog(Clock clock) {
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void note(
            String who,
            String kind,
            String snapshotType,
            String currency,
            LocalDate snapshotDate,
            String status,
            String reason,
            String detail,
            Integer rowsBefore,
            Integer rowsAfter,
            Integer suspiciousBefore,
            Integer suspiciousAfter) {
        RemediationEvent event = new RemediationEvent();
        event.at = clock.instant();
        event.who = who;
        event.kind = kind;
        event.snapshotType = snapshotType;
        event.currency = currency;
        event.snapshotDate = snapshotDate;
        event.reason = reason;
        event.detail = detail;
        event.rowsBefore = rowsBefore;
        event.rowsAfter = rowsAfter;
        event.suspiciousBefore = suspiciousBefore;
        event.suspiciousAfter = suspiciousAfter;
        event.status = status;
        event.persist();
    }
}

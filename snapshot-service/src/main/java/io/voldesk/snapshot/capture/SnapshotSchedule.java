package io.voldesk.snapshot.capture;

import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import io.voldesk.model.Currency;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The daily run of a self-hosted desk; off unless SNAPSHOT_CRON is set. */
@ApplicationScoped
public class SnapshotSchedule implements Recurring {
    private static final Logger LOG = Logger.getLogger(SnapshotSchedule.class);

    private final SnapshotCapture capture;
    private final String cron;

    public SnapshotSchedule(SnapshotCapture capture, @ConfigProperty(name = "voldesk.snapshot.cron") String cron) {
        this.capture = capture;
        this.cron = cron;
    }

    @Override
    public String name() {
        return "daily_snapshot";
    }

    @Override
    public Recurrence when() {
        return Recurrence.cron(cron);
    }

    @Override
    public void recur() {
        List<CaptureResult> results =
                capture.scheduled(Arrays.asList(SnapshotType.values()), Currency.CODES, "scheduler:internal");
        List<CaptureResult> owed = results.stream().filter(CaptureResult::owed).toList();
        if (!owed.isEmpty()) {
            LOG.warnf("%d of %d snapshots were not stored: %s", owed.size(), results.size(), owed);
        }
    }
}

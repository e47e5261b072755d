package io.voldesk.snapshot.capture;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/** The daily run of a self-hosted desk; off unless SNAPSHOT_CRON is set. */
@ApplicationScoped
public class SnapshotSchedule {
    private static final Logger LOG = Logger.getLogger(SnapshotSchedule.class);

    private final SnapshotCapture capture;

    public SnapshotSchedule(SnapshotCapture capture) {
        this.capture = capture;
    }

    @Scheduled(
            cron = "{voldesk.snapshot.cron}",
            timeZone = "UTC",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void daily() {
        List<CaptureResult> results =
                capture.scheduled(Arrays.asList(SnapshotType.values()), Currency.CODES, "scheduler:internal");
        List<CaptureResult> owed = results.stream().filter(CaptureResult::owed).toList();
        if (!owed.isEmpty()) {
            LOG.warnf("%d of %d snapshots were not stored: %s", owed.size(), results.size(), owed);
        }
    }
}

package io.voldesk.snapshot.capture;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;

/** The daily run of a self-hosted desk; off unless SNAPSHOT_CRON is set. */
@ApplicationScoped
public class SnapshotSchedule {
    private final SnapshotCapture capture;

    public SnapshotSchedule(SnapshotCapture capture) {
        this.capture = capture;
    }

    @Scheduled(
            cron = "{voldesk.snapshot.cron}",
            timeZone = "UTC",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void daily() {
        capture.scheduled(Arrays.asList(SnapshotType.values()), SnapshotType.CURRENCIES, "scheduler:internal");
    }
}

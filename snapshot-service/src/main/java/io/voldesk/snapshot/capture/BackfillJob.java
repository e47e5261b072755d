package io.voldesk.snapshot.capture;

import io.voldesk.kit.job.JobKind;
import io.voldesk.kit.job.Progress;
import jakarta.inject.Singleton;

/** A backfill as a job; its request is the number of the backfill, whose tasks are what is left of it. */
@Singleton
public class BackfillJob implements JobKind<Long> {
    static final String NAME = "snapshot_backfill";

    private final Backfill backfill;

    public BackfillJob(Backfill backfill) {
        this.backfill = backfill;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<Long> requestType() {
        return Long.class;
    }

    @Override
    public Backfill.Report run(String requestedBy, Long request, Progress progress) {
        return backfill.work(request, progress);
    }
}

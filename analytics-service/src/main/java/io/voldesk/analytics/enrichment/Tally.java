package io.voldesk.analytics.enrichment;

import io.voldesk.kit.job.Progress;

/** What a step has done so far; after each portion it may be stopped. Not thread-safe. */
public final class Tally {
    private final String step;
    private final Progress progress;
    private long total;
    private long done;
    private long processed;
    private long written;
    private long vendorFailures;

    public Tally(String step, Progress progress) {
        this.step = step;
        this.progress = progress;
    }

    /** @param executions the step will look at */
    public void begin(long executions) {
        total = executions;
        progress.at(step, 0, total);
    }

    /** @throws io.voldesk.kit.job.JobStopped where the run should end here */
    public void portion(long executions, long rowsProcessed, long rowsWritten) {
        done += executions;
        processed += rowsProcessed;
        written += rowsWritten;
        progress.at(step, done, total);
    }

    /** Of rows whose vendor failed. */
    public void vendorFailed(long rows) {
        vendorFailures += rows;
    }

    public long vendorFailures() {
        return vendorFailures;
    }

    public long executions() {
        return done;
    }

    public long rowsProcessed() {
        return processed;
    }

    public long rowsWritten() {
        return written;
    }
}

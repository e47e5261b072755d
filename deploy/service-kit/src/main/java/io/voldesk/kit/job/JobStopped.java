package io.voldesk.kit.job;

/** Thrown out of a safe point: the job was cancelled, or its instance is stopping or has lost it. */
public final class JobStopped extends RuntimeException {
    private final boolean cancelled;

    JobStopped(boolean cancelled) {
        super(cancelled ? "cancelled" : "the service stopped during the run", null, false, false);
        this.cancelled = cancelled;
    }

    /** Whether somebody cancelled it; otherwise it is taken up again. */
    public boolean cancelled() {
        return cancelled;
    }
}

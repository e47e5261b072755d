package io.voldesk.kit.job;

/** Thrown out of a safe point: the job was cancelled, or its instance is stopping or has lost it. */
public final class JobStopped extends RuntimeException {
    enum Why {
        CANCELLED("cancelled"),
        STOPPING("the service stopped during the run"),
        LOST("the service was silent for too long: another instance has taken the run over");

        private final String words;

        Why(String words) {
            this.words = words;
        }
    }

    private final Why why;

    JobStopped(Why why) {
        super(why.words, null, false, false);
        this.why = why;
    }

    /** Whether somebody cancelled it; otherwise it is taken up again. */
    public boolean cancelled() {
        return why == Why.CANCELLED;
    }

    Why why() {
        return why;
    }
}

package io.voldesk.kit.job;

import org.jdbi.v3.core.Handle;

/** Where long work tells how far it is, and learns at its safe points that it should stop. */
public interface Progress {
    /** For work nobody follows: a run that answers synchronously. */
    Progress NONE = (step, done, total) -> {};

    /**
     * A safe point: nothing is lost or half-written if the work ends here.
     *
     * @param done of the step, in its own unit
     * @param total null where it is not known beforehand
     * @throws JobStopped where the work should end now
     */
    void at(String step, long done, Long total);

    /**
     * The last word before a commit: makes sure, in the very transaction, that the work is still this runner's, and keeps it so until
     * that transaction ends. A runner that was paused after its last safe point so long that another has the work by now rolls back.
     *
     * @throws JobStopped where the work is another's
     */
    default void beforeCommit(Handle transaction) {}
}

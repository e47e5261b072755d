package io.voldesk.analytics.enrichment;

/** One persisted enrichment. */
public interface Step {
    String name();

    /**
     * Enriches the chosen executions portion by portion, each stored before the next is begun; a dry run finds out but writes
     * nothing.
     *
     * @param tally told of each portion, after it is stored
     * @throws RuntimeException where the step could not go on; what it stored stands, and other steps go on
     */
    void run(Selection selection, int limit, boolean dryRun, Tally tally);
}

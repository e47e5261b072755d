package io.voldesk.analytics.enrichment;

/** One persisted enrichment. */
public interface Step {
    String name();

    /**
     * Enriches the chosen executions; a dry run finds out but writes nothing.
     *
     * @throws RuntimeException where the step could not be done; other steps go on
     */
    Result run(Selection selection, int limit, boolean dryRun);

    record Result(long rowsProcessed, long rowsWritten) {}
}

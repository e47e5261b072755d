package io.voldesk.kit.job;

/**
 * Work that can run as a job. Running it again from the start, after a crash at any point, must be safe.
 *
 * @param <R> what it is asked, kept as JSON
 */
public interface JobKind<R> {
    /** Its name in the ledger, for example {@code trade_sync}. */
    String name();

    Class<R> requestType();

    /**
     * @param request as it was submitted
     * @return what is kept as the job's result, as JSON
     */
    Object run(String requestedBy, R request, Progress progress);
}

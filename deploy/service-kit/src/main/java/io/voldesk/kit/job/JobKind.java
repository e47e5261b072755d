package io.voldesk.kit.job;

/** Work that can run as a job. Running it again from the start, after a crash at any point, must be safe. */
public interface JobKind {
    /** Its name in the ledger, for example {@code trade_sync}. */
    String name();

    /**
     * @param request the JSON it was submitted with
     * @return what is kept as the job's result, as JSON
     */
    Object run(String requestedBy, String request, Progress progress);
}

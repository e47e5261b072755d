package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** What execution sync asks of trade analytics after a real sync, and the summary it gets back. */
public final class Enrichment {
    private Enrichment() {}

    /** Enrich the executions of {@code source} changed after one number of change up to and including another. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Request(String source, long afterChangeSeq, long uptoChangeSeq) {}

    /**
     * @param status {@code ok} or {@code partial_error}
     * @param rowsProcessed rows processed by the persisted steps
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Summary(
            String status, boolean dryRun, long rowsProcessed, List<Step> steps, List<StepError> errors) {}

    /** @param status {@code ok}, {@code skipped}, {@code derived_on_read} or {@code error} */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Step(String name, String status, long rowsProcessed, long rowsWritten, String reason) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StepError(String step, String reason) {}
}

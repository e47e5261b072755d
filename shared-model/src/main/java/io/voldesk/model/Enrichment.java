package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What execution sync asks of trade analytics after a real sync, and the summary it gets back. */
public final class Enrichment {
    private Enrichment() {}

    /** Enrich the executions of {@code source} changed after one number of change up to and including another. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Request(String source, long afterChangeSeq, long uptoChangeSeq) {}

    /**
     * @param status {@code ok} or {@code partial_error}
     * @param rowsProcessed rows processed by the persisted steps
     * @param errors what went wrong, step by step
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Summary(String status, boolean dryRun, long rowsProcessed, List<Step> steps, List<StepError> errors) {
        /** Of this and a later portion: rows and errors of both, step by step. */
        public Summary plus(Summary later) {
            List<Step> both = new ArrayList<>();
            for (Step step : later.steps()) {
                both.add(steps.stream()
                        .filter(s -> s.name().equals(step.name()))
                        .findFirst()
                        .map(step::plus)
                        .orElse(step));
            }
            List<StepError> all = new ArrayList<>(errors);
            all.addAll(later.errors());
            return new Summary(
                    all.isEmpty() ? later.status() : "partial_error",
                    later.dryRun(),
                    rowsProcessed + later.rowsProcessed(),
                    both,
                    all);
        }

        /**
         * Whether something was not looked at and has to be asked for again. What a vendor failed to answer has been looked at:
         * it is pending, and trade analytics asks for it again by itself.
         */
        @JsonIgnore
        public boolean unfinished() {
            return errors.stream()
                    .anyMatch(error -> steps.stream()
                            .noneMatch(step -> step.name().equals(error.step())
                                    && step.status().equals("partial_error")));
        }
    }

    /**
     * @param status {@code ok}, {@code skipped}, {@code derived_on_read}, {@code partial_error} (a vendor failed for some rows, which
     *     are pending) or {@code error} (broken off)
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Step(
            String name,
            String status,
            long rowsProcessed,
            long rowsWritten,
            @Nullable String reason) {
        private Step plus(Step earlier) {
            boolean earlierSays = status.equals("ok") && !earlier.status().equals("ok");
            return new Step(
                    name,
                    earlierSays ? earlier.status() : status,
                    rowsProcessed + earlier.rowsProcessed(),
                    rowsWritten + earlier.rowsWritten(),
                    earlierSays ? earlier.reason() : reason);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StepError(String step, String reason) {}
}

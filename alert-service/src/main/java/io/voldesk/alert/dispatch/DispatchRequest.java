package io.voldesk.alert.dispatch;

import io.voldesk.kit.problem.Problem;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * @param dryRun true where left out
 * @param signalIds the signals meant; all that fire where left out. Named ones are sent even within their repeat interval
 * @param note the operator's words, in front of the signals
 * @param dryRunId the dry run that was looked at: exactly what it showed is sent, or nothing
 */
public record DispatchRequest(
        Boolean dryRun,
        @Size(max = 1_000) List<@NotNull Long> signalIds,
        @Size(max = 1_000) String note,
        @Min(1) Long dryRunId) {
    static final DispatchRequest OF_NOTHING = new DispatchRequest(null, null, null, null);

    boolean real() {
        return Boolean.FALSE.equals(dryRun);
    }

    /** @throws Problem 400 naming the field that is wrong */
    void check() {
        if (dryRunId != null && !real()) {
            throw Problem.badField("dry_run_id", "goes with \"dry_run\": false");
        }
    }
}

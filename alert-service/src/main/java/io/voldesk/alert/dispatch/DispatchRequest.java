package io.voldesk.alert.dispatch;

import io.voldesk.alert.RequestText;
import io.voldesk.kit.problem.Problem;
import java.util.List;
import java.util.Objects;

/**
 * @param dryRun true where left out
 * @param signalIds the signals meant; all that fire where left out. Named ones are sent even within their repeat interval
 * @param note the operator's words, in front of the signals
 * @param dryRunId the dry run that was looked at: exactly what it showed is sent, or nothing
 */
public record DispatchRequest(Boolean dryRun, List<Long> signalIds, String note, Long dryRunId) {
    static final DispatchRequest OF_NOTHING = new DispatchRequest(null, null, null, null);

    private static final int LONGEST_NOTE = 1_000;
    private static final int MOST_SIGNALS = 1_000;

    boolean real() {
        return Boolean.FALSE.equals(dryRun);
    }

    /** @throws Problem 400 naming the field that is wrong */
    void check() {
        RequestText.checked("note", note, LONGEST_NOTE);
        if (signalIds != null && signalIds.stream().anyMatch(Objects::isNull)) {
            throw Problem.badField("signal_ids", "must not hold null");
        }
        if (signalIds != null && signalIds.size() > MOST_SIGNALS) {
            throw Problem.badField("signal_ids", "must be at most " + MOST_SIGNALS);
        }
        if (dryRunId != null && !real()) {
            throw Problem.badField("dry_run_id", "goes with \"dry_run\": false");
        }
    }
}

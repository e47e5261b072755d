package io.voldesk.analytics.pipeline;

import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Source;
import io.voldesk.kit.param.Arguments;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

/** Body of a backfill; what is left out is the runbook's value, and a dry run. */
public record BackfillRequest(
        Source source,
        @Size(max = Arguments.LONGEST_TEXT) String portfolio,
        @Min(1) @Max(MOST) Integer limit,
        Boolean dryRun,
        Boolean includeContext,
        Boolean includeExecution,
        Boolean includeOutcomes) {
    static final int MOST = 1_000_000;
    static final BackfillRequest OF_NOTHING = new BackfillRequest(null, null, null, null, null, null, null);

    Selection selection() {
        return Selection.all(Source.of(source), portfolio == null || portfolio.isBlank() ? null : portfolio);
    }

    int most() {
        return limit == null ? 500 : limit;
    }

    boolean dry() {
        return !Boolean.FALSE.equals(dryRun);
    }

    Pipeline.Steps steps() {
        return new Pipeline.Steps(
                !Boolean.FALSE.equals(includeContext),
                !Boolean.FALSE.equals(includeExecution),
                Boolean.TRUE.equals(includeOutcomes));
    }
}

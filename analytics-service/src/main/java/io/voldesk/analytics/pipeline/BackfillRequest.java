package io.voldesk.analytics.pipeline;

import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.kit.param.Params;

/** Body of a backfill; what is left out is the runbook's value, and a dry run. */
public record BackfillRequest(
        String source,
        String portfolio,
        Integer limit,
        Boolean dryRun,
        Boolean includeContext,
        Boolean includeExecution,
        Boolean includeOutcomes) {
    static final int MOST = 1_000_000;
    static final BackfillRequest OF_NOTHING = new BackfillRequest(null, null, null, null, null, null, null);

    /** @throws io.voldesk.kit.problem.Problem 400 naming the field that is wrong */
    Selection selection() {
        return Selection.all(Projection.source(source), portfolio == null || portfolio.isBlank() ? null : portfolio);
    }

    /** @throws io.voldesk.kit.problem.Problem 400 naming the field that is wrong */
    int most() {
        return limit == null ? 500 : Params.between("limit", limit, 1, MOST);
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

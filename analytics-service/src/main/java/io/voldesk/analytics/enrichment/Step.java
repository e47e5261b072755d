package io.voldesk.analytics.enrichment;

import io.voldesk.analytics.execution.ExecutionRow;
import java.util.List;

/** One persisted enrichment: what it finds out about executions, and where that is kept. */
public interface Step<R extends Record & EnrichedRow> {
    String name();

    Layout<R> layout();

    /**
     * One row for each execution, in any order.
     *
     * @param executions a portion of them, the latest first
     * @throws RuntimeException where the step cannot go on; what was stored before stands, and other steps go on
     */
    List<R> enrich(List<ExecutionRow> executions);

    /**
     * @param settled condition on a stored row {@code x}: a re-run cannot better it
     * @param portion how many executions are looked into at once
     */
    record Layout<R extends Record & EnrichedRow>(RowTable<R> table, String contextKey, String settled, int portion) {}
}

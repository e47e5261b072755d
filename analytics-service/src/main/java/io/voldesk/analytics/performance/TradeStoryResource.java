package io.voldesk.analytics.performance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One execution's whole story: its context, benchmark, marks and alignment, each with the raw payload it was read from. */
@Path("/api/internal/trades/{id}/analytics")
@RunOnVirtualThread
public class TradeStoryResource {
    private final Jdbi jdbi;

    public TradeStoryResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Rows as stored; null where the execution has not been enriched yet. */
    public record Story(
            ExecutionRow execution,
            Map<String, Object> marketContext,
            Map<String, Object> executionBenchmark,
            List<Map<String, Object>> outcomeMarks,
            Alignment alignment) {}

    @GET
    public Story story(@PathParam("id") String id) {
        return jdbi.withHandle(handle -> {
            ExecutionRow execution = handle.createQuery(
                            "select " + ExecutionRow.COLUMNS + " from execution e where source_trade_id = :id")
                    .bind("id", id)
                    .map((row, context) -> ExecutionRow.read(row))
                    .findOne()
                    .orElseThrow(() -> Problem.notFound("no execution " + id + " in the projection"));
            Alignment.Context context = handle.createQuery(
                            "select state as c_state, * from market_context where source_trade_id = :id")
                    .bind("id", id)
                    .map((row, c) -> PerformanceStore.context(row))
                    .findOne()
                    .orElse(null);
            return new Story(
                    execution,
                    rows(handle, "market_context", id).stream().findFirst().orElse(null),
                    rows(handle, "execution_benchmark", id).stream().findFirst().orElse(null),
                    rows(handle, "outcome_mark", id),
                    Alignment.of(execution.side(), context));
        });
    }

    private static List<Map<String, Object>> rows(Handle handle, String table, String id) {
        return handle.createQuery("select * from " + table + " where source_trade_id = :id order by context_key")
                .bind("id", id)
                .map((row, context) -> Rows.asMap(row))
                .list();
    }
}

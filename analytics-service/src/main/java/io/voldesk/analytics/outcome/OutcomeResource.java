package io.voldesk.analytics.outcome;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.pipeline.Pipeline;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;

/** Backfill of forward outcome marks, as a bounded batch of its own. */
@Path("/api/internal/trades/outcomes")
@RunOnVirtualThread
public class OutcomeResource {
    private final OutcomeBackfill backfill;
    private final Projection projection;
    private final RunLock locks;
    private final Actor actor;

    public OutcomeResource(OutcomeBackfill backfill, Projection projection, RunLock locks, Actor actor) {
        this.backfill = backfill;
        this.projection = projection;
        this.locks = locks;
        this.actor = actor;
    }

    /** What is left out is the runbook's value; a dry run unless asked otherwise. */
    public record Request(
            String source,
            String portfolio,
            Integer limit,
            Integer lookbackDays,
            List<Integer> horizons,
            Boolean dryRun,
            Integer quoteWindowMinutes,
            Integer maxMarkStalenessMinutes) {}

    public record Answer(
            String status,
            boolean dryRun,
            long executions,
            long rowsProcessed,
            long rowsWritten,
            List<OutcomeBackfill.HorizonCounts> horizons) {}

    @POST
    @Path("/backfill")
    @AdminOnly
    public Answer backfill(Request sent) {
        Request request = sent == null ? new Request(null, null, null, null, null, null, null, null) : sent;
        String source = Pipeline.source(request.source());
        List<Integer> horizons = request.horizons() == null ? List.of(1, 7, 30) : request.horizons();
        if (horizons.isEmpty() || horizons.size() > 12) {
            throw Problem.badField("horizons", "must hold 1 to 12 horizons in days");
        }
        for (Integer horizon : horizons) {
            if (horizon == null || horizon < 1 || horizon > 365) {
                throw Problem.badField("horizons", "each must be between 1 and 365 days");
            }
        }
        boolean dryRun = !Boolean.FALSE.equals(request.dryRun());
        var asked = new OutcomeBackfill.Asked(
                Selection.all(source, request.portfolio()),
                value("limit", request.limit(), 100, 1, 10_000),
                value("lookback_days", request.lookbackDays(), 365, 1, 3_650),
                horizons.stream().distinct().sorted().toList(),
                Duration.ofMinutes(value("quote_window_minutes", request.quoteWindowMinutes(), 30, 1, 720)),
                Duration.ofMinutes(
                        value("max_mark_staleness_minutes", request.maxMarkStalenessMinutes(), 60, 1, 1_440)),
                dryRun);
        try {
            OutcomeBackfill.Found found;
            if (dryRun) {
                found = backfill.run(asked);
            } else {
                try (var _ = locks.take("analytics:outcomes:" + source, actor.name())) {
                    projection.catchUp(source);
                    found = backfill.run(asked);
                }
            }
            return new Answer(
                    "ok", dryRun, found.executions(), found.rowsProcessed(), found.rowsWritten(), found.horizons());
        } catch (MarketData.Unreachable e) {
            throw Problem.upstream(e.getMessage(), e);
        }
    }

    private static int value(String field, Integer sent, int fallback, int min, int max) {
        return sent == null ? fallback : Params.between(field, sent, min, max);
    }
}

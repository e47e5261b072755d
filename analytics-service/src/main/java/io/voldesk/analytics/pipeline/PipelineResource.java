package io.voldesk.analytics.pipeline;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.enrichment.AskedAgain;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.analytics.execution.ProjectionStore;
import io.voldesk.analytics.execution.Source;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.job.Async;
import io.voldesk.kit.job.Job;
import io.voldesk.kit.job.Jobs;
import io.voldesk.kit.job.Progress;
import io.voldesk.model.Enrichment;
import jakarta.validation.Valid;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Status and backfill of the enrichment. */
@Path("/")
@RunOnVirtualThread
public class PipelineResource {
    private final Pipeline pipeline;
    private final PipelineState state;
    private final Projection projection;
    private final Jdbi jdbi;
    private final Jobs jobs;
    private final Clock clock;
    private final Actor actor;

    public PipelineResource(
            Pipeline pipeline,
            PipelineState state,
            Projection projection,
            Jdbi jdbi,
            Jobs jobs,
            Clock clock,
            Actor actor) {
        this.pipeline = pipeline;
        this.state = state;
        this.projection = projection;
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.clock = clock;
        this.actor = actor;
    }

    /**
     * How many executions stand where; each family adds up to {@code totalTrades}. Counts are states, never zero-valued
     * metrics. A context that is still to be looked for counts as missing. The outcome family is of the 7-day horizon, its pending
     * ones are those to come and those a vendor failed for.
     */
    public record Quality(
            long totalTrades,
            long okContext,
            long missingContext,
            long staleContext,
            long unmappedContext,
            long availableBenchmark,
            long modelBenchmark,
            long implausibleBenchmark,
            long pendingBenchmark,
            long missingBenchmark,
            long unavailableBenchmark,
            long availableOutcomes,
            long pendingOutcomes,
            long unavailableOutcomes) {}

    public record Freshness(
            @Nullable Instant lastSuccessfulSyncAt,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt,
            @JsonRawValue String lastRunSummary) {}

    public record Status(
            String source,
            @Nullable String portfolio,
            Quality quality,
            Freshness freshness,
            ProjectionStore.Position projection,
            List<PipelineRun> lastRuns) {}

    @GET
    @Path("/api/internal/trades/analytics/status")
    public Status status(
            @QueryParam("source") @DefaultValue(Projection.ALPHA_SYNC) Source source,
            @QueryParam("portfolio") String portfolio) {
        Selection selection = Selection.all(source.code(), portfolio);
        state.settle();
        PipelineState.Freshness freshness = state.read(selection);
        return new Status(
                selection.source(),
                selection.portfolio(),
                quality(selection),
                new Freshness(
                        freshness.lastSuccessfulSyncAt(),
                        freshness.lastError(),
                        freshness.lastErrorAt(),
                        freshness.lastRunSummary()),
                projection.position(selection.source()),
                PipelineRun.latest(10));
    }

    /** A row computed for an earlier version of its execution counts as missing. */
    private Quality quality(Selection selection) {
        return jdbi.withHandle(handle -> selection
                .bind(handle.createQuery("""
                        select count(*) as total,
                          count(*) filter (where c.state = 'ok') as ok_context,
                          count(*) filter (where c.state is null or c.state in ('missing', 'pending')) as missing_context,
                          count(*) filter (where c.state = 'stale') as stale_context,
                          count(*) filter (where c.state = 'unmapped') as unmapped_context,
                          count(*) filter (where b.state = 'ok') as available_benchmark,
                          count(*) filter (where b.state = 'model') as model_benchmark,
                          count(*) filter (where b.state = 'implausible_fill') as implausible_benchmark,
                          count(*) filter (where b.state = 'pending') as pending_benchmark,
                          count(*) filter (where b.state is null) as missing_benchmark,
                          count(*) filter (where b.state = 'unavailable') as unavailable_benchmark,
                          count(*) filter (where o.state = 'unrealized_mark') as available_outcomes,
                          count(*) filter (where o.state = 'pending' and (o.target_at > :now or o.reason in %1$s)
                            or o.state is null and ahead) as pending_outcomes,
                          count(*) filter (where o.state = 'unavailable'
                            or o.state = 'pending' and o.target_at <= :now and o.reason not in %1$s
                            or o.state is null and not ahead) as unavailable_outcomes
                        from (select e.*, coalesce(e.executed_at + interval '7 days' > :now, false) as ahead
                              from execution e where %2$s) e
                        left join market_context c on c.source_trade_id = e.source_trade_id and c.for_version = e.version
                        left join execution_benchmark b on b.source_trade_id = e.source_trade_id and b.for_version = e.version
                        left join outcome_mark o on o.source_trade_id = e.source_trade_id and o.for_version = e.version
                          and o.horizon_days = 7""".formatted(AskedAgain.SQL, Selection.CONDITION)))
                .bind("now", clock.instant())
                .map((row, context) -> new Quality(
                        row.getLong("total"),
                        row.getLong("ok_context"),
                        row.getLong("missing_context"),
                        row.getLong("stale_context"),
                        row.getLong("unmapped_context"),
                        row.getLong("available_benchmark"),
                        row.getLong("model_benchmark"),
                        row.getLong("implausible_benchmark"),
                        row.getLong("pending_benchmark"),
                        row.getLong("missing_benchmark"),
                        row.getLong("unavailable_benchmark"),
                        row.getLong("available_outcomes"),
                        row.getLong("pending_outcomes"),
                        row.getLong("unavailable_outcomes")))
                .one());
    }

    /** The summary, or with {@code Prefer: respond-async} 202 and a job whose result is the summary. */
    @POST
    @Path("/api/internal/trades/analytics/backfill")
    @AdminOnly
    @APIResponse(
            responseCode = "200",
            description = "What was done",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Enrichment.Summary.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job that does it",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Job.class)))
    public Response backfill(@HeaderParam("Prefer") List<String> prefer, @Valid BackfillRequest sent) {
        BackfillRequest request = sent == null ? BackfillRequest.OF_NOTHING : sent;
        if (Async.preferred(prefer)) {
            return Async.accepted(jobs.submit(BackfillJob.NAME, request, actor.name()));
        }
        return Response.ok(pipeline.backfill(request, actor.name(), Progress.NONE))
                .build();
    }

    /** Asked by execution sync after a real sync. */
    @POST
    @Path("/internal/enrichment")
    @AdminOnly
    public Enrichment.Summary enrich(Enrichment.Request request) {
        return pipeline.afterSync(request);
    }
}

package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.job.Async;
import io.voldesk.kit.job.Jobs;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.param.Params;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.alpha.AlphaWalkFailed;
import io.voldesk.tradesync.execution.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The sync card, preview, sync and the ledgers. */
@Path("/api/internal/trades/sync")
@RunOnVirtualThread
public class SyncResource {
    private final SyncRunner runner;
    private final SyncStateStore states;
    private final EnrichmentDebts debts;
    private final AlphaSettings settings;
    private final Jobs jobs;
    private final Actor actor;

    public SyncResource(
            SyncRunner runner,
            SyncStateStore states,
            EnrichmentDebts debts,
            AlphaSettings settings,
            Jobs jobs,
            Actor actor) {
        this.runner = runner;
        this.states = states;
        this.debts = debts;
        this.settings = settings;
        this.jobs = jobs;
        this.actor = actor;
    }

    public record Configuration(String state, List<String> errors) {}

    public record Card(
            String source,
            String scopeKey,
            List<String> portfolioNames,
            boolean includePending,
            Configuration configuration,
            Instant lastSuccessfulSyncAt,
            Watermark watermark,
            String lastError,
            Instant lastErrorAt,
            @JsonRawValue String lastRunSummary,
            @JsonRawValue String lastAnalyticsSummary,
            EnrichmentDebts.Owed owedEnrichment,
            long openRejected,
            List<SyncRun> lastRuns) {}

    @GET
    @Path("/status")
    public Card status(@QueryParam("source") String source) {
        Scope scope = new Scope(source(source), settings.portfolioNames(), false);
        SyncStateStore.SyncState state = states.read(scope);
        List<SyncRun> runs = SyncRun.latest(scope.source(), 10);
        List<String> errors = configurationErrors(runs);
        return new Card(
                scope.source(),
                scope.key(),
                scope.portfolioNames(),
                scope.includePending(),
                new Configuration(errors.isEmpty() ? "ok" : "error", errors),
                state.lastSuccessfulSyncAt(),
                state.watermark(),
                state.lastError(),
                state.lastErrorAt(),
                state.lastRunSummary(),
                debts.latestSummary(scope.source()),
                debts.owed(scope.source()),
                RejectedExecution.open(scope.source()),
                runs);
    }

    /** What is not set, and what Alpha said if it refused the key in the latest run. */
    private List<String> configurationErrors(List<SyncRun> runs) {
        List<String> errors = new ArrayList<>(settings.configurationErrors());
        if (!runs.isEmpty()
                && runs.getFirst().error != null
                && runs.getFirst().error.startsWith(AlphaWalkFailed.CONFIGURATION_ERROR)) {
            errors.add(runs.getFirst().error.substring(AlphaWalkFailed.CONFIGURATION_ERROR.length()));
        }
        return errors;
    }

    /** The report, or with {@code Prefer: respond-async} 202 and a job whose result is the report. */
    @POST
    @AdminOnly
    @APIResponseSchema(SyncReport.class)
    public Response sync(@HeaderParam("Prefer") List<String> prefer, SyncRequest request) {
        SyncRequest asked = request == null ? SyncRequest.OF_NOTHING : request;
        Scope scope = asked.scope(settings.portfolioNames());
        if (Async.preferred(prefer)) {
            runner.requireConfiguration();
            return Async.accepted(jobs.submit(SyncJob.NAME, asked, actor.name()));
        }
        return Response.ok(runner.run(asked, scope, actor.name(), Progress.NONE))
                .build();
    }

    @GET
    @Path("/runs")
    public Listing<SyncRun> runs(
            @QueryParam("source") String source,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Params.integer("limit", limit, 50, 1, 500);
        List<SyncRun> runs = SyncRun.before(source(source), beforeId(cursor), most);
        return new Listing<>(runs, runs.size() < most ? null : String.valueOf(runs.getLast().id));
    }

    @GET
    @Path("/rejected")
    public Listing<RejectedExecution> rejected(
            @QueryParam("source") String source,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Params.integer("limit", limit, 50, 1, 500);
        List<RejectedExecution> rows = RejectedExecution.before(source(source), beforeId(cursor), most);
        return new Listing<>(rows, rows.size() < most ? null : String.valueOf(rows.getLast().id));
    }

    private static String source(String sent) {
        return Params.oneOf("source", sent, Scope.ALPHA_SYNC, SyncRequest.SOURCES);
    }

    private static long beforeId(String cursor) {
        return Params.sequence("cursor", cursor, Long.MAX_VALUE);
    }
}

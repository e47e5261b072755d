package io.voldesk.tradesync.sync;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.job.Async;
import io.voldesk.kit.job.Jobs;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.param.Params;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The sync card, preview, sync and the ledgers. */
@Path("/api/internal/trades/sync")
@RunOnVirtualThread
public class SyncResource {
    private final SyncRunner runner;
    private final CardReader cards;
    private final Quarantine quarantine;
    private final AlphaSettings settings;
    private final Jobs jobs;
    private final Actor actor;
    private final Clock clock;

    public SyncResource(
            SyncRunner runner,
            CardReader cards,
            Quarantine quarantine,
            AlphaSettings settings,
            Jobs jobs,
            Actor actor,
            Clock clock) {
        this.runner = runner;
        this.cards = cards;
        this.quarantine = quarantine;
        this.settings = settings;
        this.jobs = jobs;
        this.actor = actor;
        this.clock = clock;
    }

    @GET
    @Path("/status")
    public CardReader.Card status(
            @Context UriInfo uri,
            @QueryParam("source") String source,
            @QueryParam("portfolio_names") String portfolioNames,
            @QueryParam("include_pending") String includePending) {
        Params.known(uri, "source", "portfolio_names", "include_pending");
        return cards.card(ScopeParams.scope(source, portfolioNames, includePending, settings));
    }

    /** The report, or with {@code Prefer: respond-async} 202 and a job whose result is the report. */
    @POST
    @AdminOnly
    @APIResponseSchema(SyncReport.class)
    public Response sync(@HeaderParam("Prefer") List<String> prefer, SyncRequest request) {
        SyncRequest asked = request == null ? SyncRequest.OF_NOTHING : request;
        Scope scope = asked.scope(settings.portfolioNames(), settings.includePending());
        asked.since(clock.instant());
        asked.accepted();
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
            @Context UriInfo uri,
            @QueryParam("source") String source,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Params.known(uri, "source", "limit", "cursor");
        int most = Params.integer("limit", limit, 50, 1, 500);
        runner.settle();
        List<SyncRun> runs = SyncRun.before(source(source), beforeId(cursor), most);
        return new Listing<>(runs, runs.size() < most ? null : String.valueOf(runs.getLast().id));
    }

    @GET
    @Path("/rejected")
    public Listing<RejectedExecution> rejected(
            @Context UriInfo uri,
            @QueryParam("source") String source,
            @QueryParam("state") String state,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Params.known(uri, "source", "state", "limit", "cursor");
        int most = Params.integer("limit", limit, 50, 1, 500);
        String wanted = Params.oneOf("state", state, "all", Set.of("open", "resolved", "all"));
        List<RejectedExecution> rows = RejectedExecution.before(source(source), wanted, beforeId(cursor), most);
        return new Listing<>(rows, rows.size() < most ? null : String.valueOf(rows.getLast().id));
    }

    /** @param reason why the row may stay as it is */
    public record Dismissal(String reason) {}

    /** Closes a bad row for good: served again as it is, it is neither rejected nor an exception. */
    @POST
    @Path("/rejected/{id}/dismiss")
    @AdminOnly
    public RejectedExecution dismiss(@PathParam("id") String id, Dismissal dismissal) {
        String reason = ContractResource.text("reason", dismissal == null ? null : dismissal.reason());
        return quarantine.dismiss(Params.sequence("id", id, -1), actor.name(), reason, clock.instant());
    }

    private static String source(String sent) {
        return Params.oneOf("source", sent, Scope.ALPHA_SYNC, SyncRequest.SOURCES);
    }

    private static long beforeId(String cursor) {
        return Params.sequence("cursor", cursor, Long.MAX_VALUE);
    }
}

package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.job.Async;
import io.voldesk.kit.job.Job;
import io.voldesk.kit.job.Jobs;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.param.Listing;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.execution.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

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
            @QueryParam("source") @DefaultValue(Scope.ALPHA_SYNC) Source source,
            @QueryParam("portfolio_names") String portfolioNames,
            @QueryParam("include_pending") Boolean includePending) {
        return cards.card(ScopeParams.scope(source, portfolioNames, includePending, settings));
    }

    /** The report, or with {@code Prefer: respond-async} 202 and a job whose result is the report. */
    @POST
    @AdminOnly
    @APIResponse(
            responseCode = "200",
            description = "What was done",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SyncReport.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job that does it",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Job.class)))
    public Response sync(@HeaderParam("Prefer") List<String> prefer, SyncRequest request) {
        SyncRequest asked = request == null ? SyncRequest.OF_NOTHING : request;
        Scope scope = asked.scope(settings.portfolioNames(), settings.includePending());
        asked.since(clock.instant());
        asked.basis();
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
            @QueryParam("source") @DefaultValue(Scope.ALPHA_SYNC) Source source,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("cursor") @Min(0) Long cursor) {
        runner.settle();
        List<SyncRun> runs = SyncRun.before(source.code(), Listing.before(cursor), limit);
        return new Listing<>(runs, runs.size() < limit ? null : String.valueOf(runs.getLast().id));
    }

    /** Which bad rows are listed. */
    public enum RejectedState {
        OPEN,
        RESOLVED,
        ALL;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @GET
    @Path("/rejected")
    public Listing<RejectedExecution> rejected(
            @QueryParam("source") @DefaultValue(Scope.ALPHA_SYNC) Source source,
            @QueryParam("state") @DefaultValue("all") RejectedState state,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("cursor") @Min(0) Long cursor) {
        List<RejectedExecution> rows =
                RejectedExecution.before(source.code(), state.code(), Listing.before(cursor), limit);
        return new Listing<>(rows, rows.size() < limit ? null : String.valueOf(rows.getLast().id));
    }

    /** @param reason why the row may stay as it is */
    public record Dismissal(
            @NotBlank @Size(max = ContractResource.LONGEST_TEXT)
            String reason) {}

    /** Closes a bad row for good: served again as it is, it is neither rejected nor an exception. */
    @POST
    @Path("/rejected/{id}/dismiss")
    @AdminOnly
    public RejectedExecution dismiss(@PathParam("id") @Min(0) long id, @Valid Dismissal dismissal) {
        String reason = ContractResource.text("reason", dismissal == null ? null : dismissal.reason());
        return quarantine.dismiss(id, actor.name(), reason, clock.instant());
    }
}

package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The sync card, preview, sync and the ledgers. */
@Path("/api/internal/trades/sync")
@RunOnVirtualThread
public class SyncResource {
    private static final Set<String> SOURCES = Set.of(Scope.ALPHA_SYNC);

    private final SyncRunner runner;
    private final SyncStateStore states;
    private final EnrichmentDebts debts;
    private final AlphaSettings settings;
    private final Actor actor;

    public SyncResource(
            SyncRunner runner, SyncStateStore states, EnrichmentDebts debts, AlphaSettings settings, Actor actor) {
        this.runner = runner;
        this.states = states;
        this.debts = debts;
        this.settings = settings;
        this.actor = actor;
    }

    /** Body of a sync; what is left out is the safe choice. */
    public record SyncRequest(
            String source,
            Boolean dryRun,
            Boolean fullScopeDiagnostic,
            List<String> portfolioNames,
            Boolean includePending) {}

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

    public record Listing<T>(List<T> items, String nextCursor) {}

    @GET
    @Path("/status")
    public Card status(@QueryParam("source") String source) {
        Scope scope = new Scope(source(source), settings.portfolioNames(), false);
        SyncStateStore.SyncState state = states.read(scope);
        List<String> errors = settings.configurationErrors();
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
                SyncRun.latest(scope.source(), 10));
    }

    @POST
    @AdminOnly
    public SyncReport sync(SyncRequest request) {
        SyncRequest asked = request == null ? new SyncRequest(null, null, null, null, null) : request;
        List<String> portfolios = asked.portfolioNames() == null ? settings.portfolioNames() : asked.portfolioNames();
        if (portfolios.isEmpty()) {
            throw Problem.badField("portfolio_names", "must name at least one portfolio");
        }
        for (String portfolio : portfolios) {
            if (portfolio == null || !portfolio.matches("[A-Za-z0-9_.-]{1,32}")) {
                throw Problem.badField("portfolio_names", "holds a name that is none");
            }
        }
        Scope scope = new Scope(source(asked.source()), portfolios, Boolean.TRUE.equals(asked.includePending()));
        boolean full = Boolean.TRUE.equals(asked.fullScopeDiagnostic());
        return Boolean.FALSE.equals(asked.dryRun())
                ? runner.sync(scope, full, actor.name())
                : runner.preview(scope, full, actor.name());
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
        return Params.oneOf("source", sent, Scope.ALPHA_SYNC, SOURCES);
    }

    private static long beforeId(String cursor) {
        return Params.sequence("cursor", cursor, Long.MAX_VALUE);
    }
}

package io.voldesk.tradesync.sync;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.reconcile.DiagnosticLedger;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The reconciliation desk: the latest diagnostic of a scope, its breaks by age, and what operators say of them. */
@Path("/api/internal/trades/diagnostics")
@RunOnVirtualThread
public class DiagnosticResource {
    private static final Set<String> STATES = Set.of("open", "acknowledged", "resolved", "all");
    private static final Set<String> KINDS = Set.of(
            "unmatched_source", "unmatched_local", "mismatched", "premium_disagrees", "recon_break", "portfolio");
    private static final Set<String> REASONS = Set.of(
            "timing",
            "source_correction",
            "source_removed",
            "manual_booking",
            "custodian",
            "expected",
            "data_error",
            "other");
    private static final Set<String> ACTIONS = Set.of("accept", "retire");

    private final DiagnosticLedger ledger;
    private final Retirement retirement;
    private final AlphaSettings settings;
    private final Actor actor;
    private final Clock clock;

    public DiagnosticResource(
            DiagnosticLedger ledger, Retirement retirement, AlphaSettings settings, Actor actor, Clock clock) {
        this.ledger = ledger;
        this.retirement = retirement;
        this.settings = settings;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * @param latest null before the first full-scope run of the scope
     * @param counts by kind, of what is not resolved
     */
    public record Desk(
            String scopeKey,
            DiagnosticLedger.Taken latest,
            List<DiagnosticLedger.Tally> counts,
            List<DiagnosticLedger.Kept> items,
            String nextCursor) {}

    @GET
    public Desk diagnostics(
            @Context UriInfo uri,
            @QueryParam("source") String source,
            @QueryParam("portfolio_names") String portfolioNames,
            @QueryParam("include_pending") String includePending,
            @QueryParam("state") String state,
            @QueryParam("kind") String kind,
            @QueryParam("portfolio") String portfolio,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Params.known(
                uri, "source", "portfolio_names", "include_pending", "state", "kind", "portfolio", "limit", "cursor");
        Scope scope = ScopeParams.scope(source, portfolioNames, includePending, settings);
        var filter = new DiagnosticLedger.Filter(
                Params.oneOf("state", state, "open", STATES),
                kind == null ? null : Params.oneOf("kind", kind, null, KINDS),
                portfolio);
        int most = Params.integer("limit", limit, 100, 1, 1_000);
        long before = Params.sequence("cursor", cursor, Long.MAX_VALUE);
        List<DiagnosticLedger.Kept> items = ledger.breaks(scope, filter, before, most, clock.instant());
        return new Desk(
                scope.key(),
                ledger.latest(scope).orElse(null),
                ledger.tallies(scope),
                items,
                items.size() < most ? null : String.valueOf(items.getLast().id()));
    }

    /**
     * What an operator says of a break.
     *
     * @param owner who looks after it; null for the one who says it
     * @param action {@code accept} (the default): it may stand; {@code retire}: an execution that Alpha no longer serves leaves the
     *     scope, and is kept
     */
    public record Word(String owner, String reasonCode, String note, String action) {}

    @POST
    @Path("/{id}/acknowledge")
    @AdminOnly
    public DiagnosticLedger.Kept acknowledge(@PathParam("id") String id, Word word) {
        long number = Params.sequence("id", id, -1);
        if (word == null) {
            throw Problem.badField("reason_code", "is required");
        }
        String reason = Params.oneOf("reason_code", word.reasonCode(), null, REASONS);
        String action = Params.oneOf("action", word.action(), "accept", ACTIONS);
        String owner = word.owner() == null ? actor.name() : ContractResource.text("owner", word.owner());
        String note = word.note() == null ? null : ContractResource.text("note", word.note());
        Instant now = clock.instant();
        DiagnosticLedger.Kept found =
                ledger.find(number, now).orElseThrow(() -> Problem.notFound("no break " + number));
        if (found.resolvedAt() != null) {
            throw Problem.conflict("the break is resolved: " + found.resolution(), java.util.Map.of());
        }
        boolean retire = action.equals("retire");
        if (retire && !found.kind().equals("unmatched_local")) {
            throw Problem.badField("action", "only an execution that Alpha no longer serves can be retired");
        }
        retirement.acknowledge(found, owner, reason, note, actor.name(), retire, now);
        return ledger.find(number, now).orElseThrow();
    }
}

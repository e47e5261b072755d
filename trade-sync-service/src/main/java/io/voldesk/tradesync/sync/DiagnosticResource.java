package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.execution.Source;
import io.voldesk.tradesync.reconcile.DiagnosticLedger;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reconciliation desk: the latest diagnostic of a scope, its breaks by age, and what operators say of them. */
@Path("/api/internal/trades/diagnostics")
@RunOnVirtualThread
public class DiagnosticResource {
    /** Which breaks are listed. */
    public enum State {
        OPEN,
        ACKNOWLEDGED,
        RESOLVED,
        ALL;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In what the two sides of a break differ. */
    public enum Kind {
        UNMATCHED_SOURCE,
        UNMATCHED_LOCAL,
        MISMATCHED,
        PREMIUM_DISAGREES,
        RECON_BREAK,
        PORTFOLIO;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a break may stand, in the words of the desk. */
    public enum Reason {
        TIMING,
        SOURCE_CORRECTION,
        SOURCE_REMOVED,
        MANUAL_BOOKING,
        CUSTODIAN,
        EXPECTED,
        DATA_ERROR,
        OTHER;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of a break. */
    public enum Action {
        ACCEPT,
        RETIRE;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
            DiagnosticLedger.@Nullable Taken latest,
            List<DiagnosticLedger.Tally> counts,
            List<DiagnosticLedger.Kept> items,
            @Nullable String nextCursor) {}

    @GET
    public Desk diagnostics(
            @QueryParam("source") @DefaultValue(Scope.ALPHA_SYNC) Source source,
            @QueryParam("portfolio_names") String portfolioNames,
            @QueryParam("include_pending") Boolean includePending,
            @QueryParam("state") @DefaultValue("open") State state,
            @QueryParam("kind") Kind kind,
            @QueryParam("portfolio") String portfolio,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1_000) int limit,
            @QueryParam("cursor") @Min(0) Long cursor) {
        Scope scope = ScopeParams.scope(source, portfolioNames, includePending, settings);
        var filter = new DiagnosticLedger.Filter(state.code(), kind == null ? null : kind.code(), portfolio);
        List<DiagnosticLedger.Kept> items =
                ledger.breaks(scope, filter, Listing.before(cursor), limit, clock.instant());
        return new Desk(
                scope.key(),
                ledger.latest(scope).orElse(null),
                ledger.tallies(scope),
                items,
                items.size() < limit ? null : String.valueOf(items.getLast().id()));
    }

    /**
     * What an operator says of a break.
     *
     * @param owner who looks after it; null for the one who says it
     * @param action {@code accept} (the default): it may stand; {@code retire}: an execution that Alpha no longer serves leaves the
     *     scope, and is kept
     */
    public record Word(
            @Size(max = ContractResource.LONGEST_TEXT) String owner,
            @NotNull Reason reasonCode,
            @Size(max = ContractResource.LONGEST_TEXT) String note,
            Action action) {}

    @POST
    @Path("/{id}/acknowledge")
    @AdminOnly
    public DiagnosticLedger.Kept acknowledge(@PathParam("id") @Min(0) long number, @Valid Word word) {
        if (word == null) {
            throw Problem.badField("reason_code", "is required");
        }
        String owner = word.owner() == null ? actor.name() : ContractResource.text("owner", word.owner());
        String note = word.note() == null ? null : ContractResource.text("note", word.note());
        Instant now = clock.instant();
        DiagnosticLedger.Kept found =
                ledger.find(number, now).orElseThrow(() -> Problem.notFound("no break " + number));
        if (found.resolvedAt() != null) {
            throw Problem.conflict("the break is resolved: " + found.resolution(), java.util.Map.of());
        }
        boolean retire = word.action() == Action.RETIRE;
        if (retire && !found.kind().equals("unmatched_local")) {
            throw Problem.badField("action", "only an execution that Alpha no longer serves can be retired");
        }
        retirement.acknowledge(found, owner, word.reasonCode().code(), note, actor.name(), retire, now);
        return ledger.find(number, now).orElseThrow();
    }
}

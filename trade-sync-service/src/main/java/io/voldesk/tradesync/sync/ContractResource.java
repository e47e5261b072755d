package io.voldesk.tradesync.sync;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.ContractIdentity.Approval;
import io.voldesk.model.OptionContract;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.contract.ContractStore;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.execution.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
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
import org.jdbi.v3.core.Jdbi;

/** What contracts the executions are of, how surely that is known, and the operators' word on the roots where it is not. */
@Path("/api/internal/contracts")
@RunOnVirtualThread
public class ContractResource {
    private static final String ANY_CONTRACT = "270115C00100000";
    static final int LONGEST_TEXT = 500;

    private final Jdbi jdbi;
    private final ContractStore contracts;
    private final MergeStore merges;
    private final SyncStateStore states;
    private final EnrichmentDebts debts;
    private final AlphaSettings settings;
    private final Actor actor;
    private final Clock clock;

    public ContractResource(
            Jdbi jdbi,
            ContractStore contracts,
            MergeStore merges,
            SyncStateStore states,
            EnrichmentDebts debts,
            AlphaSettings settings,
            Actor actor,
            Clock clock) {
        this.jdbi = jdbi;
        this.contracts = contracts;
        this.merges = merges;
        this.states = states;
        this.debts = debts;
        this.settings = settings;
        this.actor = actor;
        this.clock = clock;
    }

    @GET
    public Listing<ContractStore.Contract> contracts(
            @QueryParam("source") @DefaultValue(Scope.ALPHA_SYNC) Source source) {
        return new Listing<>(contracts.contracts(source.code(), false), null);
    }

    /**
     * @param deliverable what one contract delivers, for example {@code 150 MSTR}
     * @param multiplier shares per contract that this is said of; contracts of the root with another stay as they were
     * @param providerRoot under which root market data has it; null for the root itself
     * @param reason why, for example the number of the clearing corporation's memo
     */
    public record Word(
            @NotBlank @Size(max = LONGEST_TEXT) String deliverable,
            @NotNull @Min(1) @Max(1_000_000) Integer multiplier,
            String providerRoot,
            @NotBlank @Size(max = LONGEST_TEXT) String reason) {}

    /** @param analytics the enrichment of the executions concerned, which follows as it follows a sync */
    public record Approved(Approval approval, long runId, EnrichmentOutcome analytics) {}

    @POST
    @Path("/{root}")
    @AdminOnly
    public Approved approve(@PathParam("root") String root, @Valid Word word) {
        requireOddRoot(root);
        if (word == null) {
            throw Problem.badField("deliverable", "is required");
        }
        if (word.providerRoot() != null) {
            parsed("provider_root", word.providerRoot());
        }
        Instant now = clock.instant();
        Approval approval = new Approval(
                root,
                text("deliverable", word.deliverable()),
                word.multiplier(),
                word.providerRoot(),
                actor.name(),
                now,
                text("reason", word.reason()));
        Scope scope = new Scope(Scope.ALPHA_SYNC, settings.portfolioNames(), settings.includePending());
        long runId = jdbi.inTransaction(handle -> {
            long run = SyncStateStore.beginRun(handle, scope, "contract_approval", actor.name(), now);
            merges.lock(handle);
            contracts.approve(handle, approval);
            MergeStore.ChangeRange range = merges.touch(handle, scope, root, run);
            if (!range.isEmpty()) {
                debts.owe(handle, run, scope, range, now);
            }
            states.finishRun(handle, run, clock.instant(), null);
            return run;
        });
        return new Approved(approval, runId, debts.settleNow(runId));
    }

    private static void requireOddRoot(String root) {
        if (parsed("root", root).rootKind() == OptionContract.RootKind.PLAIN) {
            throw Problem.badField("root", "a standard root needs no approval");
        }
    }

    private static OptionContract parsed(String field, String root) {
        try {
            OptionContract contract = OptionContract.parseOsi(root + ANY_CONTRACT);
            if (contract.root().equals(root)) {
                return contract;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw Problem.badField(field, "is no option root");
    }

    static String text(String field, String sent) {
        if (sent == null || sent.isBlank()) {
            throw Problem.badField(field, "is required");
        }
        if (sent.length() > LONGEST_TEXT || sent.indexOf('\0') >= 0) {
            throw Problem.badField(field, "must be text of at most " + LONGEST_TEXT + " characters");
        }
        return sent.strip();
    }
}

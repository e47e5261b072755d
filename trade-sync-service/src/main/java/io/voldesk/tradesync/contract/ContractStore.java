package io.voldesk.tradesync.contract;

import io.voldesk.kit.db.Rows;
import io.voldesk.model.ContractIdentity;
import io.voldesk.model.ContractIdentity.Approval;
import io.voldesk.model.OptionContract;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Contract identities as the cache and the operators' approvals give them. */
@ApplicationScoped
public class ContractStore {
    private final Jdbi jdbi;

    public ContractStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The contracts of one root, underlying and multiplier.
     *
     * @param kind {@code plain, flex, adjusted, other}
     * @param flexStyle for example {@code european_physical}; null where the root is not a FLEX root
     */
    public record Contract(
            String root,
            String underlying,
            int multiplier,
            String kind,
            @Nullable String flexStyle,
            ContractIdentity identity,
            long executions) {}

    public Approvals approvals() {
        return jdbi.withHandle(handle -> new Approvals(handle
                .createQuery("""
                        select distinct on (root) * from contract_approval order by root, id desc""")
                .map((row, context) -> new Approval(
                        row.getString("root"),
                        row.getString("deliverable"),
                        row.getInt("multiplier"),
                        row.getString("provider_root"),
                        row.getString("approved_by"),
                        Rows.instant(row.getTimestamp("approved_at")),
                        row.getString("reason")))
                .list()
                .stream()
                .collect(Collectors.toMap(Approval::root, approval -> approval))));
    }

    /**
     * For an answer that is streamed: read once, when its first row is. A word that falls after the moment the answer speaks of
     * is then either in it or told by a later number of change, and never lost between the two.
     */
    public Supplier<Approvals> approvalsAtFirstRow() {
        Approvals[] held = new Approvals[1];
        return () -> held[0] == null ? held[0] = approvals() : held[0];
    }

    /** By root; live executions only. */
    public List<Contract> contracts(String source, boolean oddOnly) {
        Approvals approvals = approvals();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select min(symbol) as symbol, underlying, multiplier, root_kind, count(*) as executions
                        from execution where source = :source and retired_at is null and (not :odd or root_kind <> 'plain')
                        group by left(symbol, 6), underlying, multiplier, root_kind
                        order by left(symbol, 6), underlying, multiplier""")
                .bind("source", source)
                .bind("odd", oddOnly)
                .map((row, context) -> {
                    OptionContract contract = OptionContract.parseOsi(row.getString("symbol"));
                    OptionContract.FlexStyle style = contract.flexStyle();
                    return new Contract(
                            contract.root(),
                            row.getString("underlying"),
                            row.getInt("multiplier"),
                            row.getString("root_kind"),
                            style == null ? null : style.name().toLowerCase(Locale.ROOT),
                            approvals.identity(
                                    row.getString("root_kind"),
                                    row.getString("symbol"),
                                    row.getString("underlying"),
                                    row.getInt("multiplier")),
                            row.getLong("executions"));
                })
                .list());
    }

    /** How many executions have an identity other than the standard listing, by status. */
    public Map<ContractIdentity.Status, Long> oddCounts(String source) {
        Map<ContractIdentity.Status, Long> counts = new EnumMap<>(ContractIdentity.Status.class);
        for (Contract contract : contracts(source, true)) {
            counts.merge(contract.identity().status(), contract.executions(), Long::sum);
        }
        return counts;
    }

    public void approve(Handle handle, Approval approval) {
        handle.createUpdate("""
                        insert into contract_approval (root, deliverable, multiplier, provider_root, approved_by, approved_at, reason)
                        values (:root, :deliverable, :multiplier, :provider, :by, :at, :reason)""")
                .bind("root", approval.root())
                .bind("deliverable", approval.deliverable())
                .bind("multiplier", approval.multiplier())
                .bind("provider", approval.providerRoot())
                .bind("by", approval.approvedBy())
                .bind("at", approval.approvedAt())
                .bind("reason", approval.reason())
                .execute();
    }
}

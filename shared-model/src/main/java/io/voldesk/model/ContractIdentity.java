package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * How surely it is known what an execution's contract is, and under which root a market-data provider has it.
 *
 * @param reason why it is no more certain; null for {@code exact_listed}, {@code flex_listed} and {@code adjusted_authoritative}
 * @param providerRoot the root a quote is looked up by; null where none can be
 * @param deliverable what one contract delivers, in the operator's words; null where nobody has approved any
 * @param approval who approved it, when and why; null where nobody has
 */
public record ContractIdentity(
        Status status, String reason, String providerRoot, String deliverable, Approval approval) {
    public enum Status {
        EXACT_LISTED,
        FLEX_LISTED,
        ADJUSTED_AUTHORITATIVE,
        STANDARD_ROOT_FALLBACK,
        UNSUPPORTED,
        UNMAPPED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Status of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        /** Whether quotes and models of the contract speak of the contract itself; else they are estimates. */
        public boolean authoritative() {
            return switch (this) {
                case EXACT_LISTED, FLEX_LISTED, ADJUSTED_AUTHORITATIVE -> true;
                case STANDARD_ROOT_FALLBACK, UNSUPPORTED, UNMAPPED -> false;
            };
        }
    }

    /**
     * An operator's word on a root.
     *
     * @param multiplier shares per contract that the approval speaks of
     * @param providerRoot null for the root itself
     */
    public record Approval(
            String root,
            String deliverable,
            int multiplier,
            String providerRoot,
            String approvedBy,
            Instant approvedAt,
            String reason) {}

    /**
     * The identity of a contract as an execution names it.
     *
     * @param underlying the execution's own
     * @param approval the latest one of the root; null where there is none
     */
    public static ContractIdentity of(OptionContract contract, String underlying, int multiplier, Approval approval) {
        OptionContract.RootKind kind = contract.rootKind();
        if (approval != null && kind != OptionContract.RootKind.PLAIN && approval.multiplier() == multiplier) {
            String provider = approval.providerRoot() == null ? contract.root() : approval.providerRoot();
            Status status = kind == OptionContract.RootKind.FLEX ? Status.FLEX_LISTED : Status.ADJUSTED_AUTHORITATIVE;
            return new ContractIdentity(status, null, provider, approval.deliverable(), approval);
        }
        String differs = approval != null ? "multiplier_differs_from_the_approved" : null;
        if (!contract.isOf(underlying)) {
            return new ContractIdentity(Status.UNMAPPED, "root_and_underlying_differ", null, null, approval);
        }
        return switch (kind) {
            case PLAIN -> new ContractIdentity(Status.EXACT_LISTED, null, contract.root(), null, null);
            case FLEX -> new ContractIdentity(Status.FLEX_LISTED, null, contract.root(), null, approval);
            case ADJUSTED ->
                new ContractIdentity(
                        Status.STANDARD_ROOT_FALLBACK,
                        differs == null ? "deliverable_not_approved" : differs,
                        contract.underlying(),
                        null,
                        approval);
            case OTHER ->
                new ContractIdentity(
                        Status.UNSUPPORTED, differs == null ? "root_of_no_known_form" : differs, null, null, approval);
        };
    }
}

package io.voldesk.tradesync.contract;

import io.voldesk.model.ContractIdentity;
import io.voldesk.model.OptionContract;
import java.util.Map;

/** The operators' latest word on each root, and the identity of a contract by it. */
public record Approvals(Map<String, ContractIdentity.Approval> byRoot) {
    public static final String PLAIN = "plain";

    /** @param rootKind as it is stored beside the symbol: a standard root needs no second look at the symbol */
    public ContractIdentity identity(String rootKind, String symbol, String underlying, int multiplier) {
        if (rootKind.equals(PLAIN)) {
            return new ContractIdentity(
                    ContractIdentity.Status.EXACT_LISTED,
                    null,
                    symbol.substring(0, symbol.length() - 15).stripTrailing(),
                    null,
                    null);
        }
        OptionContract contract = OptionContract.parseOsi(symbol);
        return ContractIdentity.of(contract, underlying, multiplier, byRoot.get(contract.root()));
    }
}

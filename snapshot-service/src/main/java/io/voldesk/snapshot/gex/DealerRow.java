package io.voldesk.snapshot.gex;

import java.time.Instant;

/**
 * The dealers' position in one instrument at one hour, as the vendor gives it.
 *
 * @param contract null where the row does not tell it whole
 * @param totalInventory contracts with the dealer's sign; null where the vendor has none
 * @param gammaLevel total inventory × the vendor's rounded Γ
 * @param indexPrice USD
 * @param unusable why the row stands in no sum: {@code suspicious} or {@code no_index_price}; null where it does
 */
record DealerRow(
        Instant at,
        Contract contract,
        Double totalInventory,
        Double gammaLevel,
        double indexPrice,
        long rawId,
        String unusable) {
    DealerRow(Instant at, Contract contract, Double totalInventory, Double gammaLevel, double indexPrice, long rawId) {
        this(at, contract, totalInventory, gammaLevel, indexPrice, rawId, null);
    }
}

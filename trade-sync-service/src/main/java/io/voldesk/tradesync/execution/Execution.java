package io.voldesk.tradesync.execution;

import io.voldesk.model.OptionContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An execution as the source reports it now.
 *
 * @param side one of Alpha's six sides
 * @param quantity contracts, positive
 * @param price average fill, USD per share
 * @param multiplier shares per contract
 * @param feesUsd null where unknown
 * @param executedAt null only on pending executions
 * @param raw the row's exact text
 */
public record Execution(
        String tradeId,
        int version,
        String portfolio,
        String status,
        String reconStatus,
        OptionContract contract,
        String underlying,
        String side,
        BigDecimal quantity,
        BigDecimal price,
        int multiplier,
        BigDecimal feesUsd,
        Instant executedAt,
        Instant updatedAt,
        LocalDate settleDate,
        String raw) {

    /** quantity × price × multiplier, unsigned, exact. */
    public BigDecimal premiumUsd() {
        return quantity.multiply(price).multiply(BigDecimal.valueOf(multiplier));
    }
}

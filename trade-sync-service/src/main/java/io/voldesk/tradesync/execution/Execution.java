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
 * @param price average fill per share, in {@code currency}
 * @param currency of the price; a row in another currency than USD carries the source's premium
 * @param sourcePremiumUsd what the source says the trade came to in USD, unsigned; null where it says nothing
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
        String currency,
        BigDecimal sourcePremiumUsd,
        int multiplier,
        BigDecimal feesUsd,
        Instant executedAt,
        Instant updatedAt,
        LocalDate settleDate,
        String raw) {

    public static final String USD = "USD";
    /** Beyond this, in USD, the source's premium and the computed one are said to disagree. */
    private static final BigDecimal PREMIUM_TOLERANCE = new BigDecimal("0.01");

    /** quantity × price × multiplier, unsigned, exact; null where the price is not in USD: no rate is guessed. */
    public BigDecimal computedPremiumUsd() {
        return computedPremiumUsd(quantity, price, multiplier, currency);
    }

    public boolean premiumDisagrees() {
        return disagree(sourcePremiumUsd, computedPremiumUsd());
    }

    static BigDecimal computedPremiumUsd(BigDecimal quantity, BigDecimal price, int multiplier, String currency) {
        return currency.equals(USD) ? quantity.multiply(price).multiply(BigDecimal.valueOf(multiplier)) : null;
    }

    static boolean disagree(BigDecimal source, BigDecimal computed) {
        return source != null
                && computed != null
                && source.subtract(computed).abs().compareTo(PREMIUM_TOLERANCE) > 0;
    }
}

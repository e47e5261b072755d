package io.voldesk.analytics;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.model.ContractIdentity;
import io.voldesk.model.QuoteLookup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Hand-made executions and quotes. */
public final class Trades {
    private Trades() {}

    /** An execution of unknown fees; {@code at} null for a pending one. */
    public static ExecutionRow trade(
            int side, String symbol, String quantity, String price, int multiplier, Instant at) {
        return trade(side, symbol, quantity, price, multiplier, at, null, null);
    }

    /** @param identity null for a standard listing, {@code currency} null for USD */
    public static ExecutionRow trade(
            int side,
            String symbol,
            String quantity,
            String price,
            int multiplier,
            Instant at,
            ContractIdentity.Status identity,
            String currency) {
        return new ExecutionRow(
                "T-1",
                1,
                "IMST",
                at == null ? "pending" : "filled",
                symbol,
                symbol.substring(0, 4).strip(),
                side,
                new BigDecimal(quantity),
                new BigDecimal(price),
                multiplier,
                null,
                at,
                null,
                identity == null ? ContractIdentity.Status.EXACT_LISTED : identity,
                null,
                currency == null ? "USD" : currency,
                null,
                symbol.substring(0, 6).strip());
    }

    /**
     * @param written {@code time bid ask mark share-price rate}, the rate where there is one, with {@code -} for what is missing and {@code ;} between quotes;
     *     one word alone is the reason of a failure
     */
    public static QuoteLookup.Found found(String written) {
        if (written == null) {
            return new QuoteLookup.Found(List.of(), null);
        }
        if (!written.contains(" ")) {
            return new QuoteLookup.Found(List.of(), written);
        }
        return new QuoteLookup.Found(
                Arrays.stream(written.split(";"))
                        .map(quote -> quote(quote.strip().split(" ")))
                        .toList(),
                null);
    }

    private static QuoteLookup.Quote quote(String[] parts) {
        return new QuoteLookup.Quote(
                Instant.parse(parts[0]),
                number(parts[1]),
                number(parts[2]),
                number(parts[3]),
                null,
                number(parts[4]),
                parts.length > 5 ? number(parts[5]) : null,
                7L);
    }

    private static Double number(String text) {
        return text.equals("-") ? null : Double.valueOf(text);
    }
}

package io.voldesk.analytics;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.model.QuoteLookup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Hand-made executions and quotes. */
public final class Trades {
    private Trades() {}

    public static ExecutionRow trade(
            int side, String symbol, String quantity, String price, int multiplier, String at) {
        return new ExecutionRow(
                "T-1",
                1,
                "IMST",
                "filled",
                symbol,
                "MSTR",
                side,
                new BigDecimal(quantity),
                new BigDecimal(price),
                multiplier,
                null,
                at == null ? null : Instant.parse(at));
    }

    public static QuoteLookup.Quote quote(String at, Double bid, Double ask, Double mark, Double underlying) {
        return new QuoteLookup.Quote(Instant.parse(at), bid, ask, mark, null, underlying, 7L);
    }

    public static QuoteLookup.Found found(QuoteLookup.Quote... quotes) {
        return new QuoteLookup.Found(List.of(quotes), null);
    }
}

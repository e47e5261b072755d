package io.voldesk.analytics.execution;

import io.voldesk.model.OptionContract;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** An execution of the projection. {@code side} +1 buy, −1 sell; {@code executedAt} null while pending. */
public record ExecutionRow(
        String sourceTradeId,
        int version,
        String portfolio,
        String status,
        String symbol,
        String underlying,
        int side,
        BigDecimal quantity,
        BigDecimal price,
        int multiplier,
        BigDecimal feesUsd,
        Instant executedAt) {

    /** Null where the symbol is none. */
    public OptionContract contract() {
        try {
            return OptionContract.parseOsi(symbol);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static ExecutionRow read(ResultSet row) throws SQLException {
        Timestamp executedAt = row.getTimestamp("executed_at");
        return new ExecutionRow(
                row.getString("source_trade_id"),
                row.getInt("version"),
                row.getString("portfolio"),
                row.getString("status"),
                row.getString("symbol"),
                row.getString("underlying"),
                row.getInt("side"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("price"),
                row.getInt("multiplier"),
                row.getBigDecimal("fees_usd"),
                executedAt == null ? null : executedAt.toInstant());
    }
}

package io.voldesk.analytics.execution;

import io.voldesk.model.OptionContract;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** An execution of the projection. {@code side} +1 buy, −1 sell; {@code executedAt} null while pending;
 * {@code positionEffect} {@code open} or {@code close}, null where the source does not say. */
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
        Instant executedAt,
        String positionEffect) {

    /** Null where the symbol is none. */
    public OptionContract contract() {
        try {
            return OptionContract.parseOsi(symbol);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Why no market can be asked about it, whatever the market holds; empty where it can. */
    public Optional<String> whyNotMarked() {
        if (contract() == null) {
            return Optional.of("bad_contract");
        }
        if (executedAt == null) {
            return Optional.of("no_execution_time");
        }
        return status.equals("cancelled") ? Optional.of("cancelled") : Optional.empty();
    }

    /** The columns {@link #read} reads, in its order; of {@code execution e}. */
    public static final String COLUMNS = """
            e.source_trade_id, e.version, e.portfolio, e.status, e.symbol, e.underlying, e.side, e.quantity, e.price,
            e.multiplier, e.fees_usd, e.executed_at, e.position_effect""";

    public static ExecutionRow read(ResultSet row) throws SQLException {
        Timestamp executedAt = row.getTimestamp(12);
        return new ExecutionRow(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                row.getBigDecimal(8),
                row.getBigDecimal(9),
                row.getInt(10),
                row.getBigDecimal(11),
                executedAt == null ? null : executedAt.toInstant(),
                row.getString(13));
    }
}

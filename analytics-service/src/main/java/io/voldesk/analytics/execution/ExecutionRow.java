package io.voldesk.analytics.execution;

import io.voldesk.model.ContractIdentity;
import io.voldesk.model.OptionContract;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An execution of the projection.
 *
 * @param side +1 buy, −1 sell
 * @param price per share, in {@code currency}
 * @param feesUsd null where unknown
 * @param executedAt null while pending
 * @param positionEffect {@code open} or {@code close}, null where the source does not say
 * @param identity how surely its contract is known
 * @param deliverable of one contract as an operator approved it, else null
 * @param premiumUsd the source's where it gave one, unsigned; null until the export has told it
 */
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
        @Nullable BigDecimal feesUsd,
        @Nullable Instant executedAt,
        @Nullable String positionEffect,
        ContractIdentity.Status identity,
        @Nullable String deliverable,
        String currency,
        BigDecimal premiumUsd) {
    private static final String USD = "USD";

    /** Null where the symbol is none. */
    public OptionContract contract() {
        try {
            return OptionContract.parseOsi(symbol);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether its marks are estimates, whoever quotes them: they may speak of another contract than its own. */
    public boolean marksAreEstimates() {
        return !identity.authoritative();
    }

    /** Why no market can be asked about it, or its price not be held against one, whatever the market holds; empty where it can. */
    public Optional<String> whyNotMarked() {
        if (contract() == null) {
            return Optional.of("bad_contract");
        }
        if (executedAt == null) {
            return Optional.of("no_execution_time");
        }
        if (status.equals("cancelled")) {
            return Optional.of("cancelled");
        }
        return switch (identity) {
            case UNSUPPORTED -> Optional.of("unsupported_contract");
            case UNMAPPED -> Optional.of("unmapped_contract");
            case EXACT_LISTED, FLEX_LISTED, ADJUSTED_AUTHORITATIVE, STANDARD_ROOT_FALLBACK ->
                currency.equals(USD) ? Optional.empty() : Optional.of("non_usd_price");
        };
    }

    /** The columns {@link #read} reads, in its order; of {@code execution e}. */
    public static final String COLUMNS = """
            e.source_trade_id, e.version, e.portfolio, e.status, e.symbol, e.underlying, e.side, e.quantity, e.price,
            e.multiplier, e.fees_usd, e.executed_at, e.position_effect, e.identity, e.deliverable, e.currency, e.premium_usd""";

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
                row.getString(13),
                ContractIdentity.Status.of(row.getString(14)),
                row.getString(15),
                row.getString(16),
                row.getBigDecimal(17));
    }
}

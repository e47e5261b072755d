package io.voldesk.analytics.execution;

import io.voldesk.kit.db.Rows;
import io.voldesk.model.ContractIdentity;
import io.voldesk.model.OptionContract;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
 * @param providerRoot the root under which market data has the contract; null where it can be looked up under none
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
        BigDecimal premiumUsd,
        String providerRoot) {
    private static final String USD = "USD";

    /** Null where the symbol is none. */
    public OptionContract contract() {
        try {
            return OptionContract.parseOsi(symbol);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The symbol its quotes are looked up by: its own contract under the provider's root. Only of what can be marked. */
    public String quotedSymbol() {
        OptionContract own = contract();
        return new OptionContract(providerRoot, own.expiry(), own.right(), own.strike()).osi();
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
                !currency.equals(USD)
                        ? Optional.of("non_usd_price")
                        : providerRoot == null ? Optional.of("no_provider_root") : Optional.empty();
        };
    }

    private static final List<String> NAMES = List.of(
            "source_trade_id",
            "version",
            "portfolio",
            "status",
            "symbol",
            "underlying",
            "side",
            "quantity",
            "price",
            "multiplier",
            "fees_usd",
            "executed_at",
            "position_effect",
            "identity",
            "deliverable",
            "currency",
            "premium_usd",
            "provider_root");

    /** The columns {@link #read} reads; of {@code execution e}. */
    public static final String COLUMNS = NAMES.stream().map(name -> "e." + name).collect(Collectors.joining(", "));

    public static ExecutionRow read(ResultSet row) throws SQLException {
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
                Rows.instant(row.getTimestamp("executed_at")),
                row.getString("position_effect"),
                ContractIdentity.Status.of(row.getString("identity")),
                row.getString("deliverable"),
                row.getString("currency"),
                row.getBigDecimal("premium_usd"),
                row.getString("provider_root"));
    }
}

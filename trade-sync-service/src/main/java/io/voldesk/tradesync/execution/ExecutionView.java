package io.voldesk.tradesync.execution;

import io.voldesk.kit.db.Rows;
import io.voldesk.kit.json.Decimals;
import io.voldesk.model.ContractIdentity;
import io.voldesk.tradesync.contract.Approvals;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An execution as the trade list shows it.
 *
 * @param price per share, in {@code currency}; {@code pricePerContract} = price × multiplier
 * @param premiumUsd unsigned; the source's where it gave one ({@code premiumSource} is {@code source}), else {@code
 *     computedPremiumUsd}, which is null where the price is not in USD
 * @param netPremiumUsd received on sells (+), paid on buys (−), less fees; null where the fees are unknown
 * @param retiredAt when an operator took it out of the scope; null for a live one
 */
public record ExecutionView(
        String sourceTradeId,
        int version,
        String portfolio,
        String status,
        String reconStatus,
        String symbol,
        String underlying,
        LocalDate expiry,
        String optionRight,
        BigDecimal strike,
        String side,
        BigDecimal quantity,
        BigDecimal price,
        int multiplier,
        BigDecimal pricePerContract,
        BigDecimal premiumUsd,
        @Nullable BigDecimal feesUsd,
        @Nullable BigDecimal netPremiumUsd,
        String currency,
        @Nullable BigDecimal computedPremiumUsd,
        String premiumSource,
        boolean premiumDisagrees,
        ContractIdentity.Status identity,
        @Nullable String identityReason,
        @Nullable Instant retiredAt,
        @Nullable Instant executedAt,
        Instant updatedAt,
        @Nullable LocalDate settleDate) {
    static final String COLUMNS = """
            source_trade_id, version, portfolio, status, recon_status, symbol, underlying, expiry, option_right, strike,
            side, quantity, price, multiplier, premium_usd, fees_usd, executed_at, updated_at, settle_date,
            currency, source_premium_usd, root_kind, retired_at""";

    static ExecutionView read(ResultSet row, Approvals approvals) throws SQLException {
        String side = row.getString("side");
        BigDecimal price = row.getBigDecimal("price");
        BigDecimal premium = row.getBigDecimal("premium_usd");
        BigDecimal fees = row.getBigDecimal("fees_usd");
        int multiplier = row.getInt("multiplier");
        BigDecimal quantity = row.getBigDecimal("quantity");
        String currency = row.getString("currency");
        BigDecimal source = row.getBigDecimal("source_premium_usd");
        BigDecimal computed = Execution.computedPremiumUsd(quantity, price, multiplier, currency);
        ContractIdentity identity = approvals.identity(
                row.getString("root_kind"), row.getString("symbol"), row.getString("underlying"), multiplier);
        BigDecimal signed = side.startsWith("sell") ? premium : premium.negate();
        return new ExecutionView(
                row.getString("source_trade_id"),
                row.getInt("version"),
                row.getString("portfolio"),
                row.getString("status"),
                row.getString("recon_status"),
                row.getString("symbol"),
                row.getString("underlying"),
                row.getObject("expiry", LocalDate.class),
                row.getString("option_right"),
                Decimals.shown(row.getBigDecimal("strike")),
                side,
                Decimals.shown(quantity),
                Decimals.shown(price),
                multiplier,
                Decimals.shown(price.multiply(BigDecimal.valueOf(multiplier))),
                Decimals.shown(premium),
                Decimals.shown(fees),
                fees == null ? null : Decimals.shown(signed.subtract(fees)),
                currency,
                Decimals.shown(computed),
                source == null ? "computed" : "source",
                Execution.disagree(source, computed),
                identity.status(),
                identity.reason(),
                Rows.instant(row.getTimestamp("retired_at")),
                Rows.instant(row.getTimestamp("executed_at")),
                Rows.instant(row.getTimestamp("updated_at")),
                row.getObject("settle_date", LocalDate.class));
    }
}

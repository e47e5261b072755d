package io.voldesk.tradesync.execution;

import io.voldesk.kit.db.Rows;
import io.voldesk.kit.json.Decimals;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An execution as the trade list shows it.
 *
 * @param price USD per share; {@code pricePerContract} = price × multiplier
 * @param premiumUsd unsigned
 * @param netPremiumUsd received on sells (+), paid on buys (−), less fees; null where the fees are unknown
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
        BigDecimal feesUsd,
        BigDecimal netPremiumUsd,
        Instant executedAt,
        Instant updatedAt,
        LocalDate settleDate) {
    static final String COLUMNS = """
            source_trade_id, version, portfolio, status, recon_status, symbol, underlying, expiry, option_right, strike,
            side, quantity, price, multiplier, premium_usd, fees_usd, executed_at, updated_at, settle_date""";

    static ExecutionView read(ResultSet row) throws SQLException {
        String side = row.getString("side");
        BigDecimal price = row.getBigDecimal("price");
        BigDecimal premium = row.getBigDecimal("premium_usd");
        BigDecimal fees = row.getBigDecimal("fees_usd");
        int multiplier = row.getInt("multiplier");
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
                Decimals.shown(row.getBigDecimal("quantity")),
                Decimals.shown(price),
                multiplier,
                Decimals.shown(price.multiply(BigDecimal.valueOf(multiplier))),
                Decimals.shown(premium),
                Decimals.shown(fees),
                fees == null ? null : Decimals.shown(signed.subtract(fees)),
                Rows.instant(row.getTimestamp("executed_at")),
                Rows.instant(row.getTimestamp("updated_at")),
                row.getObject("settle_date", LocalDate.class));
    }
}

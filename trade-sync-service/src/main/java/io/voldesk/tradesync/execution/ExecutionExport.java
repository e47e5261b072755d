package io.voldesk.tradesync.execution;

import io.voldesk.kit.db.Rows;
import io.voldesk.kit.stream.Selection;
import io.voldesk.model.ContractIdentity;
import io.voldesk.model.ExportedExecution;
import io.voldesk.tradesync.contract.Approvals;
import io.voldesk.tradesync.contract.ContractStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;

/** The cache by number of change, as analytics keeps its copy from it. */
@ApplicationScoped
public class ExecutionExport {
    private final ContractStore contracts;

    public ExecutionExport(ContractStore contracts) {
        this.contracts = contracts;
    }

    /** Current versions changed after {@code after}, in the order of change; that none has changed is an answer too. */
    Selection<ExportedExecution> changes(String source, long after, int most) {
        Supplier<Approvals> approvals = contracts.approvalsAtFirstRow();
        return new Selection<>(
                """
                select change_seq, source, source_trade_id, version, portfolio, status, symbol, underlying, side,
                       quantity, price, multiplier, fees_usd, executed_at, root_kind, currency, premium_usd, retired_at
                from execution where source = :source and change_seq > :after
                order by change_seq limit %d""".formatted(most),
                query -> query.bind("source", source).bind("after", after),
                (row, context) -> exported(row, approvals.get()));
    }

    private static ExportedExecution exported(ResultSet row, Approvals approvals) throws SQLException {
        ContractIdentity identity = approvals.identity(
                row.getString("root_kind"),
                row.getString("symbol"),
                row.getString("underlying"),
                row.getInt("multiplier"));
        return new ExportedExecution(
                row.getLong("change_seq"),
                row.getString("source"),
                row.getString("source_trade_id"),
                row.getInt("version"),
                row.getString("portfolio"),
                // analytics has no number for what is out of the books, whatever the source last said of it
                row.getTimestamp("retired_at") == null ? row.getString("status") : "cancelled",
                row.getString("symbol"),
                row.getString("underlying"),
                row.getString("side").startsWith("buy") ? 1 : -1,
                row.getBigDecimal("quantity"),
                row.getBigDecimal("price"),
                row.getInt("multiplier"),
                row.getBigDecimal("fees_usd"),
                Rows.instant(row.getTimestamp("executed_at")),
                positionEffect(row.getString("side")),
                identity.status(),
                identity.deliverable(),
                row.getString("currency"),
                row.getBigDecimal("premium_usd"),
                identity.providerRoot());
    }

    private static String positionEffect(String side) {
        return side.endsWith("_to_open") ? "open" : side.endsWith("_to_close") ? "close" : null;
    }
}

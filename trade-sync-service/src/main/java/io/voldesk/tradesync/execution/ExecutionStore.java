package io.voldesk.tradesync.execution;

import io.voldesk.kit.db.Rows;
import io.voldesk.model.ContractIdentity;
import io.voldesk.model.ExportedExecution;
import io.voldesk.tradesync.contract.Approvals;
import io.voldesk.tradesync.contract.ContractStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Reads the cache: the trade list, one execution with its history, and the export by number of change. */
@ApplicationScoped
public class ExecutionStore {
    private static final int EXPORT_PAGE = 2_000;

    private final Jdbi jdbi;
    private final ContractStore contracts;

    public ExecutionStore(Jdbi jdbi, ContractStore contracts) {
        this.jdbi = jdbi;
        this.contracts = contracts;
    }

    /** What a list may be narrowed by; null where it is not. {@code q} matches ids and symbols. */
    public record Filter(
            String portfolio,
            String status,
            String reconStatus,
            String underlying,
            Instant from,
            Instant to,
            String q) {}

    /** A version that a later one replaced, and what the later one changed in it. */
    public record Replaced(
            int version,
            Instant updatedAt,
            String status,
            String raw,
            long replacedByRun,
            Instant replacedAt,
            List<VersionChange> changes) {}

    public record Detail(ExecutionView execution, ContractIdentity contract, String raw, List<Replaced> history) {}

    /** Filtered rows in order, after a cursor, {@code most} at the most, handed over one by one. */
    void list(Filter filter, TradeSort sort, TradeSort.Cursor after, int most, Consumer<ExecutionView> rows) {
        Map<String, Object> bound = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("true");
        narrow(where, bound, "portfolio = :portfolio", "portfolio", filter.portfolio());
        narrow(where, bound, "status = :status", "status", filter.status());
        narrow(where, bound, "recon_status = :recon", "recon", filter.reconStatus());
        narrow(where, bound, "underlying = :underlying", "underlying", filter.underlying());
        narrow(where, bound, "executed_at >= :from", "from", filter.from());
        narrow(where, bound, "executed_at < :to", "to", filter.to());
        narrow(
                where,
                bound,
                "(position(lower(:q) in lower(source_trade_id)) > 0 or position(lower(:q) in lower(symbol)) > 0)",
                "q",
                filter.q());
        if (after != null) {
            where.append(" and ").append(sort.after());
            bound.put("after_value", after.value());
            bound.put("after_id", after.id());
        }
        Approvals approvals = contracts.approvals();
        jdbi.useTransaction(handle -> {
            Query query = handle.createQuery("select %s from execution where %s order by %s limit :most"
                            .formatted(ExecutionView.COLUMNS, where, sort.orderBy()))
                    .bind("most", most)
                    .setFetchSize(2_000);
            bound.forEach(query::bind);
            try (var stream = query.map((row, context) -> ExecutionView.read(row, approvals)).stream()) {
                stream.forEach(rows);
            }
        });
    }

    private static void narrow(
            StringBuilder where, Map<String, Object> bound, String condition, String name, Object value) {
        if (value != null && !value.toString().isBlank()) {
            where.append(" and ").append(condition);
            bound.put(name, value);
        }
    }

    Optional<Detail> find(String tradeId) {
        Approvals approvals = contracts.approvals();
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + ExecutionView.COLUMNS + ", raw from execution where source_trade_id = :id")
                .bind("id", tradeId)
                .map((row, context) -> {
                    String raw = row.getString("raw");
                    return new Detail(
                            ExecutionView.read(row, approvals),
                            approvals.identity(
                                    row.getString("root_kind"),
                                    row.getString("symbol"),
                                    row.getString("underlying"),
                                    row.getInt("multiplier")),
                            raw,
                            history(handle, tradeId, raw));
                })
                .findOne());
    }

    /** Replaced versions, the latest first. */
    private static List<Replaced> history(Handle handle, String tradeId, String currentRaw) {
        List<Replaced> history = new ArrayList<>();
        handle.createQuery("""
                        select version, updated_at, status, raw, replaced_by_run, replaced_at from execution_history
                        where source_trade_id = :id order by change_seq desc""")
                .bind("id", tradeId)
                .map((row, context) -> {
                    String raw = row.getString(4);
                    String successor =
                            history.isEmpty() ? currentRaw : history.getLast().raw();
                    return new Replaced(
                            row.getInt(1),
                            Rows.instant(row.getTimestamp(2)),
                            row.getString(3),
                            raw,
                            row.getLong(5),
                            Rows.instant(row.getTimestamp(6)),
                            VersionChange.between(raw, successor));
                })
                .forEach(history::add);
        return history;
    }

    /** Current versions changed after {@code after}, in the order of change, handed over one by one. */
    void export(String source, long after, int most, Consumer<ExportedExecution> rows) {
        long place = after;
        for (int left = most; left > 0; ) {
            List<ExportedExecution> page = exportPage(source, place, Math.min(left, EXPORT_PAGE));
            page.forEach(rows);
            if (page.size() < Math.min(left, EXPORT_PAGE)) {
                return;
            }
            place = page.getLast().changeSeq();
            left -= page.size();
        }
    }

    /** A page small enough that the index on change_seq is the way to it, whatever the planner knows of the table. */
    private List<ExportedExecution> exportPage(String source, long after, int most) {
        Approvals approvals = contracts.approvals();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select change_seq, source, source_trade_id, version, portfolio, status, symbol, underlying, side,
                               quantity, price, multiplier, fees_usd, executed_at, root_kind, currency, premium_usd, retired_at
                        from execution where source = :source and change_seq > :after
                        order by change_seq limit %d""".formatted(most))
                .bind("source", source)
                .bind("after", after)
                .map((row, context) -> exported(row, approvals))
                .list());
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

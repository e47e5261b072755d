package io.voldesk.tradesync.execution;

import io.voldesk.kit.db.Rows;
import io.voldesk.kit.stream.Selection;
import io.voldesk.model.ContractIdentity;
import io.voldesk.tradesync.contract.Approvals;
import io.voldesk.tradesync.contract.ContractStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Reads the cache: the trade list, and one execution with its history. */
@ApplicationScoped
public class ExecutionStore {
    /** Of an execution that a source corrects day after day the latest are looked at. */
    private static final int MOST_REPLACED = 200;

    private final Jdbi jdbi;
    private final ContractStore contracts;

    public ExecutionStore(Jdbi jdbi, ContractStore contracts) {
        this.jdbi = jdbi;
        this.contracts = contracts;
    }

    /** What a list may be narrowed by; null where it is not. {@code q} matches ids and symbols. */
    public record Filter(
            String portfolio,
            ExecutionStatus status,
            ReconStatus reconStatus,
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

    /** @param history the latest versions that were replaced, {@link #MOST_REPLACED} at most; {@code historyCount} of all */
    public record Detail(
            ExecutionView execution,
            ContractIdentity contract,
            String raw,
            long historyCount,
            List<Replaced> history) {}

    /** A condition with what is bound in it. */
    private record Narrowed(String where, Map<String, Object> bound) {
        void into(Query query) {
            bound.forEach(query::bind);
        }
    }

    /** Filtered rows in order, after a cursor, {@code most} at the most. */
    List<ExecutionView> list(Filter filter, TradeSort sort, TradeSort.Cursor after, int most) {
        Narrowed narrowed = narrowed(filter, sort, after);
        Approvals approvals = contracts.approvals();
        return jdbi.withHandle(handle -> {
            Query query =
                    handle.createQuery(sql(narrowed, sort) + " limit :most").bind("most", most);
            narrowed.into(query);
            return query.map((row, context) -> ExecutionView.read(row, approvals))
                    .list();
        });
    }

    /** All filtered rows in order, to be streamed. */
    Selection<ExecutionView> all(Filter filter, TradeSort sort) {
        Narrowed narrowed = narrowed(filter, sort, null);
        Supplier<Approvals> approvals = contracts.approvalsAtFirstRow();
        return new Selection<>(
                sql(narrowed, sort), narrowed::into, (row, context) -> ExecutionView.read(row, approvals.get()));
    }

    private static String sql(Narrowed narrowed, TradeSort sort) {
        return "select %s from execution where %s order by %s"
                .formatted(ExecutionView.COLUMNS, narrowed.where(), sort.orderBy());
    }

    private static Narrowed narrowed(Filter filter, TradeSort sort, TradeSort.Cursor after) {
        Map<String, Object> bound = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("true");
        narrow(where, bound, "portfolio = :portfolio", "portfolio", filter.portfolio());
        narrow(where, bound, "status = :status", "status", code(filter.status()));
        narrow(where, bound, "recon_status = :recon", "recon", code(filter.reconStatus()));
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
        return new Narrowed(where.toString(), bound);
    }

    private static String code(ExecutionStatus status) {
        return status == null ? null : status.code();
    }

    private static String code(ReconStatus status) {
        return status == null ? null : status.code();
    }

    private static void narrow(
            StringBuilder where, Map<String, Object> bound, String condition, String name, Object value) {
        if (value != null) {
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
                            handle.createQuery("select count(*) from execution_history where source_trade_id = :id")
                                    .bind("id", tradeId)
                                    .mapTo(Long.class)
                                    .one(),
                            history(handle, tradeId, raw));
                })
                .findOne());
    }

    /** Replaced versions, the latest first. */
    private static List<Replaced> history(Handle handle, String tradeId, String currentRaw) {
        List<Replaced> history = new ArrayList<>();
        handle.createQuery("""
                        select version, updated_at, status, raw, replaced_by_run, replaced_at from execution_history
                        where source_trade_id = :id order by change_seq desc limit :most""")
                .bind("id", tradeId)
                .bind("most", MOST_REPLACED)
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
}

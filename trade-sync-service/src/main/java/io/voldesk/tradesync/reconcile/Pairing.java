package io.voldesk.tradesync.reconcile;

import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Sets the staged source rows beside the cache, in one pass of SQL: {@code paired}, one row per id, with what the comparison
 * says of it in {@code change}.
 *
 * <ul>
 *   <li>{@code inserted}: at the source only;
 *   <li>{@code updated}: in both and different, and what the source serves is not older; a cached row dated beyond the ceiling
 *       is no later than any other of its version;
 *   <li>{@code older}: in both and different, but the cache's version is the later one;
 *   <li>{@code equal}: in both, field by field;
 *   <li>{@code unserved}: in the cache's scope only (full scope);
 *   <li>{@code quarantined}: in the cache's scope, and at the source with a version that is bad (full scope).
 * </ul>
 *
 * <p>Where {@link #repair} has been, {@code was} keeps what the comparison had said before. {@code staged_at} is the place of the staged row (its ctid): a few changes are fetched straight from there.
 */
@ApplicationScoped
public class Pairing {
    /** Every field in which a source row and its cached row can differ. */
    static final List<String> COMPARED = List.of(
            "version",
            "portfolio",
            "status",
            "recon_status",
            "symbol",
            "underlying",
            "side",
            "quantity",
            "price",
            "multiplier",
            "fees_usd",
            "executed_at",
            "updated_at",
            "settle_date",
            "currency",
            "source_premium_usd");

    /** Of all that is compared of a staged row {@code s}, however its numbers are written and whatever the session's time zone. */
    public static final String DIGEST = COMPARED.stream()
            .map(column -> switch (column) {
                case "quantity", "price", "fees_usd", "source_premium_usd" -> "trim_scale(s.%s)".formatted(column);
                case "executed_at", "updated_at" -> "extract(epoch from s.%s)".formatted(column);
                case "settle_date" -> "s.settle_date - date '1970-01-01'";
                default -> "s." + column;
            })
            .collect(Collectors.joining(", ", "md5(row(", ")::text)"));

    private static final String DIFFERS = COMPARED.stream()
            .map(column -> "s.%1$s is distinct from e.%1$s".formatted(column))
            .collect(Collectors.joining(" or ", "(", " or e.retired_at is not null)"));

    private static final String IN_SCOPE =
            "(e.portfolio = any(:portfolios) and (:pending or e.status <> 'pending') and e.retired_at is null)";

    private static final String PAIRED = """
            create temp table paired on commit drop as
            select coalesce(s.source_trade_id, e.source_trade_id) as source_trade_id, s.ctid as staged_at, s.updated_at,
                   s.portfolio as source_portfolio, e.portfolio as local_portfolio,
                   s.quantity as source_quantity,
                   coalesce(s.source_premium_usd, s.quantity * s.price * s.multiplier) as source_premium,
                   e.quantity as local_quantity, e.premium_usd as local_premium,
                   coalesce(%1$s, false) as in_scope,
                   case when s.source_trade_id is null then
                          case when e.source_trade_id in (select source_trade_id from staged_rejected
                                                          where source_trade_id is not null)
                               then 'quarantined' else 'unserved' end
                        when e.source_trade_id is null then 'inserted'
                        when not %2$s then 'equal'
                        when s.version > e.version
                          or s.version = e.version and (s.updated_at >= e.updated_at or e.updated_at > :ceiling) then 'updated'
                        else 'older' end as change, null::text as was
            from staged s
            %3$s join (select * from execution where source = :source) e using (source_trade_id)
            where s.source_trade_id is not null or %1$s""";

    /**
     * @param fullScope whether cached rows that the source did not serve are wanted too
     * @param ceiling beyond it a row's time is from the future and says nothing of what is later
     */
    public void pair(Handle handle, Scope scope, boolean fullScope, Instant ceiling) {
        handle.execute("analyze staged (source_trade_id)");
        bound(handle, PAIRED.formatted(IN_SCOPE, DIFFERS, fullScope ? "full" : "left"), scope)
                .bind("ceiling", ceiling)
                .execute();
        // so that a few changes among many rows are not sought by reading all of them
        handle.execute("analyze paired (change, source_trade_id)");
    }

    /** Reads again, as they are stored now, the rows that the running transaction has written. */
    public void repair(Handle handle, Scope scope) {
        bound(handle, """
                update paired p set
                  local_quantity = e.quantity, local_premium = e.premium_usd, local_portfolio = e.portfolio, in_scope = %s,
                  was = p.change, change = case when %s then 'older' else 'equal' end
                from staged s join execution e on e.source = :source and e.source_trade_id = s.source_trade_id
                where s.ctid = p.staged_at and p.change in ('inserted', 'updated')""".formatted(IN_SCOPE, DIFFERS), scope).execute();
    }

    private static Update bound(Handle handle, String sql, Scope scope) {
        return handle.createUpdate(sql)
                .bind("source", scope.source())
                .bindArray("portfolios", String.class, scope.portfolioNames())
                .bind("pending", scope.includePending());
    }
}

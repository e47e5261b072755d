package io.voldesk.tradesync.reconcile;

import io.voldesk.kit.json.Decimals;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reconciles the staged source rows ({@code staged_latest} of the running transaction) with the cache, all in SQL. */
@ApplicationScoped
public class DiagnosticStore {
    private static final List<String> COMPARED = List.of(
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
            "settle_date");

    private static final String PAIRED = """
            create temp table paired on commit drop as
            select coalesce(s.source_trade_id, l.source_trade_id) as trade_id,
                   s.source_trade_id is not null as at_source, l.source_trade_id is not null as in_cache,
                   s.quantity as source_quantity, l.quantity as local_quantity,
                   s.premium_usd as source_premium, l.premium_usd as local_premium,
                   (%s) as differs
            from staged_latest s
            full join (
              select * from execution
              where source = :source and portfolio = any(:portfolios) and (:pending or status <> 'pending')
            ) l using (source_trade_id)""".formatted(Stream.concat(
                    Stream.of("s.source_trade_id is not null and l.source_trade_id is not null and (false"),
                    COMPARED.stream().map(column -> "s.%1$s is distinct from l.%1$s".formatted(column)))
            .collect(Collectors.joining(" or ", "", ")")));

    public Diagnostic compare(Handle handle, Scope scope) {
        handle.createUpdate(PAIRED)
                .bind("source", scope.source())
                .bindArray("portfolios", String.class, scope.portfolioNames())
                .bind("pending", scope.includePending())
                .execute();
        List<String> unmatchedSource = ids(handle, "at_source and not in_cache");
        List<String> unmatchedLocal = ids(handle, "in_cache and not at_source");
        List<Diagnostic.Mismatch> mismatches = mismatches(handle, scope);
        return handle.createQuery("""
                        select count(*) filter (where at_source) as source_rows,
                               count(*) filter (where in_cache) as local_rows,
                               coalesce(sum(source_quantity), 0) as source_quantity,
                               coalesce(sum(local_quantity), 0) as local_quantity,
                               coalesce(sum(source_premium), 0) as source_premium,
                               coalesce(sum(local_premium), 0) as local_premium,
                               count(*) filter (where at_source and not in_cache) as only_source,
                               count(*) filter (where in_cache and not at_source) as only_local,
                               count(*) filter (where differs) as mismatched
                        from paired""")
                .map((row, context) -> {
                    BigDecimal sourceQuantity = row.getBigDecimal("source_quantity");
                    BigDecimal localQuantity = row.getBigDecimal("local_quantity");
                    BigDecimal sourcePremium = row.getBigDecimal("source_premium");
                    BigDecimal localPremium = row.getBigDecimal("local_premium");
                    return new Diagnostic(
                            row.getLong("source_rows"),
                            row.getLong("local_rows"),
                            Decimals.shown(sourceQuantity),
                            Decimals.shown(localQuantity),
                            Decimals.shown(sourceQuantity.subtract(localQuantity)),
                            Decimals.shown(sourcePremium),
                            Decimals.shown(localPremium),
                            Decimals.shown(sourcePremium.subtract(localPremium)),
                            row.getLong("only_source"),
                            row.getLong("only_local"),
                            row.getLong("mismatched"),
                            unmatchedSource,
                            unmatchedLocal,
                            mismatches);
                })
                .one();
    }

    private static List<String> ids(Handle handle, String condition) {
        return handle.createQuery("select trade_id from paired where " + condition + " order by trade_id limit :most")
                .bind("most", Diagnostic.MOST_LISTED)
                .mapTo(String.class)
                .list();
    }

    private static List<Diagnostic.Mismatch> mismatches(Handle handle, Scope scope) {
        String fields = COMPARED.stream()
                .map(column -> "('%1$s', s.%1$s::text, l.%1$s::text, s.%1$s is distinct from l.%1$s)".formatted(column))
                .collect(Collectors.joining(", "));
        return handle.createQuery("""
                        select p.trade_id, f.field, f.source_value, f.local_value
                        from paired p
                        join staged_latest s on s.source_trade_id = p.trade_id
                        join execution l on l.source = :source and l.source_trade_id = p.trade_id
                        cross join lateral (values %s) as f (field, source_value, local_value, differs)
                        where p.differs and f.differs
                        order by p.trade_id, f.field limit :most""".formatted(fields))
                .bind("source", scope.source())
                .bind("most", Diagnostic.MOST_LISTED)
                .map((row, context) ->
                        new Diagnostic.Mismatch(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }
}

package io.voldesk.tradesync.reconcile;

import io.voldesk.kit.json.Decimals;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the full-scope diagnostic off the {@link Pairing} of the running transaction. */
@ApplicationScoped
public class DiagnosticStore {
    private static final String AT_SOURCE = "change <> 'unserved'";
    private static final String ONLY_AT_SOURCE = "change <> 'unserved' and not in_scope";
    private static final String ONLY_LOCAL = "change = 'unserved'";
    private static final String MISMATCHED = "change in ('updated', 'older') and in_scope";

    public Diagnostic compare(Handle handle, Scope scope) {
        List<String> unmatchedSource = ids(handle, ONLY_AT_SOURCE);
        List<String> unmatchedLocal = ids(handle, ONLY_LOCAL);
        List<Diagnostic.Mismatch> mismatches = mismatches(handle, scope);
        return handle.createQuery("""
                        select count(*) filter (where %1$s) as source_rows,
                               count(*) filter (where in_scope) as local_rows,
                               coalesce(sum(source_quantity), 0) as source_quantity,
                               coalesce(sum(local_quantity) filter (where in_scope), 0) as local_quantity,
                               coalesce(sum(source_premium), 0) as source_premium,
                               coalesce(sum(local_premium) filter (where in_scope), 0) as local_premium,
                               count(*) filter (where %2$s) as only_source,
                               count(*) filter (where %3$s) as only_local,
                               count(*) filter (where %4$s) as mismatched
                        from paired""".formatted(AT_SOURCE, ONLY_AT_SOURCE, ONLY_LOCAL, MISMATCHED))
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
        return handle.createQuery("select source_trade_id from paired where " + condition
                        + " order by source_trade_id limit :most")
                .bind("most", Diagnostic.MOST_LISTED)
                .mapTo(String.class)
                .list();
    }

    private static List<Diagnostic.Mismatch> mismatches(Handle handle, Scope scope) {
        String fields = Pairing.COMPARED.stream()
                .map(column -> "('%1$s', s.%1$s::text, e.%1$s::text, s.%1$s is distinct from e.%1$s)".formatted(column))
                .collect(Collectors.joining(", "));
        return handle.createQuery("""
                        select p.source_trade_id, f.field, f.source_value, f.local_value
                        from (select * from paired where %s order by source_trade_id limit :most) p
                        join staged s on s.ctid = p.staged_at
                        join execution e on e.source = :source and e.source_trade_id = p.source_trade_id
                        cross join lateral (values %s) as f (field, source_value, local_value, differs)
                        where f.differs
                        order by p.source_trade_id, f.field limit :most""".formatted(MISMATCHED, fields))
                .bind("source", scope.source())
                .bind("most", Diagnostic.MOST_LISTED)
                .map((row, context) ->
                        new Diagnostic.Mismatch(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }
}

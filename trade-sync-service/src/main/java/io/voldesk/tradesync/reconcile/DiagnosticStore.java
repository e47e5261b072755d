package io.voldesk.tradesync.reconcile;

import io.voldesk.kit.json.Decimals;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the full-scope diagnostic off the {@link Pairing} of the running transaction. */
@ApplicationScoped
public class DiagnosticStore {
    private final PortfolioParts parts;

    public DiagnosticStore(PortfolioParts parts) {
        this.parts = parts;
    }

    /** A diagnostic with what is kept of it by portfolio and by field. */
    public record Comparison(Diagnostic diagnostic, List<PortfolioPart> portfolios, List<FieldMatch> fields) {
        public boolean clean() {
            return diagnostic.clean() && portfolios.stream().noneMatch(PortfolioPart::atOdds);
        }
    }

    /** @param premiums whether there is a row at all whose two premiums differ */
    public Comparison compare(Handle handle, Scope scope, boolean premiums) {
        List<Diagnostic.PremiumDisagrees> premiumDisagrees = premiums ? premiumDisagrees(handle) : List.of();
        List<PortfolioPart> portfolios = parts.fullScope(handle, scope);
        long mismatched = sum(portfolios, PortfolioPart::mismatchedCount);
        BigDecimal sourceQuantity = total(portfolios, PortfolioPart::sourceTotalQuantity);
        BigDecimal localQuantity = total(portfolios, PortfolioPart::localTotalQuantity);
        BigDecimal sourcePremium = total(portfolios, PortfolioPart::sourceTotalPremiumUsd);
        BigDecimal localPremium = total(portfolios, PortfolioPart::localTotalPremiumUsd);
        Diagnostic diagnostic = new Diagnostic(
                sum(portfolios, PortfolioPart::sourceRowCount),
                sum(portfolios, PortfolioPart::localScopeRowCount),
                Decimals.shown(sourceQuantity),
                Decimals.shown(localQuantity),
                Decimals.shown(sourceQuantity.subtract(localQuantity)),
                Decimals.shown(sourcePremium),
                Decimals.shown(localPremium),
                Decimals.shown(sourcePremium.subtract(localPremium)),
                sum(portfolios, PortfolioPart::unmatchedSourceCount),
                sum(portfolios, PortfolioPart::unmatchedLocalCount),
                mismatched,
                sum(portfolios, PortfolioPart::quarantinedCount),
                ids(handle, BreakSet.of(BreakKind.UNMATCHED_SOURCE)),
                ids(handle, BreakSet.of(BreakKind.UNMATCHED_LOCAL)),
                mismatches(handle, scope),
                premiumDisagrees.size() < Diagnostic.MOST_LISTED ? premiumDisagrees.size() : countPremiums(handle),
                premiumDisagrees);
        return new Comparison(diagnostic, portfolios, fields(handle, scope, diagnostic));
    }

    private static long sum(List<PortfolioPart> parts, java.util.function.Function<PortfolioPart, Long> figure) {
        return parts.stream().map(figure).mapToLong(Long::longValue).sum();
    }

    private static BigDecimal total(
            List<PortfolioPart> parts, java.util.function.Function<PortfolioPart, BigDecimal> figure) {
        return parts.stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<Diagnostic.PremiumDisagrees> premiumDisagrees(Handle handle) {
        return handle.createQuery("""
                        select source_trade_id, source_premium_usd, quantity * price * multiplier from staged
                        where %s order by source_trade_id limit :most""".formatted(BreakSet.PREMIUM_DISAGREES))
                .bind("most", Diagnostic.MOST_LISTED)
                .map((row, context) -> new Diagnostic.PremiumDisagrees(
                        row.getString(1), Decimals.shown(row.getBigDecimal(2)), Decimals.shown(row.getBigDecimal(3))))
                .list();
    }

    private static long countPremiums(Handle handle) {
        return handle.createQuery("select count(*) from staged where " + BreakSet.PREMIUM_DISAGREES)
                .mapTo(Long.class)
                .one();
    }

    private static List<String> ids(Handle handle, String set) {
        return handle.createQuery(
                        "select source_trade_id from (%s) m order by source_trade_id limit :most".formatted(set))
                .bind("most", Diagnostic.MOST_LISTED)
                .mapTo(String.class)
                .list();
    }

    private static List<Diagnostic.Mismatch> mismatches(Handle handle, Scope scope) {
        return handle.createQuery("select * from (%s) m order by source_trade_id, field limit :most"
                        .formatted(BreakSet.firstMismatches()))
                .bind("source", scope.source())
                .bind("most", Diagnostic.MOST_LISTED)
                .map((row, context) -> new Diagnostic.Mismatch(
                        row.getString("source_trade_id"),
                        row.getString("field"),
                        row.getString("source_value"),
                        row.getString("local_value")))
                .list();
    }

    /** What is equal is equal in every field: only what differs has to be looked at. */
    private static List<FieldMatch> fields(Handle handle, Scope scope, Diagnostic diagnostic) {
        long compared = diagnostic.sourceRowCount() - diagnostic.unmatchedSourceCount();
        long[] differing = new long[Pairing.COMPARED.size()];
        if (diagnostic.mismatchedCount() > 0) {
            String counts = Pairing.COMPARED.stream()
                    .map("count(*) filter (where s.%1$s is distinct from e.%1$s)"::formatted)
                    .collect(Collectors.joining(", "));
            handle.createQuery("""
                            select %s from (select * from paired where %s) p
                            join staged s on s.ctid = p.staged_at
                            join execution e on e.source = :source and e.source_trade_id = p.source_trade_id""".formatted(counts, BreakSet.MISMATCHED_PAIRS))
                    .bind("source", scope.source())
                    .map((row, context) -> {
                        for (int i = 0; i < differing.length; i++) {
                            differing[i] = row.getLong(i + 1);
                        }
                        return differing;
                    })
                    .one();
        }
        List<FieldMatch> matches = new ArrayList<>();
        for (int i = 0; i < differing.length; i++) {
            long matched = compared - differing[i];
            matches.add(new FieldMatch(
                    Pairing.COMPARED.get(i), compared, matched, compared == 0 ? null : (double) matched / compared));
        }
        return matches;
    }
}

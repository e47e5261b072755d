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
    private static final String ONLY_AT_SOURCE = "staged_at is not null and not in_scope";
    private static final String ONLY_LOCAL = "change = 'unserved'";
    private static final String MISMATCHED = "change in ('updated', 'older') and in_scope";
    private static final String PREMIUM_DISAGREES = """
            currency = 'USD' and abs(source_premium_usd - quantity * price * multiplier) > 0.01""";

    private final PortfolioParts parts;

    public DiagnosticStore(PortfolioParts parts) {
        this.parts = parts;
    }

    /** A diagnostic with what is kept of it: by portfolio, by field, and each thing at odds. */
    public record Comparison(
            Diagnostic diagnostic, List<PortfolioPart> portfolios, List<FieldMatch> fields, List<Break> breaks) {
        public boolean clean() {
            return diagnostic.clean() && portfolios.stream().noneMatch(PortfolioPart::atOdds);
        }
    }

    /** @param premiums whether there is a row at all whose two premiums differ */
    public Comparison compare(Handle handle, Scope scope, boolean premiums) {
        List<Break> unmatchedSource = ids(handle, Break.Kind.UNMATCHED_SOURCE, ONLY_AT_SOURCE);
        List<Break> unmatchedLocal = ids(handle, Break.Kind.UNMATCHED_LOCAL, ONLY_LOCAL);
        List<Break> mismatches = mismatches(handle, scope);
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
                unmatchedSource.stream().map(Break::tradeId).toList(),
                unmatchedLocal.stream().map(Break::tradeId).toList(),
                mismatches.stream()
                        .map(b -> new Diagnostic.Mismatch(b.tradeId(), b.field(), b.sourceValue(), b.localValue()))
                        .toList(),
                premiumDisagrees.size() < Diagnostic.MOST_LISTED ? premiumDisagrees.size() : countPremiums(handle),
                premiumDisagrees);
        List<Break> breaks = new ArrayList<>(unmatchedSource);
        breaks.addAll(unmatchedLocal);
        breaks.addAll(mismatches);
        premiumDisagrees.forEach(p -> breaks.add(new Break(
                Break.Kind.PREMIUM_DISAGREES,
                p.tradeId(),
                null,
                "premium_usd",
                p.sourcePremiumUsd().toPlainString(),
                p.computedPremiumUsd().toPlainString())));
        portfolios.stream()
                .filter(PortfolioPart::atOdds)
                .forEach(p ->
                        breaks.add(new Break(Break.Kind.PORTFOLIO, p.portfolio(), p.portfolio(), "", p.state(), null)));
        return new Comparison(diagnostic, portfolios, fields(handle, scope, diagnostic), breaks);
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
                        where %s order by source_trade_id limit :most""".formatted(PREMIUM_DISAGREES))
                .bind("most", Diagnostic.MOST_LISTED)
                .map((row, context) -> new Diagnostic.PremiumDisagrees(
                        row.getString(1), Decimals.shown(row.getBigDecimal(2)), Decimals.shown(row.getBigDecimal(3))))
                .list();
    }

    private static long countPremiums(Handle handle) {
        return handle.createQuery("select count(*) from staged where " + PREMIUM_DISAGREES)
                .mapTo(Long.class)
                .one();
    }

    private static List<Break> ids(Handle handle, Break.Kind kind, String condition) {
        return handle.createQuery("""
                        select source_trade_id, coalesce(source_portfolio, local_portfolio) from paired
                        where %s order by source_trade_id limit :most""".formatted(condition))
                .bind("most", Diagnostic.MOST_LISTED)
                .map((row, context) -> new Break(kind, row.getString(1), row.getString(2), "", null, null))
                .list();
    }

    private static List<Break> mismatches(Handle handle, Scope scope) {
        String fields = Pairing.COMPARED.stream()
                .map(column -> "('%1$s', s.%1$s::text, e.%1$s::text, s.%1$s is distinct from e.%1$s)".formatted(column))
                .collect(Collectors.joining(", "));
        return handle.createQuery("""
                        select p.source_trade_id, p.source_portfolio, f.field, f.source_value, f.local_value
                        from (select * from paired where %s order by source_trade_id limit :most) p
                        join staged s on s.ctid = p.staged_at
                        join execution e on e.source = :source and e.source_trade_id = p.source_trade_id
                        cross join lateral (values %s) as f (field, source_value, local_value, differs)
                        where f.differs
                        order by p.source_trade_id, f.field limit :most""".formatted(MISMATCHED, fields))
                .bind("source", scope.source())
                .bind("most", Diagnostic.MOST_LISTED)
                .map((row, context) -> new Break(
                        Break.Kind.MISMATCHED,
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5)))
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
                            join execution e on e.source = :source and e.source_trade_id = p.source_trade_id""".formatted(counts, MISMATCHED))
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

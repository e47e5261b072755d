package io.voldesk.tradesync.reconcile;

import io.voldesk.kit.json.Decimals;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** A run by portfolio, off the {@link Pairing}: one pass over it, whatever the number of portfolios. */
@ApplicationScoped
public class PortfolioParts {
    /** What the pairing has of one portfolio at the source and one in the cache; they differ where an execution moved. */
    private record Cell(
            String source,
            String local,
            long inserted,
            long updated,
            long unchanged,
            long sourceRows,
            long localRows,
            BigDecimal sourceQuantity,
            BigDecimal localQuantity,
            BigDecimal sourcePremium,
            BigDecimal localPremium,
            BigDecimal changedQuantity,
            BigDecimal changedPremium,
            long onlySource,
            long onlyLocal,
            long mismatched,
            long quarantined) {}

    private static List<Cell> cells(Handle handle) {
        return handle.createQuery("""
                        select source_portfolio, local_portfolio,
                          count(*) filter (where coalesce(was, change) = 'inserted') as inserted,
                          count(*) filter (where coalesce(was, change) = 'updated') as updated,
                          count(*) filter (where coalesce(was, change) in ('equal', 'older')) as unchanged,
                          count(*) filter (where staged_at is not null) as source_rows,
                          count(*) filter (where in_scope) as local_rows,
                          coalesce(sum(source_quantity), 0) as source_quantity,
                          coalesce(sum(local_quantity) filter (where in_scope), 0) as local_quantity,
                          coalesce(sum(source_premium), 0) as source_premium,
                          coalesce(sum(local_premium) filter (where in_scope), 0) as local_premium,
                          coalesce(sum(source_quantity - coalesce(local_quantity, 0))
                            filter (where change in ('inserted', 'updated')), 0) as changed_quantity,
                          coalesce(sum(source_premium - coalesce(local_premium, 0))
                            filter (where change in ('inserted', 'updated')), 0) as changed_premium,
                          count(*) filter (where staged_at is not null and not in_scope) as only_source,
                          count(*) filter (where change = 'unserved') as only_local,
                          count(*) filter (where change in ('updated', 'older') and in_scope) as mismatched,
                          count(*) filter (where change = 'quarantined') as quarantined
                        from paired group by 1, 2""")
                .map((row, context) -> new Cell(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getBigDecimal(8),
                        row.getBigDecimal(9),
                        row.getBigDecimal(10),
                        row.getBigDecimal(11),
                        row.getBigDecimal(12),
                        row.getBigDecimal(13),
                        row.getLong(14),
                        row.getLong(15),
                        row.getLong(16),
                        row.getLong(17)))
                .list();
    }

    /** Of an incremental run: every portfolio asked for, with what is new and changed in it. */
    public List<PortfolioPart> incremental(Handle handle, Scope scope) {
        List<Cell> cells = cells(handle);
        Map<String, Bad> bad = bad(handle);
        List<PortfolioPart> parts = new ArrayList<>();
        for (String portfolio : names(cells, bad, scope)) {
            Stats at = new Stats(cells, portfolio);
            parts.add(new PortfolioPart(
                    portfolio,
                    "changes",
                    at.source(Cell::inserted),
                    at.source(Cell::updated),
                    at.source(Cell::unchanged),
                    null,
                    null,
                    null,
                    null,
                    Decimals.shown(at.sourceTotal(Cell::changedQuantity)),
                    null,
                    null,
                    Decimals.shown(at.sourceTotal(Cell::changedPremium)),
                    null,
                    null,
                    null,
                    null,
                    bad.getOrDefault(portfolio, Bad.NONE).rows()));
        }
        return parts;
    }

    /** Of a full scope: every portfolio asked for or met, whole. */
    List<PortfolioPart> fullScope(Handle handle, Scope scope) {
        List<Cell> cells = cells(handle);
        Map<String, Bad> bad = bad(handle);
        List<PortfolioPart> parts = new ArrayList<>();
        for (String portfolio : names(cells, bad, scope)) {
            Stats at = new Stats(cells, portfolio);
            long sourceRows = at.source(Cell::sourceRows);
            long localRows = at.local(Cell::localRows);
            long onlySource = at.source(Cell::onlySource);
            long onlyLocal = at.local(Cell::onlyLocal);
            long mismatched = at.source(Cell::mismatched);
            long quarantined = at.local(Cell::quarantined);
            BigDecimal sourceQuantity = at.sourceTotal(Cell::sourceQuantity);
            BigDecimal localQuantity = at.localTotal(Cell::localQuantity);
            BigDecimal sourcePremium = at.sourceTotal(Cell::sourcePremium);
            BigDecimal localPremium = at.localTotal(Cell::localPremium);
            BigDecimal quantityDelta = sourceQuantity.subtract(localQuantity);
            BigDecimal premiumDelta = sourcePremium.subtract(localPremium);
            Bad rejected = bad.getOrDefault(portfolio, Bad.NONE);
            boolean same = onlySource + onlyLocal + mismatched + quarantined + rejected.open() == 0
                    && quantityDelta.signum() == 0
                    && premiumDelta.signum() == 0;
            String state = sourceRows == 0 ? without(localRows, rejected) : same ? "clean" : "differs";
            parts.add(new PortfolioPart(
                    portfolio,
                    state,
                    at.source(Cell::inserted),
                    at.source(Cell::updated),
                    at.source(Cell::unchanged),
                    sourceRows,
                    localRows,
                    Decimals.shown(sourceQuantity),
                    Decimals.shown(localQuantity),
                    Decimals.shown(quantityDelta),
                    Decimals.shown(sourcePremium),
                    Decimals.shown(localPremium),
                    Decimals.shown(premiumDelta),
                    onlySource,
                    onlyLocal,
                    mismatched,
                    quarantined,
                    rejected.rows()));
        }
        return parts;
    }

    /** Of a portfolio of which the source serves no good row. */
    private static String without(long localRows, Bad rejected) {
        if (rejected.rows() > 0) {
            return localRows == 0 ? "rejected_only" : "differs";
        }
        return localRows == 0 ? "unknown" : "vanished";
    }

    /** Bad rows that say whose they are; {@code open} those that nobody has dismissed. */
    private record Bad(long rows, long open) {
        static final Bad NONE = new Bad(0, 0);
    }

    private static Map<String, Bad> bad(Handle handle) {
        return handle
                .createQuery("""
                        select portfolio, count(*), count(*) filter (where not dismissed) from staged_new_rejected
                        where portfolio is not null group by portfolio""")
                .map((row, context) -> Map.entry(row.getString(1), new Bad(row.getLong(2), row.getLong(3))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> names(List<Cell> cells, Map<String, Bad> bad, Scope scope) {
        Set<String> names = new TreeSet<>(scope.portfolioNames());
        names.addAll(bad.keySet());
        cells.stream()
                .filter(cell -> cell.sourceRows() > 0)
                .map(Cell::source)
                .filter(Objects::nonNull)
                .forEach(names::add);
        cells.stream()
                .filter(cell -> cell.localRows() > 0)
                .map(Cell::local)
                .filter(Objects::nonNull)
                .forEach(names::add);
        return names;
    }

    /** Sums over the cells of one portfolio, as the source or as the cache has it. */
    private record Stats(List<Cell> cells, String portfolio) {
        private Stream<Cell> by(Function<Cell, String> side) {
            return cells.stream().filter(cell -> portfolio.equals(side.apply(cell)));
        }

        long source(Function<Cell, Long> figure) {
            return by(Cell::source).mapToLong(figure::apply).sum();
        }

        long local(Function<Cell, Long> figure) {
            return by(Cell::local).mapToLong(figure::apply).sum();
        }

        BigDecimal sourceTotal(Function<Cell, BigDecimal> figure) {
            return by(Cell::source).map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal localTotal(Function<Cell, BigDecimal> figure) {
            return by(Cell::local).map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}

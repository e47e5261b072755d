package io.voldesk.tradesync.reconcile;

import java.util.stream.Collectors;

/**
 * The whole of one kind of break, as a query over the tables of the running transaction: {@code source_trade_id, portfolio, field,
 * source_value, local_value}. {@code :source} is to be bound.
 */
final class BreakSet {
    static final String MISMATCHED_PAIRS = "change in ('updated', 'older') and in_scope";
    static final String PREMIUM_DISAGREES = """
            currency = 'USD' and abs(source_premium_usd - quantity * price * multiplier) > 0.01""";

    private BreakSet() {}

    /** @param kind any but {@code PORTFOLIO}, which no table holds */
    static String of(BreakKind kind) {
        return switch (kind) {
            case UNMATCHED_SOURCE -> unmatched("staged_at is not null and not in_scope");
            case UNMATCHED_LOCAL -> unmatched("change = 'unserved'");
            case MISMATCHED -> mismatched("paired where " + MISMATCHED_PAIRS);
            case PREMIUM_DISAGREES -> """
                    select source_trade_id, portfolio, 'premium_usd' as field, trim_scale(source_premium_usd)::text as source_value,
                           trim_scale(quantity * price * multiplier)::text as local_value
                    from staged where %s""".formatted(PREMIUM_DISAGREES);
            case RECON_BREAK -> """
                    select source_trade_id, portfolio, 'recon_status' as field, recon_status as source_value, null::text as local_value
                    from staged where recon_status = 'break'""";
            case PORTFOLIO -> throw new IllegalArgumentException("portfolios are told by their parts");
        };
    }

    private static String unmatched(String condition) {
        return """
                select source_trade_id, coalesce(source_portfolio, local_portfolio) as portfolio, '' as field,
                       null::text as source_value, null::text as local_value
                from paired where %s""".formatted(condition);
    }

    /** Field by field; of the first {@code :most} executions only, so that no more than these are looked at closely. */
    static String firstMismatches() {
        return mismatched("paired where " + MISMATCHED_PAIRS + " order by source_trade_id limit :most");
    }

    private static String mismatched(String pairs) {
        String fields = Pairing.COMPARED.stream()
                .map(column -> "('%1$s', s.%1$s::text, e.%1$s::text, s.%1$s is distinct from e.%1$s)".formatted(column))
                .collect(Collectors.joining(", "));
        return """
                select p.source_trade_id, p.source_portfolio as portfolio, f.field, f.source_value, f.local_value
                from (select * from %s) p
                join staged s on s.ctid = p.staged_at
                join execution e on e.source = :source and e.source_trade_id = p.source_trade_id
                cross join lateral (values %s) as f (field, source_value, local_value, differs)
                where f.differs""".formatted(pairs, fields);
    }
}

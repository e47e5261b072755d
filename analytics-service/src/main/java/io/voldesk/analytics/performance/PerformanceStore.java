package io.voldesk.analytics.performance;

import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.enrichment.Selection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Reads enriched executions for the performance page. A row of an earlier version of its execution counts as absent. */
@ApplicationScoped
public class PerformanceStore {
    private final Jdbi jdbi;

    public PerformanceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param benchmarkState null where there is no row */
    record Enriched(
            String sourceTradeId,
            String portfolio,
            String underlying,
            String month,
            int side,
            boolean feesKnown,
            String benchmarkState,
            String benchmarkReason,
            Double slippageBps,
            BigDecimal slippageUsd,
            Double slippageVolPoints,
            Double effectiveSpread,
            Alignment.Context context) {}

    /** One mark; {@code state} null where the execution has none at the horizon. */
    record Mark(
            String sourceTradeId,
            String portfolio,
            String underlying,
            String month,
            int side,
            int horizonDays,
            String state,
            String reason,
            String markQuality,
            BigDecimal pnlUsd) {}

    private static final String MONTH = "to_char(e.executed_at at time zone 'UTC', 'YYYY-MM')";

    void each(Selection selection, Consumer<Enriched> rows) {
        jdbi.useTransaction(handle -> {
            try (var stream = selection
                    .bind(handle.createQuery("""
                            select e.source_trade_id, e.portfolio, e.underlying, e.side, e.fees_usd is not null as fees_known,
                              %s as month, b.state as b_state, b.reason as b_reason, b.slippage_bps, b.slippage_usd,
                              b.slippage_vol_points, b.effective_spread,
                              c.state as c_state, c.vrp, c.vrp_spread, c.iv_rank, c.regime, c.skew_rank
                            from execution e
                            left join execution_benchmark b on b.source_trade_id = e.source_trade_id and b.for_version = e.version
                            left join market_context c on c.source_trade_id = e.source_trade_id and c.for_version = e.version
                            where %s""".formatted(MONTH, Selection.CONDITION)))
                    .setFetchSize(2_000)
                    .map((row, context) -> new Enriched(
                            row.getString("source_trade_id"),
                            row.getString("portfolio"),
                            row.getString("underlying"),
                            row.getString("month"),
                            row.getInt("side"),
                            row.getBoolean("fees_known"),
                            row.getString("b_state"),
                            row.getString("b_reason"),
                            (Double) row.getObject("slippage_bps"),
                            row.getBigDecimal("slippage_usd"),
                            (Double) row.getObject("slippage_vol_points"),
                            (Double) row.getObject("effective_spread"),
                            context(row)))
                    .stream()) {
                stream.forEach(rows);
            }
        });
    }

    static Alignment.Context context(ResultSet row) throws SQLException {
        return new Alignment.Context(
                row.getString("c_state"),
                (Double) row.getObject("vrp"),
                (Double) row.getObject("vrp_spread"),
                (Double) row.getObject("iv_rank"),
                row.getString("regime"),
                (Double) row.getObject("skew_rank"));
    }

    /** Every execution at every stored horizon and at 1, 7 and 30 days. */
    void eachMark(Selection selection, Instant now, Consumer<Mark> rows) {
        jdbi.useTransaction(handle -> {
            try (var stream = selection
                    .bind(handle.createQuery("""
                            select e.source_trade_id, e.portfolio, e.underlying, e.side, %s as month, h.horizon_days,
                              case when o.state = 'pending' and o.target_at <= :now then null
                                   when o.state is null and e.executed_at + h.horizon_days * interval '1 day' > :now then 'pending'
                                   else o.state end as state,
                              o.reason, o.mark_quality, o.pnl_usd
                            from execution e
                            cross join (select 1 as horizon_days union select 7 union select 30
                                        union select distinct horizon_days from outcome_mark) h
                            left join outcome_mark o on o.source_trade_id = e.source_trade_id
                              and o.horizon_days = h.horizon_days and o.for_version = e.version
                            where %s""".formatted(MONTH, Selection.CONDITION)))
                    .bind("now", now)
                    .setFetchSize(2_000)
                    .map((row, context) -> new Mark(
                            row.getString("source_trade_id"),
                            row.getString("portfolio"),
                            row.getString("underlying"),
                            row.getString("month"),
                            row.getInt("side"),
                            row.getInt("horizon_days"),
                            row.getString("state"),
                            row.getString("reason"),
                            row.getString("mark_quality"),
                            row.getBigDecimal("pnl_usd")))
                    .stream()) {
                stream.forEach(rows);
            }
        });
    }

    List<String> portfolios(String source) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select distinct portfolio from execution where source = :source order by 1")
                .bind("source", source)
                .mapTo(String.class)
                .list());
    }
}

package io.voldesk.analytics.performance;

import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.outcome.OutcomeMark;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads enriched executions for the performance page. A row of an earlier version of its execution counts as absent. */
@ApplicationScoped
public class PerformanceStore {
    private final Jdbi jdbi;

    public PerformanceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What executions are sliced by.
     *
     * @param day of execution, UTC; null while pending
     * @param side +1 buy, −1 sell
     */
    record Slicing(String portfolio, String underlying, LocalDate day, int side) {}

    /** @param feesUsd null where unknown; {@code benchmarkState} null where there is no row */
    record Enriched(
            Slicing slicing,
            BigDecimal feesUsd,
            String benchmarkState,
            String benchmarkReason,
            Double slippageBps,
            BigDecimal slippageUsd,
            Double slippageVolPoints,
            String volReason,
            Double effectiveSpread,
            Double underlyingPrice,
            Double tradedIv,
            Alignment.Context context) {}

    /**
     * Marks of one slice, day, horizon, state and reason, counted by the database.
     *
     * @param state {@code missing} where the horizon has not been backfilled for the executions
     * @param pnlUsd their sum, and {@code gains} how many are above zero; only in state {@code unrealized_mark}
     */
    record Marks(
            Slicing slicing,
            int horizonDays,
            String state,
            String reason,
            String markQuality,
            long executions,
            BigDecimal pnlUsd,
            long gains) {
        LocalDate day() {
            return slicing.day();
        }
    }

    private static final String DAY = "(e.executed_at at time zone 'UTC')::date";

    /** Both at one moment, so that what the marks are of is what the executions are. */
    void read(Selection selection, Instant now, Consumer<Enriched> rows, Consumer<Marks> cells) {
        jdbi.useTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            each(handle, selection, rows);
            eachMarks(handle, selection, now, cells);
        });
    }

    private static void each(Handle handle, Selection selection, Consumer<Enriched> rows) {
        try (var stream = selection
                .bind(handle.createQuery("""
                            select e.portfolio, e.underlying, e.side, %s as day, e.fees_usd, b.state, b.reason, b.slippage_bps, b.slippage_usd,
                              b.slippage_vol_points, b.vol_reason, b.effective_spread, b.underlying_price, b.traded_iv,
                              c.state, c.vrp, c.vrp_spread, c.iv_rank, c.regime, c.skew_rank
                            from execution e
                            left join execution_benchmark b on b.source_trade_id = e.source_trade_id and b.for_version = e.version
                            left join market_context c on c.source_trade_id = e.source_trade_id and c.for_version = e.version
                            where %s""".formatted(DAY, Selection.CONDITION)))
                .setFetchSize(2_000)
                .map((row, context) -> new Enriched(
                        slicing(row),
                        row.getBigDecimal(5),
                        row.getString(6),
                        row.getString(7),
                        (Double) row.getObject(8),
                        row.getBigDecimal(9),
                        (Double) row.getObject(10),
                        row.getString(11),
                        (Double) row.getObject(12),
                        (Double) row.getObject(13),
                        (Double) row.getObject(14),
                        new Alignment.Context(
                                row.getString(15),
                                (Double) row.getObject(16),
                                (Double) row.getObject(17),
                                (Double) row.getObject(18),
                                row.getString(19),
                                (Double) row.getObject(20))))
                .stream()) {
            stream.forEach(rows);
        }
    }

    /** Of the first four columns. */
    private static Slicing slicing(ResultSet row) throws SQLException {
        return new Slicing(row.getString(1), row.getString(2), row.getObject(4, LocalDate.class), row.getInt(3));
    }

    /** The marks of every execution at every stored horizon and at those it is always valued at. */
    private static void eachMarks(Handle handle, Selection selection, Instant now, Consumer<Marks> cells) {
        try (var stream = selection
                .bind(handle.createQuery("""
                            select portfolio, underlying, side, day, horizon_days, state, reason, mark_quality,
                              count(*) as executions, sum(pnl_usd) as pnl_usd, count(*) filter (where pnl_usd > 0) as gains
                            from (
                              select e.portfolio, e.underlying, e.side, %s as day, h.horizon_days,
                                case when o.state is null and e.executed_at + h.horizon_days * interval '1 day' > :now then 'pending'
                                     when o.state is null or (o.state = 'pending' and o.target_at <= :now) then 'missing'
                                     else o.state end as state,
                                case when o.state = 'unavailable' then o.reason
                                     when o.state is null and e.executed_at + h.horizon_days * interval '1 day' > :now then 'horizon_not_matured'
                                     when o.state is null or (o.state = 'pending' and o.target_at <= :now) then 'not_backfilled'
                                     else o.reason end as reason,
                                o.mark_quality, o.pnl_usd
                              from execution e
                              cross join (select unnest(:horizons) as horizon_days
                                          union select distinct horizon_days from outcome_mark) h
                              left join outcome_mark o on o.source_trade_id = e.source_trade_id
                                and o.horizon_days = h.horizon_days and o.for_version = e.version
                              where %s) marks
                            group by portfolio, underlying, side, day, horizon_days, state, reason, mark_quality""".formatted(DAY, Selection.CONDITION)))
                .bind("now", now)
                .bind("horizons", OutcomeMark.HORIZONS.toArray(Integer[]::new))
                .setFetchSize(2_000)
                .map((row, context) -> new Marks(
                        slicing(row),
                        row.getInt("horizon_days"),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getString("mark_quality"),
                        row.getLong("executions"),
                        row.getBigDecimal("pnl_usd"),
                        row.getLong("gains")))
                .stream()) {
            stream.forEach(cells);
        }
    }

    List<String> portfolios(String source) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select distinct portfolio from execution where source = :source order by 1")
                .bind("source", source)
                .mapTo(String.class)
                .list());
    }
}

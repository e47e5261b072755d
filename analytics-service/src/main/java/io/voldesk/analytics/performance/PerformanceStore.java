package io.voldesk.analytics.performance;

import io.voldesk.analytics.enrichment.AskedAgain;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.outcome.OutcomeMark;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Counts and sums enriched executions for the performance page, in the database: what is fetched grows with the groups and not
 * with the executions. Doubles are summed as the decimals they are written as, so a sum does not depend on its order. A row of
 * an earlier version of its execution counts as absent.
 */
@ApplicationScoped
public class PerformanceStore {
    private static final String DAY = "(e.executed_at at time zone 'UTC')::date";
    private static final String MONTH = "date_trunc('month', e.executed_at at time zone 'UTC')::date";
    private static final String PREMIUM = "coalesce(e.premium_usd, e.price * e.quantity * e.multiplier)";

    private final Jdbi jdbi;

    public PerformanceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What executions are sliced by.
     *
     * @param month of execution, UTC; null while pending
     * @param side +1 buy, −1 sell
     */
    record Slicing(String portfolio, String underlying, YearMonth month, int side) {
        /** Of the first four columns: portfolio, underlying, side and a date of the month. */
        static Slicing read(ResultSet row) throws SQLException {
            LocalDate date = row.getObject(4, LocalDate.class);
            return new Slicing(
                    row.getString(1), row.getString(2), date == null ? null : YearMonth.from(date), row.getInt(3));
        }
    }

    /**
     * Executions of one slicing and day that share what they lack. Sums of what a measure weighs are premium × value.
     *
     * @param day of execution, UTC; null while pending
     * @param benchmarkState that of {@link Absent} where there is no row
     * @param feesKnown their sum is null where not; so it is with {@code volReason} and the vol points
     * @param premiumUsd the source's, or price × quantity × multiplier where it is not told
     */
    record Quality(
            Slicing slicing,
            LocalDate day,
            long executions,
            boolean feesKnown,
            BigDecimal feesUsd,
            String benchmarkState,
            String benchmarkReason,
            BigDecimal premiumUsd,
            BigDecimal slippageUsd,
            BigDecimal weighedBps,
            BigDecimal weighedUsd,
            BigDecimal weighedSpread,
            boolean volKnown,
            BigDecimal weighedVolPoints,
            String volReason,
            boolean underlyingPriceKnown,
            boolean tradedIvKnown) {}

    /** The values of one slicing, each measure's in any order. */
    record Values(Slicing slicing, double[] bps, double[] usd, double[] spread, double[] volPoints) {}

    /**
     * Marks of one slicing, day, horizon, state and reason.
     *
     * @param day of execution, UTC; null while pending
     * @param state {@code missing} where the horizon has not been backfilled for the executions
     * @param estimate what makes the mark an estimate: {@code expiry_intrinsic} by a model, or the identity of a contract that is
     *     not surely its own; null where it is none
     * @param pnlUsd their sum, {@code gains} how many are above zero, {@code rolled} how many targets rolled over a closed market;
     *     only in state {@code unrealized_mark}
     */
    record Marks(
            Slicing slicing,
            LocalDate day,
            int horizonDays,
            String state,
            String reason,
            String markQuality,
            String estimate,
            long executions,
            BigDecimal pnlUsd,
            long gains,
            long rolled) {}

    record Read(List<Quality> quality, List<Values> values, List<InContext> contexts, List<Marks> marks) {}

    /**
     * All at one moment, so that what the marks are of is what the executions are.
     *
     * @param measured states of benchmarks that are measured
     */
    Read read(Selection selection, Set<String> measured, Instant now) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            // a million executions are hashed in memory
            handle.execute("set local work_mem = '32MB'");
            return new Read(
                    quality(handle, selection),
                    values(handle, selection, measured),
                    InContext.read(handle, selection, MONTH),
                    marks(handle, selection, now));
        });
    }

    private static List<Quality> quality(Handle handle, Selection selection) {
        return selection
                .bind(handle.createQuery("""
                        select e.portfolio, e.underlying, e.side, %1$s as day, b.state, b.reason, b.vol_reason,
                          e.fees_usd is not null as fees_known, b.slippage_vol_points is not null as vol_known,
                          b.underlying_price is not null as underlying_price_known, b.traded_iv is not null as traded_iv_known,
                          count(*) as executions, sum(e.fees_usd) as fees_usd, sum(b.slippage_usd) as slippage_usd,
                          sum(%2$s) as premium_usd, sum(%2$s * b.slippage_usd) as weighed_usd,
                          sum(%2$s * b.slippage_bps::text::numeric) as weighed_bps,
                          sum(%2$s * b.slippage_vol_points::text::numeric) as weighed_vol_points,
                          sum(%2$s * b.effective_spread::text::numeric) as weighed_spread
                        from execution e
                        left join execution_benchmark b on b.source_trade_id = e.source_trade_id and b.for_version = e.version
                        where %3$s
                        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11""".formatted(DAY, PREMIUM, Selection.CONDITION)))
                .map((row, context) -> new Quality(
                        Slicing.read(row),
                        row.getObject("day", LocalDate.class),
                        row.getLong("executions"),
                        row.getBoolean("fees_known"),
                        row.getBigDecimal("fees_usd"),
                        row.getString("state") == null ? Absent.NOT_BACKFILLED.state() : row.getString("state"),
                        row.getString("state") == null ? Absent.NOT_BACKFILLED.reason() : row.getString("reason"),
                        row.getBigDecimal("premium_usd"),
                        row.getBigDecimal("slippage_usd"),
                        row.getBigDecimal("weighed_bps"),
                        row.getBigDecimal("weighed_usd"),
                        row.getBigDecimal("weighed_spread"),
                        row.getBoolean("vol_known"),
                        row.getBigDecimal("weighed_vol_points"),
                        row.getString("vol_reason"),
                        row.getBoolean("underlying_price_known"),
                        row.getBoolean("traded_iv_known")))
                .list();
    }

    /** For medians and trimmed means, which no sum can tell: eight bytes a value, in the form they are stored in. */
    private static List<Values> values(Handle handle, Selection selection, Set<String> measured) {
        return selection
                .bind(handle.createQuery("""
                        select e.portfolio, e.underlying, e.side, %s as month,
                          string_agg(float8send(b.slippage_bps), ''::bytea) as bps,
                          string_agg(float8send(b.slippage_usd::float8), ''::bytea) as usd,
                          string_agg(float8send(b.effective_spread), ''::bytea) as spread,
                          string_agg(float8send(b.slippage_vol_points), ''::bytea) as vol_points
                        from execution e
                        join execution_benchmark b on b.source_trade_id = e.source_trade_id and b.for_version = e.version
                        where b.state = any(:measured) and %s
                        group by 1, 2, 3, 4""".formatted(MONTH, Selection.CONDITION)))
                .bind("measured", measured.toArray(String[]::new))
                .map((row, context) -> new Values(
                        Slicing.read(row),
                        doubles(row.getBytes("bps")),
                        doubles(row.getBytes("usd")),
                        doubles(row.getBytes("spread")),
                        doubles(row.getBytes("vol_points"))))
                .list();
    }

    private static double[] doubles(byte[] sent) {
        double[] values = new double[sent == null ? 0 : sent.length / Double.BYTES];
        if (sent != null) {
            ByteBuffer.wrap(sent).asDoubleBuffer().get(values);
        }
        return values;
    }

    /** @param ahead the horizon has not matured for these executions of the day */
    private record Expected(Slicing slicing, LocalDate day, int horizonDays, boolean ahead) {
        static Expected read(ResultSet row) throws SQLException {
            return new Expected(
                    Slicing.read(row),
                    row.getObject(4, LocalDate.class),
                    row.getInt("horizon_days"),
                    row.getBoolean("ahead"));
        }

        Marks without(long executions) {
            Absent absent = Absent.mark(ahead);
            return new Marks(
                    slicing, day, horizonDays, absent.state(), absent.reason(), null, null, executions, null, 0, 0);
        }
    }

    /** The marks of every execution at every stored horizon and at those it is always valued at. */
    private static List<Marks> marks(Handle handle, Selection selection, Instant now) {
        Map<Expected, Long> without = expected(handle, selection, now);
        List<Marks> marks = new ArrayList<>();
        selection
                .bind(handle.createQuery("""
                        select e.portfolio, e.underlying, e.side, %s as day, o.horizon_days,
                          coalesce(e.executed_at + o.horizon_days * interval '1 day' > :now, false) as ahead,
                          o.state = 'pending' and o.target_at <= :now and o.reason not in %s as overdue, o.state, o.reason,
                          o.mark_quality, case when o.mark_source = 'expiry_intrinsic' then 'expiry_intrinsic'
                            when o.mark_source is not null and e.identity = 'standard_root_fallback' then e.identity end as estimate,
                          count(*) as executions, sum(o.pnl_usd) as pnl_usd, count(*) filter (where o.pnl_usd > 0) as gains,
                          count(*) filter (where o.target_rolled and o.pnl_usd is not null) as rolled
                        from outcome_mark o
                        join execution e on e.source_trade_id = o.source_trade_id and e.version = o.for_version
                        where %s
                        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11""".formatted(DAY, AskedAgain.SQL, Selection.CONDITION)))
                .bind("now", now)
                .map((row, context) -> {
                    Expected of = Expected.read(row);
                    long executions = row.getLong("executions");
                    without.merge(of, -executions, Long::sum);
                    boolean overdue = row.getBoolean("overdue");
                    return new Marks(
                            of.slicing(),
                            of.day(),
                            of.horizonDays(),
                            overdue ? Absent.NOT_BACKFILLED.state() : row.getString("state"),
                            overdue ? Absent.NOT_BACKFILLED.reason() : row.getString("reason"),
                            row.getString("mark_quality"),
                            row.getString("estimate"),
                            executions,
                            row.getBigDecimal("pnl_usd"),
                            row.getLong("gains"),
                            row.getLong("rolled"));
                })
                .forEach(marks::add);
        without.forEach((of, executions) -> {
            if (executions > 0) {
                marks.add(of.without(executions));
            }
        });
        return marks;
    }

    /** How many executions there are to be marked, by horizon. */
    private static Map<Expected, Long> expected(Handle handle, Selection selection, Instant now) {
        Map<Expected, Long> expected = new HashMap<>();
        selection
                .bind(handle.createQuery("""
                        select e.portfolio, e.underlying, e.side, %s as day, h.horizon_days,
                          coalesce(e.executed_at + h.horizon_days * interval '1 day' > :now, false) as ahead, count(*) as executions
                        from execution e cross join unnest(:horizons) as h(horizon_days)
                        where %s
                        group by 1, 2, 3, 4, 5, 6""".formatted(DAY, Selection.CONDITION)))
                .bind("now", now)
                .bind("horizons", horizons(handle))
                .map((row, context) -> Map.entry(Expected.read(row), row.getLong("executions")))
                .forEach(of -> expected.put(of.getKey(), of.getValue()));
        return expected;
    }

    /** Those everything is valued at, and whatever else is stored: found by one step in the index each. */
    private static Integer[] horizons(Handle handle) {
        return handle.createQuery("""
                        with recursive stored(days) as (
                          (select min(horizon_days) from outcome_mark)
                          union all
                          select (select min(horizon_days) from outcome_mark where horizon_days > stored.days)
                          from stored where stored.days is not null)
                        select days from stored where days is not null
                        union select unnest(:always)""")
                .bind("always", OutcomeMark.HORIZONS.toArray(Integer[]::new))
                .mapTo(Integer.class)
                .list()
                .toArray(Integer[]::new);
    }

    List<String> portfolios(String source) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select distinct portfolio from execution where source = :source order by 1")
                .bind("source", source)
                .mapTo(String.class)
                .list());
    }
}

package io.voldesk.analytics.performance;

import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.performance.PerformanceStore.Slicing;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.OptionContract;
import io.voldesk.model.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Executions of one slicing, kind of leg and market. */
record InContext(Slicing slicing, Alignment.Leg leg, Alignment.Context context, long executions) {
    /** @param month SQL of the month of execution */
    static List<InContext> read(Handle handle, Selection selection, String month) {
        return selection
                .bind(handle.createQuery(
                        """
                        select e.portfolio, e.underlying, e.side, %1$s as month, e.position_effect,
                          left(right(rtrim(e.symbol), 9), 1) as option_right, c.state, c.regime, c.atm_iv_7, c.atm_iv_30,
                          %2$s as dvol_rank, %3$s as vrp_rank, %4$s as skew_rank, count(*) as executions
                        from execution e
                        left join market_context c on c.source_trade_id = e.source_trade_id and c.for_version = e.version
                        where %5$s
                        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13""".formatted(month, rank("dvol"), rank("vrp"), rank("skew"), Selection.CONDITION)))
                .map((row, context) -> new InContext(
                        Slicing.read(row),
                        new Alignment.Leg(
                                row.getInt("side"),
                                row.getString("position_effect"),
                                switch (row.getString("option_right")) {
                                    case "C" -> OptionContract.Right.C;
                                    case "P" -> OptionContract.Right.P;
                                    default -> null;
                                }),
                        new Alignment.Context(
                                row.getString("state"),
                                known(row, "dvol_rank"),
                                known(row, "vrp_rank"),
                                row.getString("regime"),
                                known(row, "skew_rank"),
                                (Double) row.getObject("atm_iv_7"),
                                (Double) row.getObject("atm_iv_30")),
                        row.getLong("executions")))
                .list();
    }

    /** A rank that stands on enough days and hours, as {@link Sample} has it. */
    private static String rank(String of) {
        return "case when c.%1$s_rank_days >= %2$d and c.%1$s_rank_hours >= %3$d then c.%1$s_rank end"
                .formatted(
                        of,
                        Sample.FEWEST_INDEPENDENT,
                        Math.round(Sample.LEAST_COVERAGE * MarketContextLookup.TRAILING_HOURS));
    }

    private static Alignment.Reading known(ResultSet row, String column) throws SQLException {
        Double value = (Double) row.getObject(column);
        return new Alignment.Reading(value, value == null ? "not_usable" : null);
    }
}

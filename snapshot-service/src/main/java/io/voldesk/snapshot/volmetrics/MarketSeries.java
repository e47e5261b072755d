package io.voldesk.snapshot.volmetrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The hourly market states of a currency, read from the stored snapshots. */
@ApplicationScoped
public class MarketSeries {
    private static final int FETCHED = 5_000;

    private final Jdbi jdbi;

    public MarketSeries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One hour; vols are fractions, null where not stored. {@code gexSpot} is the spot net GEX was computed at. */
    public record Hour(
            Instant at,
            Double spot,
            Double atm7,
            Double atm30,
            Double rv7,
            Double rv30,
            Double dvol,
            Double riskReversal25,
            Double butterfly25,
            Double skewSlope,
            Double netGex,
            Double gexSpot,
            Double flip,
            String regime) {

        /** IV30² − RV30²: variance, a fraction squared. */
        public Double vrp() {
            return atm30 == null || rv30 == null ? null : (Double) (atm30 * atm30 - rv30 * rv30);
        }
    }

    /** By time, both ends included. */
    public List<Hour> between(String currency, Instant from, Instant to) {
        List<Hour> hours = new ArrayList<>();
        each(currency, from, to, hours::add);
        return hours;
    }

    /** As {@link #between}, without keeping them. */
    public void each(String currency, Instant from, Instant to, Consumer<Hour> hours) {
        jdbi.useTransaction(handle -> {
            // a few years of hours are put together in memory
            handle.execute("set local work_mem = '32MB'");
            try (Stream<Hour> stream = handle
                    .createQuery("""
                            select hour, spot, atm_7, atm_30, rv_7, rv_30, dvol, risk_reversal_25, butterfly_25, skew_slope,
                              net_gex, gex_spot, flip, regime
                            from market_state(:currency, :from::timestamptz, :to::timestamptz) order by hour""")
                    .bind("currency", currency)
                    .bind("from", from)
                    .bind("to", to)
                    .setFetchSize(FETCHED)
                    .map((row, context) -> read(row))
                    .stream()) {
                stream.forEach(hours);
            }
        });
    }

    /** The latest hour that has a value. */
    public static Optional<Hour> latest(List<Hour> hours, Function<Hour, Double> value) {
        for (int i = hours.size() - 1; i >= 0; i--) {
            if (value.apply(hours.get(i)) != null) {
                return Optional.of(hours.get(i));
            }
        }
        return Optional.empty();
    }

    private static Hour read(ResultSet row) throws SQLException {
        return new Hour(
                row.getTimestamp(1).toInstant(),
                (Double) row.getObject(2),
                (Double) row.getObject(3),
                (Double) row.getObject(4),
                (Double) row.getObject(5),
                (Double) row.getObject(6),
                (Double) row.getObject(7),
                (Double) row.getObject(8),
                (Double) row.getObject(9),
                (Double) row.getObject(10),
                (Double) row.getObject(11),
                (Double) row.getObject(12),
                (Double) row.getObject(13),
                row.getString(14));
    }
}

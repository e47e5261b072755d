package io.voldesk.snapshot.volmetrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

    /**
     * One hour; vols are fractions, null where not stored.
     *
     * @param spot USD, {@code gexSpot} the one that net GEX was computed at
     * @param atm7 at the money at a constant maturity of 7 days, from the surface of the hour; {@code atm30} likewise
     * @param vendorAtm7 as the vendor interpolates it; {@code vendorAtm30} likewise
     * @param rv7 the vendor's: hourly close to close over 7 days; {@code rv30} likewise
     * @param netGex USD per 1 % move; {@code vendorNetGex} the vendor's own sum, {@code roundingBand} within which a net has no sign
     * @param flip USD, nearest to spot; null with {@code flipReason}
     * @param regime {@code positive, near_flip, negative} or {@code undetermined}
     */
    public record Hour(
            Instant at,
            Double spot,
            Double gexSpot,
            Double atm7,
            Double atm30,
            Double vendorAtm7,
            Double vendorAtm30,
            Double rv7,
            Double rv30,
            Double dvol,
            Double riskReversal25,
            Double butterfly25,
            Double skewSlope,
            Double netGex,
            Double vendorNetGex,
            Double roundingBand,
            Double flip,
            String flipReason,
            String regime) {

        /** IV30 − RV30, in vol (a fraction): the premium sellers of 30-day vol are paid over what was realised. */
        public Double vrp() {
            return atm30 == null || rv30 == null ? null : (Double) (atm30 - rv30);
        }

        /** IV30² − RV30²: variance, a fraction squared. */
        public Double variancePremium() {
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
                            select hour, spot, gex_spot, atm_7, atm_30, vendor_atm_7, vendor_atm_30, rv_7, rv_30, dvol,
                              risk_reversal_25, butterfly_25, skew_slope, net_gex, vendor_net_gex, rounding_band, flip, flip_reason, regime
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

    /** The hours of the days before an instant, itself included: {@code 24 × days} of them where none is missing. */
    public List<Hour> trailing(String currency, Instant to, int days) {
        return between(currency, to.minus(Duration.ofDays(days)).plusSeconds(1), to);
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
                (Double) row.getObject(14),
                (Double) row.getObject(15),
                (Double) row.getObject(16),
                (Double) row.getObject(17),
                row.getString(18),
                row.getString(19));
    }
}

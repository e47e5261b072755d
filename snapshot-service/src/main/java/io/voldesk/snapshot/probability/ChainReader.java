package io.voldesk.snapshot.probability;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.cache.CacheResult;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.amberdata.Vendor;
import io.voldesk.snapshot.amberdata.VendorRow;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotChecks;
import io.voldesk.snapshot.probability.OptionChain.Quote;
import io.voldesk.snapshot.probability.OptionChain.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Option chains with mark vols: the vendor's of this hour, and the stored ones. */
@ApplicationScoped
public class ChainReader {
    private static final Logger LOG = Logger.getLogger(ChainReader.class);

    private static final int FEWEST_QUOTES = 10;

    private final Jdbi jdbi;
    private final AmberdataClient amberdata;
    private final Clock clock;

    public ChainReader(Jdbi jdbi, AmberdataClient amberdata, Clock clock) {
        this.jdbi = jdbi;
        this.amberdata = amberdata;
        this.clock = clock;
    }

    /** The time of the latest stored chain at or before an instant. */
    Optional<Instant> latestAt(String currency, Instant asked) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select max(source_timestamp) from oi_snapshots
                        where currency = :currency and source_timestamp <= :at and suspicious is null and mark_iv is not null""")
                .bind("currency", currency)
                .bind("at", asked)
                .map((row, context) -> Optional.ofNullable(Rows.instant(row.getTimestamp(1))))
                .one());
    }

    /** A stored chain. A quote observed long after the chain's time is of another moment and left out. */
    OptionChain stored(String currency, Instant at) {
        return jdbi.withHandle(handle -> {
            List<Quote> quotes = handle.createQuery("""
                            select * from oi_snapshots
                            where currency = :currency and source_timestamp = :at and suspicious is null
                              and mark_iv is not null and underlying_price is not null and strike is not null
                              and put_call is not null and expiration > :at
                              and (observed_at is null or observed_at <= :until)
                            order by expiration, strike, instrument""")
                    .bind("currency", currency)
                    .bind("at", at)
                    .bind("until", at.plus(AsOf.ONE_MOMENT))
                    .map((row, context) -> quote(row, at))
                    .list();
            Optional<Double> spot = handle.createQuery("""
                            select percentile_disc(0.5) within group (order by index_price) from oi_snapshots
                            where currency = :currency and source_timestamp = :at and suspicious is null""")
                    .bind("currency", currency)
                    .bind("at", at)
                    .map((row, context) -> Optional.ofNullable((Double) row.getObject(1)))
                    .one();
            return new OptionChain("stored", at, spot.orElse(null), quotes);
        });
    }

    private static Quote quote(ResultSet row, Instant at) throws SQLException {
        Instant expiration = row.getTimestamp("expiration").toInstant();
        String instrument = row.getString("instrument");
        return new Quote(
                instrument,
                expiration,
                row.getDouble("strike"),
                row.getString("put_call").equals("C"),
                Unit.of(instrument),
                (Double) row.getObject("bid"),
                (Double) row.getObject("ask"),
                row.getDouble("mark_iv"),
                row.getDouble("underlying_price"),
                Quote.years(at, expiration));
    }

    /** The vendor's chain of this hour or the one before, kept for a minute; empty where it has none or does not answer. */
    @CacheResult(cacheName = "live-chain")
    Optional<OptionChain> live(String currency) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        try {
            return live(currency, hour).or(() -> live(currency, hour.minus(1, ChronoUnit.HOURS)));
        } catch (VendorFailure | AmberdataUnreadable | Problem e) {
            LOG.warnf("no live chain of %s: %s", currency, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<OptionChain> live(String currency, Instant hour) {
        return chain(amberdata.chainOf(currency, hour).rows());
    }

    private static Optional<OptionChain> chain(List<JsonNode> rows) {
        Optional<Instant> at = rows.stream()
                .map(row -> Vendor.time(row, "timestamp"))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        if (at.isEmpty()) {
            return Optional.empty();
        }
        List<JsonNode> newest = rows.stream()
                .filter(row -> at.get().equals(Vendor.time(row, "timestamp")))
                .toList();
        List<Quote> whole = new ArrayList<>();
        List<ReadRows.Rejected> rejected =
                ReadRows.each(newest, "", row -> quote(row, at.get()).ifPresent(whole::add));
        if (!rejected.isEmpty()) {
            LOG.infof("rows of the live chain that were not kept: %s", rejected);
        }
        List<Quote> quotes = whole.stream()
                .sorted(Comparator.comparing(Quote::expiration)
                        .thenComparing(Quote::strike)
                        .thenComparing(Quote::instrument))
                .toList();
        double[] spots = newest.stream()
                .map(row -> Vendor.number(row, "indexPrice"))
                .filter(price -> price != null && price > 0)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return quotes.size() < FEWEST_QUOTES
                ? Optional.empty()
                : Optional.of(
                        new OptionChain("live", at.get(), spots.length == 0 ? null : spots[spots.length / 2], quotes));
    }

    /** Empty for an instrument without a mark vol, or one that has expired. */
    private static Optional<Quote> quote(VendorRow row, Instant at) {
        String instrument = row.neededName("instrument");
        Instant expiration = row.neededExpiration("expirationTimestamp", at);
        Double strike = row.number("strike");
        String putCall = row.putCall("putCall");
        Double vol = row.vol("markIv");
        Double forward = row.number("underlyingPrice");
        boolean whole = expiration.isAfter(at) && putCall != null;
        if (!whole || !positive(strike) || !positive(forward) || vol == null || !SnapshotChecks.plausibleVol(vol)) {
            return Optional.empty();
        }
        return Optional.of(new Quote(
                instrument,
                expiration,
                strike,
                putCall.equals("C"),
                Unit.of(instrument),
                row.number("bid"),
                row.number("ask"),
                vol,
                forward,
                Quote.years(at, expiration)));
    }

    private static boolean positive(Double price) {
        return price != null && price > 0;
    }
}

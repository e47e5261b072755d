package io.voldesk.snapshot.gex;

import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Brings the stored inventories, chains and surfaces of an hour together; suspicious rows are left out, and counted. */
@ApplicationScoped
public class GammaExposure {
    private final Jdbi jdbi;
    private final SurfaceReader surfaces;

    public GammaExposure(Jdbi jdbi, SurfaceReader surfaces) {
        this.jdbi = jdbi;
        this.surfaces = surfaces;
    }

    /** Every hour of a date, by what the transaction sees. */
    List<GammaHour> hoursOf(Handle handle, String currency, LocalDate date) {
        Instant from = SnapshotSource.startOf(date);
        Instant to = SnapshotSource.endOf(date);
        NavigableMap<Instant, List<DealerRow>> hours = new TreeMap<>();
        for (DealerRow row : rows(handle, currency, from, to)) {
            hours.computeIfAbsent(row.at(), at -> new ArrayList<>()).add(row);
        }
        hours.values().removeIf(rows -> rows.stream().noneMatch(row -> row.unusable() == null));
        if (hours.isEmpty()) {
            return List.of();
        }
        NavigableMap<Instant, HourChain> chains = chains(handle, currency, from.minus(Duration.ofHours(1)), to);
        NavigableMap<Instant, Surface> ofDate = new TreeMap<>();
        surfaces.ofDate(handle, currency, date).forEach(surface -> ofDate.put(surface.timestamp(), surface));
        if (ofDate.floorKey(hours.firstKey()) == null) {
            before(currency, hours.firstKey()).ifPresent(surface -> ofDate.put(surface.timestamp(), surface));
        }
        List<GammaHour> result = new ArrayList<>();
        hours.forEach((at, rows) ->
                result.add(GammaHour.of(rows, value(chains.floorEntry(at)), value(ofDate.floorEntry(at)))));
        return result;
    }

    /** The latest stored hour at or before an instant. */
    Optional<GammaHour> latest(String currency, Instant notAfter) {
        return jdbi.withHandle(handle -> {
            Instant at = handle.createQuery("""
                            select max(source_timestamp) from gex_snapshots
                            where currency = :currency and source_timestamp <= :at and suspicious is null and index_price is not null""")
                    .bind("currency", currency)
                    .bind("at", notAfter)
                    .map((row, context) -> row.getTimestamp(1) == null
                            ? Instant.EPOCH
                            : row.getTimestamp(1).toInstant())
                    .one();
            List<DealerRow> rows = rows(handle, currency, at, at);
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(of(
                            currency,
                            rows,
                            value(chains(handle, currency, at.minus(Duration.ofHours(1)), at)
                                    .lastEntry())));
        });
    }

    /**
     * An hour from rows and a chain at hand, for what the chain lacks the latest stored surface before it.
     *
     * @param chain null where there is none
     */
    GammaHour of(String currency, List<DealerRow> rows, HourChain chain) {
        return GammaHour.of(rows, chain, before(currency, rows.getFirst().at()).orElse(null));
    }

    private Optional<Surface> before(String currency, Instant at) {
        return surfaces.latest(currency, at);
    }

    private static <T> T value(Map.Entry<Instant, T> entry) {
        return entry == null ? null : entry.getValue();
    }

    private static List<DealerRow> rows(Handle handle, String currency, Instant from, Instant to) {
        return handle.createQuery("""
                        select * from gex_snapshots
                        where currency = :currency and source_timestamp between :from and :to
                        order by source_timestamp, instrument""")
                .bind("currency", currency)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new DealerRow(
                        row.getTimestamp("source_timestamp").toInstant(),
                        contract(row),
                        (Double) row.getObject("total_inventory"),
                        (Double) row.getObject("gamma_level"),
                        row.getDouble("index_price"),
                        row.getLong("raw_id"),
                        unusable(row)))
                .list();
    }

    private static String unusable(ResultSet row) throws SQLException {
        if (row.getString("suspicious") != null) {
            return "suspicious";
        }
        return row.getObject("index_price") == null ? "no_index_price" : null;
    }

    private static NavigableMap<Instant, HourChain> chains(Handle handle, String currency, Instant from, Instant to) {
        NavigableMap<Instant, HourChain> chains = new TreeMap<>();
        handle.createQuery("""
                        select source_timestamp, expiration, strike, put_call, mark_iv, underlying_price, open_interest
                        from oi_snapshots
                        where currency = :currency and source_timestamp between :from and :to and suspicious is null
                          and snapshot_date between (:from::timestamptz at time zone 'UTC')::date - 1 and (:to::timestamptz at time zone 'UTC')::date + 1
                          and (observed_at is null or observed_at <= source_timestamp + :moment * interval '1 second')""")
                .bind("currency", currency)
                .bind("from", from)
                .bind("to", to)
                .bind("moment", AsOf.ONE_MOMENT.toSeconds())
                .map((row, context) -> {
                    Contract contract = contract(row);
                    if (contract != null) {
                        chains.computeIfAbsent(
                                        row.getTimestamp("source_timestamp").toInstant(),
                                        at -> new HourChain(at, new HashMap<>()))
                                .quotes()
                                .put(
                                        contract,
                                        new HourChain.Quote(
                                                (Double) row.getObject("mark_iv"),
                                                (Double) row.getObject("underlying_price"),
                                                (Double) row.getObject("open_interest")));
                    }
                    return contract;
                })
                .list();
        return chains;
    }

    private static Contract contract(ResultSet row) throws SQLException {
        return row.getTimestamp("expiration") == null
                        || row.getObject("strike") == null
                        || row.getString("put_call") == null
                ? null
                : new Contract(
                        row.getTimestamp("expiration").toInstant(), row.getDouble("strike"), row.getString("put_call"));
    }
}

package io.voldesk.snapshot.surface;

import io.voldesk.kit.db.Rows;
import io.voldesk.model.AgeRule;
import io.voldesk.snapshot.capture.SnapshotSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads stored surfaces; suspicious points are left out. */
@ApplicationScoped
public class SurfaceReader {
    private final Jdbi jdbi;

    public SurfaceReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The surface an asked moment is answered from: the latest at or before it, with its age then.
     *
     * @param surface null where there is none or it is too old to be shown, as {@code age} says
     */
    public record Found(AgeRule.Age age, Surface surface) {}

    public Found asOf(String currency, Instant asked) {
        Instant latest = jdbi.withHandle(handle -> latestAt(handle, currency, asked));
        AgeRule.Age age = AgeRule.SNAPSHOT.of(latest, asked, "no_surface_snapshot");
        return new Found(
                age,
                age.shown()
                        ? jdbi.withHandle(handle -> at(handle, currency, latest))
                                .orElse(null)
                        : null);
    }

    /** The latest surface at or before an instant, of any age: whoever takes it judges that. */
    public Optional<Surface> latest(String currency, Instant notAfter) {
        return jdbi.withHandle(handle ->
                Optional.ofNullable(latestAt(handle, currency, notAfter)).flatMap(at -> at(handle, currency, at)));
    }

    private static Instant latestAt(Handle handle, String currency, Instant notAfter) {
        return handle.createQuery("""
                        select max(source_timestamp) from iv_surface_snapshots
                        where currency = :currency and source_timestamp <= :at and suspicious is null""")
                .bind("currency", currency)
                .bind("at", notAfter)
                .map((row, context) -> Optional.ofNullable(Rows.instant(row.getTimestamp(1))))
                .one()
                .orElse(null);
    }

    /** The surface nearest to an instant, at most {@code within} from it. */
    public Optional<Surface> near(String currency, Instant at, Duration within) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                                select source_timestamp from iv_surface_snapshots
                                where currency = :currency and suspicious is null
                                  and source_timestamp between :from and :to
                                order by abs(extract(epoch from source_timestamp - :at::timestamptz)), source_timestamp limit 1""")
                .bind("currency", currency)
                .bind("from", at.minus(within))
                .bind("to", at.plus(within))
                .bind("at", at)
                .map((row, context) -> Rows.instant(row.getTimestamp(1)))
                .findOne()
                .flatMap(found -> at(handle, currency, found)));
    }

    private static Optional<Surface> at(Handle handle, String currency, Instant at) {
        int timestamps = handle.createQuery("""
                        select count(distinct source_timestamp) from iv_surface_snapshots
                        where currency = :currency and source_timestamp <= :at
                          and source_timestamp > :at::timestamptz - interval '1 hour'""")
                .bind("currency", currency)
                .bind("at", at)
                .mapTo(Integer.class)
                .one();
        return read(handle, currency, at, at, timestamps).stream().findFirst();
    }

    /** Every surface of a UTC date, by time. */
    public List<Surface> ofDate(Handle handle, String currency, LocalDate date) {
        return read(handle, currency, SnapshotSource.startOf(date), SnapshotSource.endOf(date), 1);
    }

    private record Row(
            Instant at,
            Instant expiration,
            double days,
            SurfaceSlice.Point point,
            double forward,
            String source,
            Double index) {}

    private static List<Surface> read(Handle handle, String currency, Instant from, Instant to, int timestamps) {
        Map<Instant, Map<Instant, List<Row>>> byTime = new TreeMap<>();
        handle.createQuery("""
                        select * from iv_surface_snapshots
                        where currency = :currency and suspicious is null
                          and source_timestamp between :from and :to and expiration > source_timestamp
                        order by source_timestamp, expiration""")
                .bind("currency", currency)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> row(row))
                .list()
                .forEach(row -> byTime.computeIfAbsent(row.at(), t -> new TreeMap<>())
                        .computeIfAbsent(row.expiration(), e -> new ArrayList<>())
                        .add(row));
        List<Surface> surfaces = new ArrayList<>();
        byTime.forEach((at, expiries) -> {
            List<SurfaceSlice> slices = expiries.values().stream()
                    .filter(rows -> rows.getFirst().forward() > 0)
                    .map(SurfaceReader::slice)
                    .toList();
            Double index = expiries.values().iterator().next().getFirst().index();
            surfaces.add(new Surface(currency, at, index, slices, timestamps));
        });
        return surfaces;
    }

    private static Row row(ResultSet row) throws SQLException {
        Instant at = row.getTimestamp("source_timestamp").toInstant();
        Instant expiration = row.getTimestamp("expiration").toInstant();
        // the row's own times, not a stored difference of them: they are what a horizon is held against
        double days = Duration.between(at, expiration).toSeconds() / 86_400.0;
        double vol = row.getDouble("vol");
        double delta = row.getDouble("call_delta");
        Double index = (Double) row.getObject("index_price");
        Double forward = (Double) row.getObject("forward");
        String label = row.getString("point");
        double k = label.equals("atm") ? 0 : SurfaceSlice.strikeOf(delta, vol, days / 365);
        return new Row(
                at,
                expiration,
                days,
                new SurfaceSlice.Point(label, delta, k, vol, row.getLong("raw_id")),
                forward != null ? forward : index == null ? 0 : index,
                forward != null ? "vendor_forward" : "index_price",
                index);
    }

    private static SurfaceSlice slice(List<Row> rows) {
        Row first = rows.getFirst();
        return new SurfaceSlice(
                first.expiration(),
                first.days(),
                first.forward(),
                first.source(),
                rows.stream()
                        .map(Row::point)
                        .sorted(Comparator.comparingDouble(SurfaceSlice.Point::k))
                        .toList());
    }
}

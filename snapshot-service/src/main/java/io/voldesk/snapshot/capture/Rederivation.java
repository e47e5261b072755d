package io.voldesk.snapshot.capture;

import io.quarkus.arc.All;
import io.voldesk.kit.db.Rows;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Shows that what is stored is what the archive says: reads the answers of a snapshot's run again, by today's code, and compares
 * rows and what is derived from them with the stored ones, to the last bit.
 */
@ApplicationScoped
public class Rederivation {
    private final Jdbi jdbi;
    private final AmberdataClient amberdata;
    private final Map<SnapshotType, SnapshotSource> sources;

    public Rederivation(Jdbi jdbi, AmberdataClient amberdata, @All List<SnapshotSource> sources) {
        this.jdbi = jdbi;
        this.amberdata = amberdata;
        this.sources = sources.stream().collect(Collectors.toMap(SnapshotSource::type, Function.identity()));
    }

    /**
     * @param state {@code same}, {@code differs}, or {@code unavailable} with its reason
     * @param differing rows that are on one side only
     */
    public record Item(
            SnapshotType type,
            String currency,
            LocalDate date,
            String state,
            long rows,
            long differing,
            long derivedRows,
            long derivedDiffering,
            String reason) {}

    /** @param status {@code ok} where every snapshot of the range came out the same */
    public record Report(String status, LocalDate from, LocalDate to, long checked, long same, List<Item> notSame) {}

    private record Stored(SnapshotType type, String currency, LocalDate date, Instant started, Instant finished) {}

    Report check(LocalDate from, LocalDate to, List<SnapshotType> types, List<String> currencies) {
        List<Item> items =
                stored(from, to, types, currencies).stream().map(this::check).toList();
        List<Item> notSame =
                items.stream().filter(item -> !item.state().equals("same")).toList();
        return new Report(
                notSame.isEmpty() ? "ok" : "differs", from, to, items.size(), items.size() - notSame.size(), notSame);
    }

    private List<Stored> stored(LocalDate from, LocalDate to, List<SnapshotType> types, List<String> currencies) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.snapshot_type, s.currency, s.snapshot_date, r.started_at, r.finished_at
                        from snapshot s join snapshot_run r on r.id = s.run_id
                        where s.snapshot_date between :from and :to
                          and s.snapshot_type = any(:types) and s.currency = any(:currencies)
                        order by s.snapshot_date, s.snapshot_type, s.currency""")
                .bind("from", from)
                .bind("to", to)
                .bindArray(
                        "types",
                        String.class,
                        types.stream().map(SnapshotType::code).toList())
                .bindArray("currencies", String.class, currencies)
                .map((row, context) -> new Stored(
                        SnapshotType.of("type", row.getString(1)),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        Rows.instant(row.getTimestamp(4)),
                        Rows.instant(row.getTimestamp(5))))
                .list());
    }

    private Item check(Stored snapshot) {
        SnapshotSource source = sources.get(snapshot.type());
        try {
            List<SnapshotRow> read = amberdata.replaying(
                    snapshot.started(), snapshot.finished(), () -> source.fetch(snapshot.currency(), snapshot.date()));
            List<SnapshotRow> again = SnapshotChecks.check(source.table(), snapshot.date(), read, null)
                    .rows();
            return jdbi.withHandle(handle -> {
                handle.begin();
                Map<String, Integer> difference = new TreeMap<>();
                again.forEach(row -> difference.merge(text(row), 1, Integer::sum));
                List<String> stored = storedRows(handle, source.table(), snapshot);
                stored.forEach(row -> difference.merge(row, -1, Integer::sum));
                Map<String, Integer> derivedDifference = new TreeMap<>();
                List<String> derived = derivedRows(handle, source, snapshot);
                derived.forEach(row -> derivedDifference.merge(row, -1, Integer::sum));
                source.derive(handle, snapshot.currency(), snapshot.date());
                derivedRows(handle, source, snapshot).forEach(row -> derivedDifference.merge(row, 1, Integer::sum));
                handle.rollback();
                long differing = count(difference);
                long derivedDiffering = count(derivedDifference);
                return new Item(
                        snapshot.type(),
                        snapshot.currency(),
                        snapshot.date(),
                        differing + derivedDiffering == 0 ? "same" : "differs",
                        stored.size(),
                        differing,
                        derived.size(),
                        derivedDiffering,
                        null);
            });
        } catch (AmberdataUnreadable e) {
            return new Item(
                    snapshot.type(), snapshot.currency(), snapshot.date(), "unavailable", 0, 0, 0, 0, e.getMessage());
        }
    }

    private static long count(Map<String, Integer> difference) {
        return difference.values().stream().mapToLong(Math::abs).sum();
    }

    private static List<String> storedRows(Handle handle, SnapshotTable table, Stored snapshot) {
        String columns = table.columns().stream()
                .map(SnapshotTable.Column::name)
                .collect(Collectors.joining(", ", "source_timestamp, ", ", suspicious, raw_id"));
        return rows(handle, "select " + columns + " from " + table.name(), snapshot);
    }

    private static List<String> derivedRows(Handle handle, SnapshotSource source, Stored snapshot) {
        return source.derivedTable() == null
                ? List.of()
                : rows(handle, "select * from " + source.derivedTable(), snapshot);
    }

    private static List<String> rows(Handle handle, String select, Stored snapshot) {
        return handle.createQuery(select + " where currency = :currency and snapshot_date = :date")
                .bind("currency", snapshot.currency())
                .bind("date", snapshot.date())
                .map((row, context) -> text(row))
                .list();
    }

    private static String text(SnapshotRow row) {
        return Stream.of(
                        Stream.of((Object) row.sourceTimestamp()),
                        row.values().stream(),
                        Stream.of((Object) row.suspicious(), row.rawId()))
                .flatMap(Function.identity())
                .map(Rederivation::text)
                .collect(Collectors.joining("|"));
    }

    private static String text(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.add(text(row.getObject(i)));
        }
        return String.join("|", values);
    }

    /** Doubles by their bits; instants to the microsecond that PostgreSQL keeps; whole numbers whatever their width. */
    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> Double.toHexString(number);
            case Instant time -> time.truncatedTo(ChronoUnit.MICROS).toString();
            case Timestamp time -> time.toInstant().toString();
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}

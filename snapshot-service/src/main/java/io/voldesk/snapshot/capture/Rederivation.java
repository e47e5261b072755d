package io.voldesk.snapshot.capture;

import io.quarkus.arc.All;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.remediation.RemediationLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
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
import org.jspecify.annotations.Nullable;

/**
 * Shows that what is stored is what the archive says: reads the answers of a snapshot's run again, by today's code, and compares
 * rows and what is derived from them with the stored ones, to the last bit. Where today's code reads them otherwise, as after an
 * upgrade, it can put them in place of the stored ones.
 */
@ApplicationScoped
public class Rederivation {
    private final Jdbi jdbi;
    private final AmberdataClient amberdata;
    private final SnapshotStore store;
    private final RemediationLog remediation;
    private final RunLock locks;
    private final Clock clock;
    private final Map<SnapshotType, SnapshotSource> sources;

    public Rederivation(
            Jdbi jdbi,
            AmberdataClient amberdata,
            SnapshotStore store,
            RemediationLog remediation,
            RunLock locks,
            Clock clock,
            @All List<SnapshotSource> sources) {
        this.jdbi = jdbi;
        this.amberdata = amberdata;
        this.store = store;
        this.remediation = remediation;
        this.locks = locks;
        this.clock = clock;
        this.sources = sources.stream().collect(Collectors.toMap(SnapshotSource::type, Function.identity()));
    }

    /** What is looked at: stored snapshots of these dates, both included. */
    record Range(LocalDate from, LocalDate to, List<SnapshotType> types, List<String> currencies) {}

    /**
     * @param state {@code same}, {@code differs}, {@code applied} (it differed and was replaced), or {@code unavailable} with its reason
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
            @Nullable String reason) {
        private boolean is(String wanted) {
            return state.equals(wanted);
        }

        private Item applied() {
            return new Item(type, currency, date, "applied", rows, differing, derivedRows, derivedDiffering, reason);
        }
    }

    /**
     * @param status {@code ok} where every snapshot of the range is the same or was made so, {@code differs}, or {@code partial_error}
     *     where an applied range holds one that could not be read again
     */
    public record Report(
            String status,
            boolean apply,
            LocalDate from,
            LocalDate to,
            long checked,
            long same,
            long applied,
            List<Item> notSame) {}

    private record Stored(SnapshotType type, String currency, LocalDate date, Instant started, Instant finished) {}

    Report check(Range range) {
        return report(range, false, stored(range).stream().map(this::check).toList());
    }

    /** Snapshot by snapshot, each in a transaction: where it stops, it can be asked for again. */
    Report apply(Range range, String who, String why) {
        return report(
                range,
                true,
                stored(range).stream()
                        .map(snapshot -> apply(snapshot, who, why))
                        .toList());
    }

    private static Report report(Range range, boolean apply, List<Item> items) {
        List<Item> notSame = items.stream().filter(item -> !item.is("same")).toList();
        long applied = notSame.stream().filter(item -> item.is("applied")).count();
        boolean well = notSame.size() == applied;
        return new Report(
                well ? "ok" : apply ? "partial_error" : "differs",
                apply,
                range.from(),
                range.to(),
                items.size(),
                items.size() - notSame.size(),
                applied,
                notSame);
    }

    private List<Stored> stored(Range range) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.snapshot_type, s.currency, s.snapshot_date, r.started_at, r.finished_at
                        from snapshot s join snapshot_run r on r.id = s.run_id
                        where s.snapshot_date between :from and :to
                          and s.snapshot_type = any(:types) and s.currency = any(:currencies)
                        order by s.snapshot_date, array_position(:order, s.snapshot_type), s.currency""")
                .bind("from", range.from())
                .bind("to", range.to())
                .bindArray(
                        "types",
                        String.class,
                        range.types().stream().map(SnapshotType::code).toList())
                .bindArray("currencies", String.class, range.currencies())
                .bindArray("order", String.class, SnapshotType.ORDER)
                .map((row, context) -> new Stored(
                        SnapshotType.of("type", row.getString(1)),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        Rows.instant(row.getTimestamp(4)),
                        Rows.instant(row.getTimestamp(5))))
                .list());
    }

    private SnapshotChecks.Checked again(Stored snapshot) {
        SnapshotSource source = sources.get(snapshot.type());
        ReadRows read = amberdata.replaying(
                snapshot.started(), snapshot.finished(), () -> source.fetch(snapshot.currency(), snapshot.date()));
        return SnapshotChecks.check(source.table(), snapshot.date(), read, null);
    }

    private Item check(Stored snapshot) {
        try {
            List<SnapshotRow> again = again(snapshot).rows();
            return jdbi.withHandle(handle -> {
                handle.begin();
                Item item = compare(handle, snapshot, again);
                handle.rollback();
                return item;
            });
        } catch (AmberdataUnreadable e) {
            return unavailable(snapshot, e);
        }
    }

    private Item apply(Stored snapshot, String who, String why) {
        SnapshotType type = snapshot.type();
        try (var _ = locks.take(type.lockOf(snapshot.currency(), snapshot.date()), who)) {
            SnapshotChecks.Checked again = again(snapshot);
            SnapshotStore.Standing before = store.standing(type, snapshot.currency(), snapshot.date());
            Item item = jdbi.inTransaction(handle -> {
                Item found = compare(handle, snapshot, again.rows());
                if (found.is("same")) {
                    return found;
                }
                List<SnapshotSource> dependents = sources.values().stream()
                        .filter(source -> source.drawnFrom().contains(type))
                        .toList();
                SnapshotStore.replaceRows(
                        handle, sources.get(type), dependents, snapshot.currency(), snapshot.date(), again.rows());
                store.recount(handle, type, snapshot.currency(), snapshot.date(), again, who, clock.instant());
                return found.applied();
            });
            if (item.is("applied")) {
                remediation.note(
                        who,
                        "rederive",
                        type.code(),
                        snapshot.currency(),
                        snapshot.date(),
                        again.suspicious() == 0 ? "ok" : "suspicious",
                        why,
                        item.differing() + " rows and " + item.derivedDiffering() + " derived rows differed",
                        before == null ? null : before.records(),
                        again.rows().size(),
                        before == null ? null : before.suspicious(),
                        (int) again.suspicious());
            }
            return item;
        } catch (AmberdataUnreadable e) {
            return unavailable(snapshot, e);
        }
    }

    private static Item unavailable(Stored snapshot, AmberdataUnreadable why) {
        return new Item(
                snapshot.type(), snapshot.currency(), snapshot.date(), "unavailable", 0, 0, 0, 0, why.getMessage());
    }

    /** Derives within the transaction, which is rolled back or goes on to replace. */
    private Item compare(Handle handle, Stored snapshot, List<SnapshotRow> again) {
        SnapshotSource source = sources.get(snapshot.type());
        Map<String, Integer> difference = new TreeMap<>();
        again.forEach(row -> difference.merge(text(row), 1, Integer::sum));
        List<String> stored = storedRows(handle, source.table(), snapshot);
        stored.forEach(row -> difference.merge(row, -1, Integer::sum));
        Map<String, Integer> derivedDifference = new TreeMap<>();
        List<String> derived = derivedRows(handle, source, snapshot);
        derived.forEach(row -> derivedDifference.merge(row, -1, Integer::sum));
        source.derive(handle, snapshot.currency(), snapshot.date());
        derivedRows(handle, source, snapshot).forEach(row -> derivedDifference.merge(row, 1, Integer::sum));
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

package io.voldesk.snapshot.capture;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** How one type of snapshot is fetched and what is derived from it. */
public interface SnapshotSource {
    SnapshotType type();

    SnapshotTable table();

    /** Asks the vendor for a UTC date and reads the rows; none where the vendor has none. */
    ReadRows fetch(String currency, LocalDate date);

    /** Rows derived from the stored ones, in the transaction that stored them. */
    default void derive(Handle handle, String currency, LocalDate date) {}

    /** The other types whose rows {@link #derive} reads: when one of them is stored anew, it is done again. */
    default Set<SnapshotType> drawnFrom() {
        return Set.of();
    }

    /** Where {@link #derive} writes; null where nothing is derived. */
    default String derivedTable() {
        return null;
    }

    static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The last second of the date: the vendor's ranges include their end. */
    static Instant endOf(LocalDate date) {
        return startOf(date.plusDays(1)).minusSeconds(1);
    }
}

package io.voldesk.snapshot.capture;

import java.util.List;
import java.util.stream.Stream;

/**
 * The table of one snapshot type beyond the columns all have ({@code currency, snapshot_date, source_timestamp, suspicious,
 * raw_id}).
 */
public record SnapshotTable(String name, List<Column> columns) {
    /** What a column's values must be to be taken for good. */
    public enum Kind {
        /** No check. */
        PLAIN,
        /** Positive where present. */
        PRICE,
        /** 1 % to 500 %, as fraction, where present. */
        VOL,
        /** Like {@link #VOL}, and most rows have it. */
        NEEDED_VOL,
        /** Like {@link #PRICE}, and most rows have it. */
        NEEDED_PRICE
    }

    public record Column(String name, Kind kind) {}

    /** The names of all its columns, in the order rows are written and exported. */
    public List<String> allColumns() {
        return Stream.of(
                        Stream.of("currency", "snapshot_date", "source_timestamp"),
                        columns.stream().map(Column::name),
                        Stream.of("suspicious", "raw_id"))
                .flatMap(names -> names)
                .toList();
    }

    public static Column plain(String name) {
        return new Column(name, Kind.PLAIN);
    }

    public static Column price(String name) {
        return new Column(name, Kind.PRICE);
    }

    public static Column vol(String name) {
        return new Column(name, Kind.VOL);
    }

    public static Column neededVol(String name) {
        return new Column(name, Kind.NEEDED_VOL);
    }

    public static Column neededPrice(String name) {
        return new Column(name, Kind.NEEDED_PRICE);
    }
}

package io.voldesk.snapshot.capture;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Marks rows that cannot be right, and warns of a whole that looks wrong. Nothing is dropped. */
public final class SnapshotChecks {
    private static final double LOWEST_VOL = 0.01;
    private static final double HIGHEST_VOL = 5;

    /** Contracts, coins or USD a coin: far beyond all there are of any of them. */
    private static final double LARGEST_SIZE = 1e10;

    /** USD of one instrument: far beyond what all coins are worth together. */
    private static final double LARGEST_AMOUNT = 1e13;

    private static final double MOST_NULLS = 0.20;
    private static final double LEAST_OF_MEDIAN = 0.60;

    /** A warning that speaks of when a chain was asked for, not of what is in it. */
    private static final String NOT_AS_OF_SAFE = "not_as_of_safe: ";

    private SnapshotChecks() {}

    static String notAsOfSafe(String why) {
        return NOT_AS_OF_SAFE + why;
    }

    /** Whether stored warnings, joined by "; ", leave the data in doubt. */
    public static boolean doubtful(String warnings) {
        return Arrays.stream(warnings.split("; ")).anyMatch(w -> !w.isEmpty() && !w.startsWith(NOT_AS_OF_SAFE));
    }

    record Checked(List<SnapshotRow> rows, List<String> warnings) {
        long suspicious() {
            return rows.stream().filter(row -> row.suspicious() != null).count();
        }
    }

    /** @param trailingMedian rows of the last 14 days' snapshots, null where there are none */
    static Checked check(SnapshotTable table, LocalDate date, ReadRows read, Double trailingMedian) {
        List<SnapshotRow> rows = read.rows();
        Map<Integer, Map<Instant, Double>> medians = medians(table, rows);
        Set<String> seen = new HashSet<>();
        List<SnapshotRow> checked = new ArrayList<>(rows.size());
        for (SnapshotRow row : rows) {
            SnapshotRow result = row;
            if (row.sourceTimestamp().isBefore(SnapshotSource.startOf(date))
                    || !row.sourceTimestamp().isBefore(SnapshotSource.startOf(date.plusDays(1)))) {
                result = result.suspected("timestamp_outside_date");
            }
            if (!seen.add(row.sourceTimestamp() + "|" + row.key())) {
                result = result.suspected("duplicate_key");
            }
            for (int i = 0; i < table.columns().size(); i++) {
                if (row.values().get(i) instanceof Double value) {
                    Double median = medians.getOrDefault(i, Map.of()).get(row.sourceTimestamp());
                    String wrong = wrong(table.columns().get(i), value, median);
                    if (wrong != null) {
                        result = result.suspected(wrong);
                    }
                }
            }
            checked.add(result);
        }
        List<String> warnings = new ArrayList<>();
        if (!read.rejected().isEmpty()) {
            warnings.add("rejected_rows: " + read.reasons());
        }
        if (trailingMedian != null && rows.size() < LEAST_OF_MEDIAN * trailingMedian) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "row_count_low: %d rows against a 14-day median of %.0f",
                    rows.size(),
                    trailingMedian));
        }
        for (int i = 0; i < table.columns().size(); i++) {
            SnapshotTable.Column column = table.columns().get(i);
            if (column.kind() == SnapshotTable.Kind.NEEDED_VOL || column.kind() == SnapshotTable.Kind.NEEDED_PRICE) {
                int at = i;
                long nulls = rows.stream()
                        .filter(row -> row.values().get(at) == null)
                        .count();
                if (nulls > MOST_NULLS * rows.size()) {
                    warnings.add(String.format(
                            Locale.ROOT,
                            "many_nulls: %s is missing in %d of %d rows",
                            column.name(),
                            nulls,
                            rows.size()));
                }
            }
        }
        return new Checked(checked, warnings);
    }

    /** Of each price that most rows have, by time: what many rows tell of one moment cannot be twice as much in one of them. */
    private static Map<Integer, Map<Instant, Double>> medians(SnapshotTable table, List<SnapshotRow> rows) {
        Map<Integer, Map<Instant, Double>> medians = new HashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).kind() == SnapshotTable.Kind.NEEDED_PRICE) {
                int at = i;
                Map<Instant, List<Double>> values = rows.stream()
                        .filter(row -> row.values().get(at) != null)
                        .collect(Collectors.groupingBy(
                                SnapshotRow::sourceTimestamp,
                                Collectors.mapping(row -> (Double) row.values().get(at), Collectors.toList())));
                Map<Instant, Double> ofTimes = new HashMap<>();
                values.forEach((time, those) -> ofTimes.put(time, median(those)));
                medians.put(at, ofTimes);
            }
        }
        return medians;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** @param median of the column at the row's time; null where it is not looked at */
    private static String wrong(SnapshotTable.Column column, double value, Double median) {
        return switch (column.kind()) {
            case PLAIN -> null;
            case PRICE, NEEDED_PRICE -> {
                if (value <= 0) {
                    yield "non_positive_price: " + column.name();
                }
                boolean apart = median != null && (value > 2 * median || value < median / 2);
                yield value > LARGEST_SIZE
                        ? "absurd_price: " + column.name()
                        : apart ? "price_apart: " + column.name() : null;
            }
            case SIZE -> Math.abs(value) > LARGEST_SIZE ? "absurd_size: " + column.name() : null;
            case AMOUNT ->
                value < 0
                        ? "negative_amount: " + column.name()
                        : value > LARGEST_AMOUNT ? "absurd_amount: " + column.name() : null;
            case VOL, NEEDED_VOL -> plausibleVol(value) ? null : "vol_out_of_range: " + column.name();
        };
    }

    /** Whether a vol, a fraction, lies within 1 % and 500 %. */
    public static boolean plausibleVol(double vol) {
        return vol >= LOWEST_VOL && vol <= HIGHEST_VOL;
    }
}

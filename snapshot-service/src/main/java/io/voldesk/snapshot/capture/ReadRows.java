package io.voldesk.snapshot.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.snapshot.amberdata.VendorRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was read from a vendor answer, and what could not be: a row with a value that cannot be kept, or without one it is nothing
 * without, is counted with its place and reason, never dropped in silence, and costs no other row.
 */
public record ReadRows(List<SnapshotRow> rows, List<Rejected> rejected) {
    private static final int PLACES_IN_A_LINE = 5;

    /**
     * A vendor row that could not be kept.
     *
     * @param row its place in the answer, from 1
     * @param reason as {@link VendorRow.Unusable} gives it
     */
    public record Rejected(int row, String reason) {}

    /** Reads each vendor row into one of ours. */
    public static ReadRows of(List<JsonNode> vendorRows, Function<VendorRow, SnapshotRow> read) {
        List<SnapshotRow> rows = new ArrayList<>(vendorRows.size());
        List<Rejected> rejected = each(vendorRows, "", row -> rows.add(read.apply(row)));
        return new ReadRows(rows, rejected);
    }

    /**
     * Hands each vendor row to a reader and gives those that it found unusable.
     *
     * @param prefix of their reasons, where an answer is one of several
     */
    public static List<Rejected> each(List<JsonNode> vendorRows, String prefix, Consumer<VendorRow> reader) {
        List<Rejected> rejected = new ArrayList<>();
        for (int i = 0; i < vendorRows.size(); i++) {
            try {
                reader.accept(new VendorRow(vendorRows.get(i)));
            } catch (VendorRow.Unusable e) {
                rejected.add(new Rejected(i + 1, prefix + e.reason()));
            }
        }
        return rejected;
    }

    public ReadRows alsoRejecting(List<Rejected> more) {
        return new ReadRows(
                rows, Stream.concat(rejected.stream(), more.stream()).toList());
    }

    /** How many were rejected, by reason. */
    Map<String, Integer> byReason() {
        return rejected.stream().collect(Collectors.toMap(Rejected::reason, r -> 1, Integer::sum, TreeMap::new));
    }

    /** The reasons with their counts and first places in a line; empty where nothing was rejected. */
    String reasons() {
        Map<String, List<Rejected>> byReason =
                rejected.stream().collect(Collectors.groupingBy(Rejected::reason, TreeMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(e -> e.getValue().size() + " " + e.getKey() + " (row " + places(e.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String places(List<Rejected> rejected) {
        String first = rejected.stream()
                .limit(PLACES_IN_A_LINE)
                .map(r -> String.valueOf(r.row()))
                .collect(Collectors.joining(" "));
        return rejected.size() > PLACES_IN_A_LINE ? first + " …" : first;
    }
}

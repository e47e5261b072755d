package io.voldesk.snapshot.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was read from a vendor answer, and what could not be: a row without a readable time, name or vol is counted by its reason, never
 * dropped in silence.
 */
public record ReadRows(List<SnapshotRow> rows, Map<String, Integer> rejected) {
    /** @param fault why a row cannot be kept; null where it can */
    public static ReadRows of(
            List<JsonNode> vendorRows, Function<JsonNode, String> fault, Function<JsonNode, SnapshotRow> read) {
        List<SnapshotRow> rows = new ArrayList<>(vendorRows.size());
        Map<String, Integer> rejected = new TreeMap<>();
        for (JsonNode row : vendorRows) {
            String reason = fault.apply(row);
            if (reason == null) {
                rows.add(read.apply(row));
            } else {
                rejected.merge(reason, 1, Integer::sum);
            }
        }
        return new ReadRows(rows, rejected);
    }

    public ReadRows alsoRejecting(Map<String, Integer> more) {
        Map<String, Integer> all = new TreeMap<>(rejected);
        more.forEach((reason, n) -> all.merge(reason, n, Integer::sum));
        return new ReadRows(rows, all);
    }

    int rejections() {
        return rejected.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The reasons with their counts in a line; empty where nothing was rejected. */
    String reasons() {
        return rejected.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }
}

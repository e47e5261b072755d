package io.voldesk.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Recorded answers of which single values were put in place of others, by seed. */
final class HostileValues {
    static final ObjectMapper JSON = new ObjectMapper();

    /** As JSON text; the empty one takes the field away. */
    private static final List<String> VALUES = List.of(
            "",
            "null",
            "\"\"",
            "\"\\u0000\"",
            "\"BTC\\u0000-26APR24-100000-C\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(9_000) + "\"",
            "\"soon\"",
            "\"NaN\"",
            "\"0x1p3\"",
            "\"\u0661\u0662\u0663\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"2024-04-01 00:00:00 000000000\"",
            "true",
            "[]",
            "{}",
            "-1",
            "0",
            "-0.0",
            "1e30",
            "1e308",
            "-1e308",
            "1e400",
            "1e-400",
            "5e-324",
            "99999999999999999999999999",
            "0.1000000000000000055511151231257827021181583404541015625");

    /** What was done to a row: its field and the value that stands there now. */
    record Change(String field, String value) {}

    /**
     * @param changes by the place of the row in the answer, from 1; the other rows are as recorded
     */
    record Answer(String body, Map<Integer, Change> changes) {}

    private HostileValues() {}

    static ObjectNode recording(String name, int rows) {
        try (var in = HostileValues.class.getResourceAsStream("/recorded/amberdata/" + name)) {
            ObjectNode envelope = (ObjectNode) JSON.readTree(in);
            ArrayNode data = (ArrayNode) envelope.path("payload").path("data");
            while (data.size() > rows) {
                data.remove(data.size() - 1);
            }
            return envelope;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every value in every field, one to a row and at most in every third row, in as many answers as that takes. */
    static List<Answer> of(ObjectNode recording, long seed) throws IOException {
        JsonNode data = recording.path("payload").path("data");
        List<Change> changes = new ArrayList<>();
        data.get(0).fieldNames().forEachRemaining(field -> VALUES.forEach(v -> changes.add(new Change(field, v))));
        Random random = new Random(seed);
        Collections.shuffle(changes, random);
        List<Answer> answers = new ArrayList<>();
        for (int next = 0; next < changes.size(); ) {
            ObjectNode answer = recording.deepCopy();
            ArrayNode rows = (ArrayNode) answer.path("payload").path("data");
            Map<Integer, Change> made = new TreeMap<>();
            for (int row = random.nextInt(3); row < rows.size() && next < changes.size(); row += 3) {
                Change change = changes.get(next++);
                put((ObjectNode) rows.get(row), change);
                made.put(row + 1, change);
            }
            answers.add(new Answer(JSON.writeValueAsString(answer), made));
        }
        return answers;
    }

    private static void put(ObjectNode row, Change change) {
        if (change.value().isEmpty()) {
            row.remove(change.field());
        } else {
            row.putRawValue(change.field(), new RawValue(change.value()));
        }
    }
}

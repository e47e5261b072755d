package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A field of the raw row in which two versions differ, Alpha's own names and values; null where a version has no value.
 */
public record VersionChange(
        String field, @Nullable String before, @Nullable String after) {
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static List<VersionChange> between(String earlier, String later) {
        try {
            JsonNode before = EXACT.readTree(earlier);
            JsonNode after = EXACT.readTree(later);
            TreeSet<String> fields = new TreeSet<>();
            before.fieldNames().forEachRemaining(fields::add);
            after.fieldNames().forEachRemaining(fields::add);
            List<VersionChange> changes = new ArrayList<>();
            for (String field : fields) {
                String old = text(before.get(field));
                String current = text(after.get(field));
                if (!Objects.equals(old, current)) {
                    changes.add(new VersionChange(field, old, current));
                }
            }
            return changes;
        } catch (JsonProcessingException e) {
            // a number in it has no decimal: the whole row is what changed
            return List.of(new VersionChange("row", earlier, later));
        }
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? null : value.isTextual() ? value.asText() : value.toString();
    }
}

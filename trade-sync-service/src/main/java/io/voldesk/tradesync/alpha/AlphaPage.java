package io.voldesk.tradesync.alpha;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of Alpha's answer.
 *
 * @param nextCursor null on the last page
 */
record AlphaPage(List<Row> rows, String nextCursor) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @param raw the row's exact text */
    record Row(JsonNode json, String raw) {}

    /** @throws AlphaWalkFailed where the bytes are not such a page, with the place */
    static AlphaPage parse(byte[] body, int pageNumber) {
        List<Row> rows = new ArrayList<>();
        String next = null;
        boolean sawData = false;
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AlphaWalkFailed("Alpha's page " + pageNumber + " is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("data")) {
                    if (value != JsonToken.START_ARRAY) {
                        throw new AlphaWalkFailed("Alpha's page " + pageNumber + ": data is not an array");
                    }
                    sawData = true;
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        int start = (int) parser.currentTokenLocation().getByteOffset();
                        JsonNode row = JSON.readTree(parser);
                        int end = (int) parser.currentLocation().getByteOffset();
                        rows.add(new Row(row, new String(body, start, end - start, StandardCharsets.UTF_8)));
                    }
                } else if (field.equals("next_cursor")) {
                    next = parser.getValueAsString();
                } else {
                    parser.skipChildren();
                }
            }
            if (!sawData || parser.nextToken() != null) {
                throw new AlphaWalkFailed("Alpha's page " + pageNumber + " has no data, or text after its end");
            }
            return new AlphaPage(rows, next);
        } catch (IOException e) {
            throw new AlphaWalkFailed("Alpha's page " + pageNumber + " is not valid JSON: " + place(e), e);
        }
    }

    private static String place(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JacksonException json && json.getLocation() != null
                ? json.getOriginalMessage() + " at byte " + json.getLocation().getByteOffset()
                : e.getMessage();
    }
}

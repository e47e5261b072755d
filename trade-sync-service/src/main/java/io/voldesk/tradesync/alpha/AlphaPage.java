package io.voldesk.tradesync.alpha;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of Alpha's answer, its rows read as they stand in the bytes; each keeps its exact text.
 *
 * @param nextCursor null on the last page
 */
record AlphaPage(List<AlphaRow> rows, String nextCursor) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ROWS = 1000;

    /** @throws AlphaWalkFailed where the bytes are not such a page, with the place */
    static AlphaPage parse(byte[] body, int number) {
        requireUtf8(body, number);
        List<AlphaRow> rows = new ArrayList<>(ROWS);
        String next = null;
        boolean sawData = false;
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AlphaWalkFailed("Alpha's page " + number + " is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("data")) {
                    if (value != JsonToken.START_ARRAY || sawData) {
                        throw new AlphaWalkFailed("Alpha's page " + number + ": data is not one array");
                    }
                    sawData = true;
                    readRows(parser, body, rows);
                } else if (field.equals("next_cursor")) {
                    if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
                        throw new AlphaWalkFailed("Alpha's page " + number + ": next_cursor is neither text nor null");
                    }
                    next = parser.getValueAsString();
                } else {
                    parser.skipChildren();
                }
            }
            if (!sawData || parser.nextToken() != null) {
                throw new AlphaWalkFailed("Alpha's page " + number + " has no data, or text after its end");
            }
            return new AlphaPage(rows, next);
        } catch (IOException e) {
            throw notJson(number, e);
        }
    }

    private static AlphaWalkFailed notJson(int number, IOException e) {
        return new AlphaWalkFailed("Alpha's page " + number + " is not valid JSON: " + place(e), e);
    }

    /** Whether the rows are another page's, one by one. */
    boolean repeats(AlphaPage other) {
        return other != null
                && !rows.isEmpty()
                && rows.stream()
                        .map(AlphaRow::raw)
                        .toList()
                        .equals(other.rows.stream().map(AlphaRow::raw).toList());
    }

    private static void readRows(JsonParser parser, byte[] body, List<AlphaRow> rows) throws IOException {
        AlphaFields fields = new AlphaFields();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            boolean object = token == JsonToken.START_OBJECT;
            if (object) {
                fields.read(parser);
            } else {
                parser.skipChildren();
                // a scalar is lexed when it is asked for, and ends where it was
                parser.finishToken();
            }
            int end = (int) parser.currentLocation().getByteOffset();
            String raw = new String(body, start, end - start, StandardCharsets.UTF_8).strip();
            rows.add(object ? AlphaRow.read(fields, raw) : AlphaRow.notAnObject(raw));
        }
    }

    /** A damaged character must not become a replacement character in the cache. */
    private static void requireUtf8(byte[] body, int number) {
        if (isAscii(body)) {
            return;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CoderResult result = decoder.decode(bytes, CharBuffer.allocate(body.length), true);
        if (result.isError()) {
            throw new AlphaWalkFailed("Alpha's page " + number + " is not UTF-8 at byte " + bytes.position());
        }
    }

    private static boolean isAscii(byte[] body) {
        int bits = 0;
        for (byte b : body) {
            bits |= b;
        }
        return bits >= 0;
    }

    private static String place(IOException e) {
        return e instanceof JacksonException json && json.getLocation() != null
                ? json.getOriginalMessage() + " at byte " + json.getLocation().getByteOffset()
                : e.getMessage();
    }
}

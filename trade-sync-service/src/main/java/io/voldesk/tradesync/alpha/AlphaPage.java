package io.voldesk.tradesync.alpha;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One page of Alpha's answer, its rows read as they stand in the bytes; each keeps its exact text.
 *
 * @param nextCursor null on the last page
 * @param asOf the moment the source says it answers for; null where it says none that can be read
 */
record AlphaPage(List<AlphaRow> rows, String nextCursor, Instant asOf) {
    /** No limit of the reader's own: a row that is absurd is refused by itself, not with its page. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final int ROWS = 1000;

    /**
     * @param limit how many rows were asked for
     * @throws AlphaWalkFailed where the bytes are not such a page, with the place; and where the page is full and does not say
     *     whether another follows: half a walk must not pass for a whole one
     */
    static AlphaPage parse(byte[] body, int number, FeedProfile profile, int limit) {
        requireUtf8(body, number);
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AlphaWalkFailed("Alpha's page " + number + " is not a JSON object");
            }
            AlphaPage page = new PageReader(parser, body, number, profile).read(limit);
            if (parser.nextToken() != null) {
                throw new AlphaWalkFailed("Alpha's page " + number + " has text after its end");
            }
            return page;
        } catch (IOException e) {
            throw notJson(number, e);
        }
    }

    /** Reads an answer in one pass: rows, cursor and time stand where the profile says, nothing else is looked at. */
    private static final class PageReader {
        private final JsonParser parser;
        private final byte[] body;
        private final int number;
        private final FeedProfile profile;
        private List<AlphaRow> rows;
        private String rowsAt;
        private boolean cursorMet;
        private String next;
        private Instant asOf;

        PageReader(JsonParser parser, byte[] body, int number, FeedProfile profile) {
            this.parser = parser;
            this.body = body;
            this.number = number;
            this.profile = profile;
        }

        AlphaPage read(int limit) throws IOException {
            object("");
            if (rows == null) {
                throw new AlphaWalkFailed("Alpha's page " + number + " has no data: none of "
                        + String.join(", ", new TreeSet<>(profile.rows())));
            }
            boolean full = profile.cursor().isEmpty() ? rows.size() == limit : rows.size() >= limit;
            if (full && !cursorMet) {
                throw new AlphaWalkFailed("Alpha's page " + number + " is full and has no cursor: none of "
                        + String.join(", ", new TreeSet<>(profile.cursor())));
            }
            return new AlphaPage(rows, next, asOf);
        }

        private void object(String before) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String place = before + parser.currentName();
                JsonToken value = parser.nextToken();
                if (profile.rows().contains(place)) {
                    rows(place, value);
                } else if (profile.cursor().contains(place)) {
                    cursor(place, value);
                } else if (profile.asOf().contains(place)) {
                    asOf = value == JsonToken.VALUE_STRING ? instant(parser.getText()) : asOf;
                    parser.skipChildren();
                } else if (value == JsonToken.START_OBJECT && leadsOn(place + ".")) {
                    object(place + ".");
                } else {
                    parser.skipChildren();
                }
            }
        }

        private boolean leadsOn(String place) {
            return Stream.of(profile.rows(), profile.cursor(), profile.asOf())
                    .flatMap(Set::stream)
                    .anyMatch(known -> known.startsWith(place));
        }

        private void rows(String place, JsonToken value) throws IOException {
            if (value != JsonToken.START_ARRAY || rows != null) {
                throw new AlphaWalkFailed("Alpha's page " + number + ": " + place + " is not one array"
                        + (rowsAt == null || rowsAt.equals(place) ? "" : ", there is " + rowsAt + " too"));
            }
            rowsAt = place;
            rows = readRows(parser, body, number, profile);
        }

        private void cursor(String place, JsonToken value) throws IOException {
            if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
                throw new AlphaWalkFailed("Alpha's page " + number + ": " + place + " is neither text nor null");
            }
            cursorMet = true;
            String text = parser.getValueAsString();
            next = text == null || text.isEmpty() ? next : text;
        }

        private static Instant instant(String text) {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                return instant.isBefore(AlphaRow.EARLIEST) || instant.isAfter(AlphaRow.LATEST) ? null : instant;
            } catch (DateTimeParseException e) {
                return null;
            }
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

    private static List<AlphaRow> readRows(JsonParser parser, byte[] body, int page, FeedProfile profile)
            throws IOException {
        AlphaFields fields = new AlphaFields(profile);
        List<AlphaRow> rows = new ArrayList<>(ROWS);
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
            AlphaRow.Place place = new AlphaRow.Place(page, rows.size() + 1);
            rows.add(object ? AlphaRow.read(fields, raw, place) : AlphaRow.notAnObject(raw, place));
        }
        return rows;
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

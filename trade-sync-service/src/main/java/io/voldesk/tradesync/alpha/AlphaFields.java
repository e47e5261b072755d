package io.voldesk.tradesync.alpha;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * The fields of one row as its JSON gave them: what kind of value stood there, and its text. One holder serves a whole page, so
 * that reading a row leaves nothing behind but the row.
 */
final class AlphaFields {
    /** What stood in a field's place. */
    enum Kind {
        ABSENT,
        NULL,
        TEXT,
        NUMBER,
        /** A boolean, an object or an array. */
        OTHER
    }

    private static final int FIELDS = AlphaField.values().length;
    /** Deeper than this nobody reads a row again, and no other reader of JSON has to. */
    private static final int DEEPEST = 64;

    private final FeedProfile profile;
    private final Kind[] kinds = new Kind[FIELDS];
    private final String[] texts = new String[FIELDS];
    private final int[] ranks = new int[FIELDS];
    /** The aliases met so far, as bits by rank. */
    private final long[] met = new long[FIELDS];

    private AlphaField repeated;
    private boolean tooDeep;

    AlphaFields(FeedProfile profile) {
        this.profile = profile;
    }

    /** Reads the object the parser stands on, to its end. */
    void read(JsonParser parser) throws IOException {
        Arrays.fill(kinds, Kind.ABSENT);
        Arrays.fill(texts, null);
        Arrays.fill(met, 0);
        repeated = null;
        tooDeep = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            FeedProfile.Alias alias = profile.alias(parser.currentName());
            JsonToken value = parser.nextToken();
            if (alias == null || !isFirstChoice(alias, value)) {
                skip(parser, value);
            } else {
                take(alias, value, parser);
            }
        }
    }

    /** Of a field's aliases the first that holds something wins, wherever in the row it stands. */
    private boolean isFirstChoice(FeedProfile.Alias alias, JsonToken value) {
        int i = alias.field().ordinal();
        long bit = 1L << alias.rank();
        if ((met[i] & bit) != 0 && repeated == null) {
            repeated = alias.field();
        }
        met[i] |= bit;
        return switch (kinds[i]) {
            case ABSENT -> true;
            case NULL -> value != JsonToken.VALUE_NULL;
            case TEXT, NUMBER, OTHER -> value != JsonToken.VALUE_NULL && alias.rank() < ranks[i];
        };
    }

    private void take(FeedProfile.Alias alias, JsonToken value, JsonParser parser) throws IOException {
        int i = alias.field().ordinal();
        ranks[i] = alias.rank();
        texts[i] = null;
        switch (value) {
            case VALUE_STRING -> {
                kinds[i] = Kind.TEXT;
                texts[i] = parser.getText();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                kinds[i] = Kind.NUMBER;
                texts[i] = parser.getText();
            }
            case VALUE_NULL -> kinds[i] = Kind.NULL;
            default -> {
                kinds[i] = Kind.OTHER;
                skip(parser, value);
            }
        }
    }

    private void skip(JsonParser parser, JsonToken value) throws IOException {
        if (!value.isStructStart()) {
            return;
        }
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            tooDeep |= depth > DEEPEST;
        }
    }

    Kind kind(AlphaField field) {
        Kind kind = kinds[field.ordinal()];
        return kind == Kind.ABSENT && profile.standard(field) != null ? Kind.TEXT : kind;
    }

    /** The text of a string, or the digits of a number; null for the other kinds. */
    String text(AlphaField field) {
        return kinds[field.ordinal()] == Kind.ABSENT ? profile.standard(field) : texts[field.ordinal()];
    }

    /** Our word for a value of the source's; null where it has none. */
    String word(AlphaField field, String value) {
        return profile.word(field, value);
    }

    boolean signedPremium() {
        return profile.signedPremium();
    }

    boolean absent(AlphaField field) {
        Kind kind = kind(field);
        return kind == Kind.ABSENT || kind == Kind.NULL;
    }

    /** The first field that stood there twice under one name; null where none did. */
    AlphaField repeated() {
        return repeated;
    }

    boolean tooDeep() {
        return tooDeep;
    }
}

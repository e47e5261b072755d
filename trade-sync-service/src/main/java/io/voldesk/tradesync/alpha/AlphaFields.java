package io.voldesk.tradesync.alpha;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of one row as its JSON gave them: what kind of value stood there, and its text. One holder serves a whole page, so
 * that reading a row leaves nothing behind but the row.
 */
final class AlphaFields {
    /** What Voldesk reads of a row; everything else stays in the raw text only. */
    enum Field {
        TRADE_ID,
        VERSION,
        PORTFOLIO,
        STATUS,
        RECON_STATUS,
        SYMBOL,
        UNDERLYING,
        SIDE,
        QUANTITY,
        PRICE,
        MULTIPLIER,
        FEES,
        CURRENCY,
        EXECUTED_AT,
        UPDATED_AT,
        SETTLE_DATE;

        static final Map<String, Field> BY_NAME = new HashMap<>();

        static {
            for (Field field : values()) {
                BY_NAME.put(field.json(), field);
            }
        }

        private final String json = name().toLowerCase(Locale.ROOT);

        String json() {
            return json;
        }
    }

    /** What stood in a field's place. */
    enum Kind {
        ABSENT,
        NULL,
        TEXT,
        NUMBER,
        /** A boolean, an object or an array. */
        OTHER
    }

    private final Kind[] kinds = new Kind[Field.values().length];
    private final String[] texts = new String[Field.values().length];
    private Field repeated;

    /** Reads the object the parser stands on, to its end. */
    void read(JsonParser parser) throws IOException {
        Arrays.fill(kinds, Kind.ABSENT);
        Arrays.fill(texts, null);
        repeated = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Field field = Field.BY_NAME.get(parser.currentName());
            JsonToken value = parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else {
                take(field, value, parser);
            }
        }
    }

    private void take(Field field, JsonToken value, JsonParser parser) throws IOException {
        int i = field.ordinal();
        if (kinds[i] != Kind.ABSENT && repeated == null) {
            repeated = field;
        }
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
                parser.skipChildren();
            }
        }
    }

    Kind kind(Field field) {
        return kinds[field.ordinal()];
    }

    /** The text of a string, or the digits of a number; null for the other kinds. */
    String text(Field field) {
        return texts[field.ordinal()];
    }

    boolean absent(Field field) {
        Kind kind = kind(field);
        return kind == Kind.ABSENT || kind == Kind.NULL;
    }

    /** The first field that stood there twice; null where none did. */
    Field repeated() {
        return repeated;
    }
}

package io.voldesk.snapshot.amberdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads single fields of vendor rows into our units; null means the vendor has no such value. */
public final class Vendor {
    private static final DateTimeFormatter HUMAN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss SSS", Locale.ROOT);

    private Vendor() {}

    /** A number, or a number in a text; null where missing or not finite. */
    public static Double number(JsonNode row, String field) {
        JsonNode value = row.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        double number;
        try {
            number = value.isTextual()
                    ? Double.parseDouble(value.asText())
                    : value.isNumber() ? value.asDouble() : Double.NaN;
        } catch (NumberFormatException e) {
            return null;
        }
        return Double.isFinite(number) ? number : null;
    }

    /** Percent as the vendor sends it, to the fraction we keep. */
    public static Double vol(JsonNode row, String field) {
        Double percent = number(row, field);
        return percent == null ? null : percent / 100;
    }

    public static String text(JsonNode row, String field) {
        JsonNode value = row.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    /**
     * Why a row cannot be kept at all: it has no readable time or does not tell what it is of. Null where it can.
     *
     * @param name a field that must hold a text; null where the row needs none
     */
    public static String unreadable(JsonNode row, String time, String name) {
        if (time(row, time) == null) {
            return "unreadable_" + time;
        }
        return name == null || text(row, name) != null ? null : "missing_" + name;
    }

    /** Epoch milliseconds, ISO-8601, or the vendor's {@code 2024-04-01 00:00:00 000}; null where it is none of them. */
    public static Instant time(JsonNode row, String field) {
        JsonNode value = row.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isNumber()) {
            return Instant.ofEpochMilli(value.asLong());
        }
        String text = value.asText();
        try {
            if (text.length() > 10 && text.charAt(10) == ' ') {
                return LocalDateTime.parse(text, HUMAN).toInstant(ZoneOffset.UTC);
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}

package io.voldesk.snapshot.amberdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads single fields of vendor rows into our units. Null means that there is no value that could be kept: none at all, or one
 * that is no number, name or time of this world. {@link VendorRow} tells the two apart.
 */
public final class Vendor {
    /** No listed option has run for longer. */
    static final Duration LONGEST_CONTRACT = Duration.ofDays(3_660);

    private static final DateTimeFormatter HUMAN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss SSS", Locale.ROOT);
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern NAME = Pattern.compile("[!-~]{1,100}");

    /** Nothing that is counted or priced is larger; sums of such, and their squares, stay finite. */
    private static final double LARGEST = 1e15;

    /** Between these lie the birth of the first exchange of crypto options and any expiry that may be listed. */
    private static final Instant EARLIEST = Instant.parse("2009-01-03T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Vendor() {}

    /** A number, or a decimal number in a text; null where missing, not finite or larger than anything there is. */
    public static Double number(JsonNode row, String field) {
        JsonNode value = row.get(field);
        if (value == null) {
            return null;
        }
        double number = Double.NaN;
        if (value.isNumber()) {
            number = value.asDouble();
        } else if (value.isTextual() && DECIMAL.matcher(value.asText()).matches()) {
            number = Double.parseDouble(value.asText());
        }
        return Math.abs(number) <= LARGEST ? (Double) number : null;
    }

    /** Percent as the vendor sends it, to the fraction we keep. */
    public static Double vol(JsonNode row, String field) {
        Double percent = number(row, field);
        return percent == null ? null : percent / 100;
    }

    /** A name of printable ASCII without blanks, of at most 100 characters. */
    public static String text(JsonNode row, String field) {
        JsonNode value = row.get(field);
        return value != null
                        && value.isTextual()
                        && NAME.matcher(value.asText()).matches()
                ? value.asText()
                : null;
    }

    /** Epoch milliseconds, ISO-8601, or the vendor's {@code 2024-04-01 00:00:00 000}; null where it is none of them. */
    public static Instant time(JsonNode row, String field) {
        JsonNode value = row.get(field);
        if (value == null) {
            return null;
        }
        Instant time = value.isTextual() ? time(value.asText()) : millis(value);
        return time == null || time.isBefore(EARLIEST) || !time.isBefore(LATEST) ? null : time;
    }

    private static Instant millis(JsonNode value) {
        double millis = value.isNumber() ? value.asDouble() : Double.NaN;
        return Math.abs(millis) <= LARGEST ? Instant.ofEpochMilli((long) millis) : null;
    }

    private static Instant time(String text) {
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

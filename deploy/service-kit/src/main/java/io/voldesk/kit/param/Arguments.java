package io.voldesk.kit.param;

import io.voldesk.kit.problem.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Reads one argument of a request, wherever it stands: query, path or body. Each method answers the value or throws a 400 that
 * names the field; none takes digits that are not ASCII.
 */
public final class Arguments {
    /**
     * The range of every date and instant that is asked for or stored: an execution from before the Unix epoch or with a year of
     * more than four digits is refused on its way in, so nothing outside can be found, and PostgreSQL stores all inside.
     */
    public static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);

    public static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    /** In characters; a request line at the gateway has no room for more. */
    public static final int LONGEST_TEXT = 2_048;

    private static final Instant FIRST = EARLIEST.atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Instant END =
            LATEST.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final int DATE_LENGTH = "YYYY-MM-DD".length();
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?");

    private Arguments() {}

    public static LocalDate date(String field, String sent) {
        try {
            LocalDate date = LocalDate.parse(sent);
            if (!date.isBefore(EARLIEST) && !date.isAfter(LATEST)) {
                return date;
            }
        } catch (DateTimeParseException e) {
            throw Problem.badField(field, "must be a date YYYY-MM-DD");
        }
        throw Problem.badField(field, "must lie between " + EARLIEST + " and " + LATEST);
    }

    /** An ISO-8601 instant with its offset, or a date meaning its first UTC moment. */
    public static Instant instant(String field, String sent) {
        if (isDate(sent)) {
            return date(field, sent).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        try {
            Instant instant = OffsetDateTime.parse(sent).toInstant();
            if (!instant.isBefore(FIRST) && instant.isBefore(END)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            throw Problem.badField(field, "must be an ISO-8601 instant with offset, or a date");
        }
        throw Problem.badField(field, "must lie between " + EARLIEST + " and " + LATEST);
    }

    /** The end of a range: as {@link #instant}, but a date means its last UTC second. */
    public static Instant upTo(String field, String sent) {
        Instant instant = instant(field, sent);
        return isDate(sent) ? instant.plus(Duration.ofDays(1)).minusSeconds(1) : instant;
    }

    /** The moment before which a range ends: as {@link #instant}, but a date takes in its whole UTC day. */
    public static Instant before(String field, String sent) {
        Instant instant = instant(field, sent);
        return isDate(sent) ? instant.plus(Duration.ofDays(1)) : instant;
    }

    private static boolean isDate(String sent) {
        return sent.length() == DATE_LENGTH;
    }

    public static int integer(String field, String sent) {
        long value = whole(field, sent);
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw Problem.badField(field, "must be a whole number of at most 32 bits");
        }
        return (int) value;
    }

    public static long whole(String field, String sent) {
        if (WHOLE.matcher(sent).matches()) {
            try {
                return Long.parseLong(sent);
            } catch (NumberFormatException e) {
                // refused below: of nineteen digits, but too large
            }
        }
        throw Problem.badField(field, "must be a whole number");
    }

    public static BigDecimal decimal(String field, String sent) {
        if (!DECIMAL.matcher(sent).matches()) {
            throw Problem.badField(field, "must be a number");
        }
        return new BigDecimal(sent);
    }

    /** A number that is finite. */
    public static double real(String field, String sent) {
        double value = decimal(field, sent).doubleValue();
        if (!Double.isFinite(value)) {
            throw Problem.badField(field, "must be a number of usual size");
        }
        return value;
    }

    public static boolean truth(String field, String sent) {
        return switch (sent) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badField(field, "must be true or false");
        };
    }

    /** Text that PostgreSQL and JSON can hold: no NUL, no half of a surrogate pair. */
    public static String text(String field, String sent) {
        String fault = faultOf(sent);
        if (fault != null) {
            throw Problem.badField(field, fault);
        }
        if (sent.length() > LONGEST_TEXT) {
            throw Problem.badField(field, "must be at most " + LONGEST_TEXT + " characters");
        }
        return sent;
    }

    /** Why no store or answer could hold the text; null where they can. */
    public static String faultOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return "must not hold a NUL character";
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return "must not hold half a character";
                }
                i++;
            }
        }
        return null;
    }
}

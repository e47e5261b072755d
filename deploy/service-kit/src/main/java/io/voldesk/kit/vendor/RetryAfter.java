package io.voldesk.kit.vendor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The {@code Retry-After} header (RFC 9110 §10.2.3): seconds, or a date in any of the three forms a recipient has to take. */
final class RetryAfter {
    /** Stands for any longer delay: more digits than this are no time that anybody waits for. */
    private static final Duration AGES = Duration.ofDays(36_500);

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** The delay asked for, counted from {@code now}; zero where none is, where it is past, or where it cannot be read. */
    static Duration read(String header, Instant now) {
        String text = header == null ? "" : header.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > MOST_DIGITS ? AGES : Duration.ofSeconds(Long.parseLong(text));
        }
        for (DateTimeFormatter form : forms(now)) {
            try {
                Instant at = LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
                return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
            } catch (DateTimeException e) {
                // another form, or none
            }
        }
        return Duration.ZERO;
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}; {@code Sunday, 06-Nov-94 08:49:37 GMT}; {@code Sun Nov  6 08:49:37 1994}. */
    private static List<DateTimeFormatter> forms(Instant now) {
        // of two digits of a year: at most 50 years ahead
        LocalDate base = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
        DateTimeFormatter shortYear = new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, base)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
        return List.of(
                DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US),
                shortYear,
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US));
    }
}

package io.voldesk.kit.param;

import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads query parameters: the value, the default where absent, or a 400 that names the parameter. */
public final class Params {
    private Params() {}

    /**
     * Refuses what a route does not know: a misspelt filter must not read as none.
     *
     * @throws Problem 400 naming the parameter
     */
    public static void known(UriInfo uri, String... names) {
        Set<String> known = Set.of(names);
        for (String sent : uri.getQueryParameters().keySet()) {
            if (!known.contains(sent)) {
                throw Problem.badField(
                        sent,
                        known.isEmpty()
                                ? "is not a known query parameter"
                                : "is not a known query parameter: " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    public static int integer(String name, String sent, int fallback, int min, int max) {
        return sent == null || sent.isBlank() ? fallback : between(name, Arguments.integer(name, sent), min, max);
    }

    /** A whole number of any size, not negative: a sequence number or an id. */
    public static long sequence(String name, String sent, long fallback) {
        if (sent == null || sent.isBlank()) {
            return fallback;
        }
        long value = Arguments.whole(name, sent);
        if (value < 0) {
            throw Problem.badField(name, "must be a whole number, not negative");
        }
        return value;
    }

    public static int between(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw Problem.badField(name, "must be between " + min + " and " + max);
        }
        return value;
    }

    public static String oneOf(String name, String sent, String fallback, Set<String> allowed) {
        if (sent == null || sent.isBlank()) {
            if (fallback == null) {
                throw Problem.badField(name, "is required: one of " + String.join(", ", allowed));
            }
            return fallback;
        }
        if (!allowed.contains(sent)) {
            throw Problem.badField(name, "must be one of " + String.join(", ", allowed));
        }
        return sent;
    }

    /** A currency code, upper-cased. */
    public static String currency(String sent, String fallback, Set<String> allowed) {
        return oneOf("currency", sent == null ? null : sent.toUpperCase(Locale.ROOT), fallback, allowed);
    }

    public static LocalDate date(String name, String sent) {
        return sent == null || sent.isBlank() ? null : Arguments.date(name, sent);
    }

    /** The end of a range: an instant with offset, or a date meaning its last UTC second. */
    public static Instant upTo(String name, String sent) {
        return sent == null || sent.isBlank() ? null : Arguments.upTo(name, sent);
    }

    /** An instant with offset, or a date meaning its first UTC moment. */
    public static Instant instant(String name, String sent) {
        return sent == null || sent.isBlank() ? null : Arguments.instant(name, sent);
    }
}

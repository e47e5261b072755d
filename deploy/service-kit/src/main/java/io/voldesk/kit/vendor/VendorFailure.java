package io.voldesk.kit.vendor;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A vendor, or another service, answered with an error status. The message holds the vendor's own words, cut to a line;
 * never a header, a key or a URL.
 */
public abstract sealed class VendorFailure extends RuntimeException {
    private static final int LONGEST_QUOTE = 300;

    private final int status;

    private VendorFailure(String vendor, int status, String words) {
        super(vendor + " answered " + status + (words.isBlank() ? "" : ": " + words));
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** 429 and 5xx: may go through on another attempt. */
    public static final class Retryable extends VendorFailure {
        private final transient Duration retryAfter;

        Retryable(String vendor, int status, String words, Duration retryAfter) {
            super(vendor, status, words);
            this.retryAfter = retryAfter;
        }

        /** The delay asked for, zero where none was; at most what a call waits. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** 429 and 5xx that ask for a longer delay than a call waits: given up, with the time from which it may be asked again. */
    public static final class Postponed extends VendorFailure {
        private final transient Instant until;

        Postponed(String vendor, int status, String words, Instant until) {
            super(vendor, status, (words.isBlank() ? "" : words + "; ") + "it asks not to be called before " + until);
            this.until = until;
        }

        public Instant until() {
            return until;
        }
    }

    /** Any other 4xx: asking again does not help. */
    public static final class Final extends VendorFailure {
        Final(String vendor, int status, String words) {
            super(vendor, status, words);
        }

        /** The key is missing or wrong, or does not include what was asked. */
        public boolean configuration() {
            return status() == 401 || status() == 403;
        }
    }

    /** Reads an error answer; null for a success. */
    public static VendorFailure from(String vendor, Response response) {
        return from(vendor, response, clock());
    }

    /** @param clock tells how far ahead a date in {@code Retry-After} is */
    static VendorFailure from(String vendor, Response response, Clock clock) {
        int status = response.getStatus();
        if (status < 400) {
            return null;
        }
        String words = words(response);
        if (status != 429 && status < 500) {
            return new Final(vendor, status, words);
        }
        Instant now = clock.instant();
        Duration asked = RetryAfter.read(response.getHeaderString("Retry-After"), now);
        return asked.compareTo(RetryAfterBackoff.LONGEST) > 0
                ? new Postponed(vendor, status, words, now.plus(asked).truncatedTo(ChronoUnit.SECONDS))
                : new Retryable(vendor, status, words, asked);
    }

    /** The service's own; a REST client's exception mapper is static and is given none. */
    private static Clock clock() {
        ArcContainer container = Arc.container();
        return container == null
                ? Clock.systemUTC()
                : container.instance(Clock.class).get();
    }

    private static String words(Response response) {
        if (!response.hasEntity()) {
            return "";
        }
        byte[] body = response.readEntity(byte[].class);
        String text = new String(body, 0, Math.min(body.length, LONGEST_QUOTE), StandardCharsets.UTF_8);
        return text.replaceAll("\\s+", " ").strip();
    }
}

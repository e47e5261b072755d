package io.voldesk.kit.vendor;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

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

    /** 429 and 5xx: may go through later. */
    public static final class Retryable extends VendorFailure {
        private final transient Duration retryAfter;

        Retryable(String vendor, int status, String words, Duration retryAfter) {
            super(vendor, status, words);
            this.retryAfter = retryAfter;
        }

        /** The delay asked for, zero where none was. */
        public Duration retryAfter() {
            return retryAfter;
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
        int status = response.getStatus();
        if (status < 400) {
            return null;
        }
        String words = words(response);
        return status == 429 || status >= 500
                ? new Retryable(vendor, status, words, retryAfter(response.getHeaderString("Retry-After")))
                : new Final(vendor, status, words);
    }

    private static String words(Response response) {
        if (!response.hasEntity()) {
            return "";
        }
        byte[] body = response.readEntity(byte[].class);
        String text = new String(body, 0, Math.min(body.length, LONGEST_QUOTE), StandardCharsets.UTF_8);
        return text.replaceAll("\\s+", " ").strip();
    }

    private static Duration retryAfter(String header) {
        try {
            return header == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}

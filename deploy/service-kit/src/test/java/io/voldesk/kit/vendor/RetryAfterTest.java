package io.voldesk.kit.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §10.2.3 and §5.6.7; the dates are that document's own example, told eight minutes before. */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:41:37Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120|120",
                "0|0",
                "Sun, 06 Nov 1994 08:49:37 GMT|480",
                "Sunday, 06-Nov-94 08:49:37 GMT|480",
                "Sun Nov  6 08:49:37 1994|480",
                "Sun, 06 Nov 1994 08:41:36 GMT|0",
                "-5|0",
                "soon|0",
                "1.5|0",
                "Mon, 06 Nov 1994 08:49:37 GMT|0",
                "''|0"
            })
    void bothFormsAreRead(String header, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), RetryAfter.read(header, NOW));
    }

    @Test
    void anAbsurdNumberIsNotTakenForNone() {
        assertTrue(RetryAfter.read("99999999999999999999", NOW).compareTo(Duration.ofDays(365)) > 0);
    }

    private static VendorFailure answered(int status, String retryAfter) {
        Response response =
                Response.status(status).header("Retry-After", retryAfter).build();
        return VendorFailure.from("Alpha", response, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static long next(VendorFailure failure, long initial) {
        var backoff = new RetryAfterBackoff();
        backoff.init(initial);
        return backoff.nextDelayInMillis(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "Sun, 06 Nov 1994 08:41:57 GMT"})
    void aCallComesBackNoEarlierThanAsked(String header) {
        VendorFailure failure = answered(429, header);
        assertInstanceOf(VendorFailure.Retryable.class, failure);
        long delay = next(failure, 500);
        assertTrue(delay >= 20_000 && delay < 21_000, "waits " + delay + " ms");
        assertEquals(60_000, next(answered(503, "60"), 500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "Sun, 06 Nov 1994 08:43:07 GMT"})
    void beyondWhatACallWaitsItIsGivenUpWithTheTimeItIsDue(String header) {
        var failure = assertInstanceOf(VendorFailure.Postponed.class, answered(429, header));
        assertEquals(Instant.parse("1994-11-06T08:43:07Z"), failure.until());
        assertEquals("Alpha answered 429: it asks not to be called before 1994-11-06T08:43:07Z", failure.getMessage());
    }

    @Test
    void withoutAWishTheDelayDoublesUpToItsCap() {
        var backoff = new RetryAfterBackoff();
        backoff.init(500);
        long before = 500;
        for (int i = 0; i < 12; i++) {
            long delay = backoff.nextDelayInMillis(answered(500, null));
            assertTrue(delay >= before && delay <= Math.min(60_000, before + before / 5), before + " " + delay);
            before = Math.min(2 * before, 60_000);
        }
    }
}

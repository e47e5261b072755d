package io.voldesk.kit.vendor;

import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Doubles from the first delay with up to a fifth of jitter, and never comes back before the delay the vendor asked for: one
 * beyond {@link #LONGEST} is {@link VendorFailure.Postponed} and not waited for at all.
 */
public final class RetryAfterBackoff implements CustomBackoffStrategy {
    /** What a call waits at most between two attempts. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private long delay;

    @Override
    public void init(long initialDelayInMillis) {
        delay = initialDelayInMillis;
    }

    @Override
    public long nextDelayInMillis(Throwable failure) {
        long asked = failure instanceof VendorFailure.Retryable retryable
                ? retryable.retryAfter().toMillis()
                : 0;
        long mine = delay + ThreadLocalRandom.current().nextLong(delay / 5 + 1);
        delay = Math.min(2 * delay, LONGEST.toMillis());
        return Math.max(asked, Math.min(mine, LONGEST.toMillis()));
    }
}

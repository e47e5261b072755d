package io.voldesk.kit.vendor;

import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import java.util.concurrent.ThreadLocalRandom;

/** Doubles from half a second with up to a fifth of jitter, and never comes back before the delay the vendor asked for. */
public final class RetryAfterBackoff implements CustomBackoffStrategy {
    private static final long LONGEST = 60_000;

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
        delay = Math.min(2 * delay, LONGEST);
        return Math.min(Math.max(asked, mine), LONGEST);
    }
}

package io.voldesk.snapshot.capture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** The moment a reading is for: the end of the asked UTC date, or now. */
public final class AsOf {
    /** What is put together into one figure lies at most so far apart: it is of one moment. */
    public static final Duration ONE_MOMENT = Duration.ofMinutes(60);

    private AsOf() {}

    public static Instant endOf(LocalDate asked, Clock clock) {
        Instant now = clock.instant();
        if (asked == null) {
            return now;
        }
        Instant end = SnapshotSource.endOf(asked);
        return end.isAfter(now) ? now : end;
    }
}

package io.voldesk.snapshot.capture;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/** The moment a reading is for: the end of the asked UTC date, or now. */
public final class AsOf {
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

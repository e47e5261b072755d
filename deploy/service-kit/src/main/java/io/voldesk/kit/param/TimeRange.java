package io.voldesk.kit.param;

import io.voldesk.kit.problem.Problem;
import java.time.Duration;
import java.time.Instant;

/** From one moment to another. */
public record TimeRange(Instant from, Instant to) {
    /** @throws Problem 400 naming {@code from} where the range runs backwards or is longer than {@code most} */
    public static TimeRange of(Instant from, Instant to, Duration most) {
        if (from.isAfter(to)) {
            throw Problem.badField("from", "must not be after to");
        }
        if (Duration.between(from, to).compareTo(most) > 0) {
            throw Problem.badField("from", "must be at most " + most.toDays() + " days before to");
        }
        return new TimeRange(from, to);
    }
}

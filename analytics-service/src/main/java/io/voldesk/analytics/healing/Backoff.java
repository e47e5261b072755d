package io.voldesk.analytics.healing;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** When a step that a vendor failed is tried again: after one minute, two, four … an hour at most; all instances alike. */
@ApplicationScoped
public class Backoff {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 6;

    private final Jdbi jdbi;
    private final Clock clock;

    public Backoff(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Tries(int attempts, Instant nextAt) {}

    private Optional<Tries> tries(String step) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select attempts, next_at from vendor_retry where step = :step")
                .bind("step", step)
                .map((row, context) ->
                        new Tries(row.getInt(1), row.getTimestamp(2).toInstant()))
                .findOne());
    }

    boolean due(String step) {
        return tries(step)
                .map(tries -> !tries.nextAt().isAfter(clock.instant()))
                .orElse(true);
    }

    boolean failing(String step) {
        return tries(step).isPresent();
    }

    void failed(String step) {
        int attempts = tries(step).map(Tries::attempts).orElse(0);
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into vendor_retry values (:step, :attempts, :next) on conflict (step)
                        do update set attempts = excluded.attempts, next_at = excluded.next_at""")
                .bind("step", step)
                .bind("attempts", attempts + 1)
                .bind("next", clock.instant().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait))
                .execute());
    }

    void answered(String step) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from vendor_retry where step = :step")
                .bind("step", step)
                .execute());
    }
}

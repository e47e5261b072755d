package io.voldesk.analytics.pipeline;

import io.voldesk.kit.lock.RunLock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The locks of runs. What mends itself in the background holds one for a portion at a time: whoever is asked by an operator or a
 * sync waits for that, and is refused only where another such run is on.
 */
@ApplicationScoped
public class PatientLock {
    private static final String HEALER = "background healing";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final RunLock locks;
    private final Jdbi jdbi;

    public PatientLock(RunLock locks, Jdbi jdbi) {
        this.locks = locks;
        this.jdbi = jdbi;
    }

    /** @throws io.voldesk.kit.problem.Problem 409 with who holds it and since when */
    public RunLock.Held take(String key, String holder) {
        for (long until = System.nanoTime() + LONGEST_WAIT.toNanos(); System.nanoTime() < until; pause()) {
            Optional<RunLock.Held> held = locks.takeIfFree(key, holder);
            if (held.isPresent()) {
                return held.get();
            }
            if (!HEALER.equals(holder(key))) {
                break;
            }
        }
        return locks.take(key, holder);
    }

    /** For a portion of what is mended in the background; empty where another run is on. */
    public Optional<RunLock.Held> forHealing(String key) {
        return locks.takeIfFree(key, HEALER);
    }

    private String holder(String key) {
        return jdbi.withHandle(handle -> handle.createQuery("select holder from run_lock_holder where lock_key = :key")
                .bind("key", key)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

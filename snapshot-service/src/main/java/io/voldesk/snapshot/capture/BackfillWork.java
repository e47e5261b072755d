package io.voldesk.snapshot.capture;

import io.quarkus.runtime.StartupEvent;
import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.queue.Claim;
import io.voldesk.kit.queue.Queues;
import io.voldesk.kit.queue.TaskQueue;
import io.voldesk.kit.queue.Work;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Works off the pieces of backfills, beside the other instances: the captures of one date and currency, in their order. A capture that
 * fails is tried again after longer and longer pauses, a bounded number of times; then its task has failed, with the last reason.
 */
@Singleton
public class BackfillWork implements Work {
    private static final Logger LOG = Logger.getLogger(BackfillWork.class);
    /** Each takes a lock's connection and, for moments, another: so a dozen backfills leave the pool to everybody else. */
    private static final int MOST_AT_ONCE = 3;

    private static final int MOST_ATTEMPTS = 5;

    private final BackfillStore store;
    private final SnapshotCapture capture;
    private final Queues queues;
    private final Duration firstPause;
    private TaskQueue queue;

    public BackfillWork(
            BackfillStore store,
            SnapshotCapture capture,
            Queues queues,
            @ConfigProperty(name = "voldesk.snapshot.backfill-first-pause") Duration firstPause) {
        this.store = store;
        this.capture = capture;
        this.queues = queues;
        this.firstPause = firstPause;
    }

    public void open(@Observes @Priority(Queues.OPENING) StartupEvent started) {
        queue = queues.open(BackfillStore.QUEUE, MOST_AT_ONCE, List.of(this));
    }

    /** This instance has put pieces into the queue. */
    void wake() {
        queue.wake();
    }

    @Override
    public String task() {
        return BackfillStore.CAPTURE;
    }

    @Override
    public void run(Claim claim) {
        BackfillStore.Piece piece = BackfillStore.Piece.of(claim);
        Set<SnapshotType> again = EnumSet.noneOf(SnapshotType.class);
        int attempts = 0;
        for (BackfillStore.Task task : store.waiting(piece)) {
            if (queue.stopping()) {
                giveBack(claim);
                return;
            }
            if (!capture.buildsOn(task.type(), again)) {
                Outcome outcome = capture(piece, task);
                boolean settled =
                        store.settle(claim, task.type(), outcome.status(), outcome.detail(), outcome.counts());
                if (!settled || paused(piece)) {
                    store.end(claim);
                    return;
                }
                attempts = Math.max(attempts, task.attempts() + (outcome.counts() ? 1 : 0));
                if (!outcome.status().equals("waiting")) {
                    continue;
                }
            }
            again.add(task.type());
        }
        if (again.isEmpty()) {
            store.end(claim);
        } else {
            store.putBack(claim, 0, pause(attempts));
        }
    }

    private boolean paused(BackfillStore.Piece piece) {
        return store.paused(piece.backfill());
    }

    /**
     * @param status {@code waiting} where it is tried again
     * @param counts whether it was an attempt: being told that another captures the same is none
     */
    private record Outcome(String status, String detail, boolean counts) {}

    private Outcome capture(BackfillStore.Piece piece, BackfillStore.Task task) {
        try {
            CaptureResult result = capture.capture(
                    task.type(), piece.currency(), piece.date(), task.requestedBy(), "backfill", task.reason());
            return result.status().equals("failed")
                    ? failed(task, result.reason())
                    : new Outcome(result.status(), result.reason(), true);
        } catch (Problem e) {
            return e.more().containsKey("held_by")
                    ? new Outcome("waiting", e.getMessage(), false)
                    : failed(task, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s of %s for %s failed", task.type().code(), piece.currency(), piece.date());
            return failed(
                    task,
                    DatabaseTrouble.words(e)
                            .orElse("internal error: " + e.getClass().getSimpleName()));
        }
    }

    private static Outcome failed(BackfillStore.Task task, String reason) {
        return new Outcome(task.attempts() + 1 < MOST_ATTEMPTS ? "waiting" : "failed", reason, true);
    }

    private Duration pause(int attempts) {
        return firstPause.multipliedBy(1L << Math.clamp(attempts - 1, 0, MOST_ATTEMPTS));
    }

    @Override
    public void brokenOff(Claim claim, Throwable why) {
        int failures = claim.failures() + 1;
        LOG.warnf(why, "capture %s broke off", claim.instance());
        if (failures < MOST_ATTEMPTS) {
            store.putBack(claim, failures, why == null ? Duration.ZERO : pause(failures));
            return;
        }
        for (BackfillStore.Task task : store.waiting(BackfillStore.Piece.of(claim))) {
            store.settle(
                    claim, task.type(), "failed", "its service stopped in each of " + failures + " attempts", true);
        }
        store.end(claim);
    }

    @Override
    public void giveBack(Claim claim) {
        store.putBack(claim, claim.failures(), Duration.ZERO);
    }
}

package io.voldesk.snapshot.capture;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A range of captures: planned, created, followed, paused and resumed. Its tasks are done by {@link BackfillWork}. */
@ApplicationScoped
public class Backfill {
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final BackfillStore store;
    private final BackfillWork work;
    private final Clock clock;

    public Backfill(BackfillStore store, BackfillWork work, Clock clock) {
        this.store = store;
        this.work = work;
        this.clock = clock;
    }

    /**
     * @param backfillId null for a dry run
     * @param alreadyStored tasks whose snapshot existed beforehand, to be replaced; null for a backfill from before this was kept
     * @param byStatus how many tasks stand where: {@code waiting, ok, suspicious, no_payload, failed}
     */
    @RegisterForReflection(registerFullHierarchy = true) // answered inside a Response, which shows no type
    public record Report(
            Long backfillId,
            boolean dryRun,
            LocalDate from,
            LocalDate to,
            List<SnapshotType> types,
            List<String> currencies,
            long tasks,
            Long alreadyStored,
            Map<String, Long> byStatus,
            List<String> failures) {}

    /** A range to fill. */
    record Range(LocalDate from, LocalDate to, List<SnapshotType> types, List<String> currencies) {
        List<String> codes() {
            return types.stream().map(SnapshotType::code).toList();
        }

        long tasks() {
            return from.datesUntil(to.plusDays(1)).count() * types.size() * currencies.size();
        }
    }

    /** What a run of the range would do; nothing is written. */
    Report plan(Range range) {
        return new Report(
                null,
                true,
                range.from(),
                range.to(),
                range.types(),
                range.currencies(),
                range.tasks(),
                store.stored(range),
                Map.of("waiting", range.tasks()),
                List.of());
    }

    /** Writes the tasks of a range; from now on every instance works on them until they are done or paused. */
    long create(Range range, String requestedBy, String reason) {
        long id = store.create(range, requestedBy, reason, clock.instant());
        work.wake();
        return id;
    }

    /**
     * Follows a backfill to its end, and reports. A cancelled one is paused: its tasks wait.
     *
     * @throws Problem 404 where there is none of that number
     * @throws JobStopped between two looks
     */
    Report work(long id, Progress progress) {
        BackfillStore.Known known = known(id);
        long tasks = known.range().tasks();
        try {
            long waiting = store.waiting(id);
            progress.at("capture", tasks - waiting, tasks);
            while (waiting > 0) {
                store.queueAgain(id);
                pause();
                waiting = store.waiting(id);
                progress.at("capture", tasks - waiting, tasks);
            }
        } catch (JobStopped stopped) {
            if (stopped.cancelled()) {
                store.pause(id, clock.instant());
            }
            throw stopped;
        }
        return report(id, known);
    }

    /** Lets a paused backfill go on. */
    void unpause(long id) {
        known(id);
        store.resume(id);
        work.wake();
    }

    private BackfillStore.Known known(long id) {
        return store.find(id).orElseThrow(() -> Problem.notFound("no backfill " + id));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Report report(long id, BackfillStore.Known known) {
        Range range = known.range();
        return new Report(
                id,
                false,
                range.from(),
                range.to(),
                range.types(),
                range.currencies(),
                range.tasks(),
                known.storedBefore(),
                store.byStatus(id),
                store.failures(id));
    }
}

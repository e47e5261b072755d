package io.voldesk.kit.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * A queue in a table, worked off by every instance together: db-scheduler, told to live by the database's clock. A piece whose
 * runner has fallen silent is taken over; what its old runner still writes under its {@link Claim} is nothing.
 */
public final class TaskQueue {
    private static final Logger LOG = Logger.getLogger(TaskQueue.class);

    /** Pieces that no instance knows wait for one that does. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    /** For what has been interrupted; its work has been given back before. */
    private static final Duration LAST_WAIT = Duration.ofMillis(250);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final String table;
    private final List<Work> works;
    private final Scheduler scheduler;
    private volatile boolean stopping;

    /**
     * How a queue beats and looks.
     *
     * @param poll how often an instance looks for work that another has put there
     * @param heartbeat how often a runner shows that it lives; {@code missed} of them make it silent
     */
    record Rhythm(Duration poll, Duration heartbeat, int missed) {}

    TaskQueue(
            String table,
            int threads,
            DataSource dataSource,
            Clock clock,
            ObjectMapper json,
            Rhythm rhythm,
            List<? extends Work> works,
            List<? extends Task<?>> recurring) {
        this.table = table;
        this.works = List.copyOf(works);
        List<Task<?>> tasks = Stream.<Task<?>>concat(
                        recurring.stream(), works.stream().map(this::task))
                .toList();
        Builder builder = new Builder(dataSource, tasks, rhythm.poll());
        recurring.forEach(task -> builder.atStart(task));
        scheduler = builder.clock(clock)
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .serializer(new JacksonSerializer(json))
                .tableName(table)
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .threads(threads)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(table + "-", 0).factory()))
                .pollUsingLockAndFetch(0.75, 1.0)
                .heartbeatInterval(rhythm.heartbeat())
                .missedHeartbeatsLimit(rhythm.missed())
                .deleteUnresolvedAfter(FOR_EVER)
                .shutdownMaxWait(LAST_WAIT)
                .failureLogging(LogLevel.DEBUG, true)
                .build();
    }

    /** Waits between two looks by a clock that nobody sets, and that answers without the database. */
    private static final class Builder extends SchedulerBuilder {
        private static final Instant START = Instant.EPOCH;
        private final Duration poll;

        Builder(DataSource dataSource, List<Task<?>> tasks, Duration poll) {
            super(dataSource, tasks);
            this.poll = poll;
        }

        void atStart(Task<?> task) {
            if (task instanceof OnStartup onStartup) {
                startTasks.add(onStartup);
            }
        }

        @Override
        protected Waiter buildWaiter() {
            return new Waiter(poll, () -> START.plusNanos(System.nanoTime()));
        }
    }

    /** The ends of a piece are the work's own: nothing is left for the library to complete. */
    private Task<Void> task(Work work) {
        return Tasks.custom(work.task(), Void.class)
                .onFailure((complete, _) -> brokenOff(
                        work,
                        Claim.on(table, complete.getExecution()),
                        complete.getCause().orElse(null)))
                .onDeadExecution((complete, _) -> brokenOff(work, Claim.on(table, complete.getExecution()), null))
                .execute((_, context) -> {
                    work.run(Claim.on(table, context.getExecution()));
                    return (_, _) -> {};
                });
    }

    private void brokenOff(Work work, Claim claim, Throwable why) {
        if (stopping) {
            work.giveBack(claim);
        } else {
            work.brokenOff(claim, why);
        }
    }

    void start() {
        scheduler.start();
    }

    /** Looks for work now: this instance has just put some there. */
    public void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** Whether the instance is going down: work ends at its next safe point and is given back. */
    public boolean stopping() {
        return stopping;
    }

    void beginStop() {
        stopping = true;
        scheduler.pause();
    }

    /** Waits for work to reach a safe point, and gives back what does not. */
    void stop(Instant until) {
        while (!scheduler.getCurrentlyExecuting().isEmpty() && Instant.now().isBefore(until)) {
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        scheduler.getCurrentlyExecuting().forEach(this::giveBack);
        scheduler.stop();
    }

    private void giveBack(CurrentlyExecuting piece) {
        Claim claim = Claim.on(table, piece.getExecution());
        works.stream().filter(work -> work.task().equals(claim.task())).forEach(work -> {
            LOG.warnf(
                    "%s %s did not reach a safe point in time; it is rolled back and taken up again",
                    claim.task(), claim.instance());
            work.giveBack(claim);
        });
    }
}

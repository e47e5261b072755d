package io.voldesk.kit.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.kagkarlsson.scheduler.task.Task;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the queues of an instance, and stops them together. */
@Singleton
public class Queues {
    /** When queues are opened in the course of a start: the tables are there by then. */
    public static final int OPENING = 1_000;

    private static final int MISSED_BEATS = 5;
    /** What a stop may take, less what is needed after it. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final DataSource dataSource;
    private final DatabaseClock clock;
    private final ObjectMapper json;
    private final TaskQueue.Rhythm rhythm;
    private final List<TaskQueue> open = new CopyOnWriteArrayList<>();

    public Queues(
            DataSource dataSource,
            DatabaseClock clock,
            ObjectMapper json,
            @ConfigProperty(name = "voldesk.queue.poll", defaultValue = "PT1S") Duration poll,
            @ConfigProperty(name = "voldesk.queue.heartbeat", defaultValue = "PT3S") Duration heartbeat) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.json = json;
        this.rhythm = new TaskQueue.Rhythm(poll, heartbeat, MISSED_BEATS);
    }

    /**
     * Starts to work.
     *
     * @param table with db-scheduler's columns
     * @param threads how many pieces this instance works on at a time
     */
    public TaskQueue open(String table, int threads, List<? extends Work> works) {
        return started(new TaskQueue(table, threads, dataSource, clock, json, rhythm, works, List.of()));
    }

    TaskQueue openRecurring(String table, int threads, List<? extends Task<?>> tasks) {
        return started(new TaskQueue(table, threads, dataSource, clock, json, rhythm, List.of(), tasks));
    }

    private TaskQueue started(TaskQueue queue) {
        queue.start();
        open.add(queue);
        return queue;
    }

    public void stop(@Observes ShutdownEvent shutdown) {
        Instant until = Instant.now().plus(PATIENCE);
        open.forEach(TaskQueue::beginStop);
        open.forEach(queue -> queue.stop(until));
    }
}

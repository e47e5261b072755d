package io.voldesk.kit.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.voldesk.kit.queue.Queues;
import io.voldesk.kit.queue.TaskQueue;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Long work that is followed instead of waited for. It stands in the database, so a job outlives its instance: one whose runner has
 * fallen silent is taken up again, from its start, by another; one that the instance is told to stop is given back.
 */
@Singleton
public class Jobs {
    private static final int MOST_AT_ONCE = 4;

    private final JobStore store;
    private final List<JobKind<?>> kinds;
    private final Queues queues;
    private final ObjectMapper json;
    private final String prefix;
    private final Duration firstPause;
    private TaskQueue queue;

    public Jobs(
            JobStore store,
            @All List<JobKind<?>> kinds,
            Queues queues,
            ObjectMapper json,
            @ConfigProperty(name = "voldesk.job.prefix") String prefix,
            @ConfigProperty(name = "voldesk.job.first-pause", defaultValue = "PT1S") Duration firstPause) {
        this.store = store;
        this.kinds = kinds;
        this.queues = queues;
        this.json = json;
        this.prefix = prefix;
        this.firstPause = firstPause;
    }

    public void open(@Observes @Priority(Queues.OPENING) StartupEvent started) {
        queue = queues.open(
                JobStore.QUEUE,
                MOST_AT_ONCE,
                kinds.stream()
                        .map(kind -> new JobRunner<>(kind, store, json, firstPause, () -> queue.stopping()))
                        .toList());
    }

    /** Queues a job and starts it, here if there is room. */
    public Job submit(String kind, Object request, String requestedBy) {
        Job job = store.add(prefix + "-" + UUID.randomUUID(), kind, requestedBy, write(request));
        queue.wake();
        return job;
    }

    public Optional<Job> find(String id) {
        return store.find(id);
    }

    /** The newest first. */
    List<Job> latest(String status, int most) {
        return store.latest(status, most);
    }

    /** Asks for the end of a job, at its next safe point. */
    Optional<Job> cancel(String id) {
        store.cancel(id);
        return store.find(id);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

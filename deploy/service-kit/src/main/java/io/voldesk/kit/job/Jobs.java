package io.voldesk.kit.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.problem.Problem;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Runs jobs. Their state is in the database, so a job outlives its instance: one whose runner has fallen silent is taken up
 * again, from its start, by whichever instance sees it first; one that the instance is told to stop is given back.
 */
@Singleton
public class Jobs {
    private static final Logger LOG = Logger.getLogger(Jobs.class);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_ATTEMPTS = 5;
    private static final int PATIENCE_SECONDS = 7;

    private final JobStore store;
    private final Map<String, JobKind<?>> kinds;
    private final ObjectMapper json;
    private final Clock clock;
    private final String prefix;
    private final String runner = UUID.randomUUID().toString();
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    public Jobs(
            JobStore store,
            @All List<JobKind<?>> kinds,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "voldesk.job.prefix") String prefix) {
        this.store = store;
        this.kinds = kinds.stream().collect(Collectors.toMap(JobKind::name, Function.identity()));
        this.json = json;
        this.clock = clock;
        this.prefix = prefix;
    }

    /** A job in this instance: what its work last told of itself, and whether it should go on. */
    private final class Running implements Progress {
        private final String id;
        private volatile String step;
        private volatile Long done;
        private volatile Long total;
        private volatile JobStore.Standing standing = JobStore.Standing.MINE;

        Running(String id) {
            this.id = id;
        }

        @Override
        public void at(String step, long done, Long total) {
            this.step = step;
            this.done = done;
            this.total = total;
            if (standing != JobStore.Standing.MINE || stopping) {
                throw new JobStopped(standing == JobStore.Standing.CANCELLED);
            }
        }

        void beat() {
            standing = store.beat(id, runner, clock.instant(), step, done, total);
        }
    }

    /** Queues a job and starts it, here if there is room. */
    public Job submit(String kind, Object request, String requestedBy) {
        String id = prefix + "-" + UUID.randomUUID();
        store.add(id, kind, requestedBy, write(request), clock.instant());
        startWaiting();
        return store.find(id).orElseThrow();
    }

    public Optional<Job> find(String id) {
        return store.find(id);
    }

    /** Asks for the end of a job, at its next safe point. */
    Optional<Job> cancel(String id) {
        store.cancel(id, clock.instant());
        Optional.ofNullable(running.get(id)).ifPresent(Running::beat);
        return store.find(id);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tend() {
        running.values().forEach(Running::beat);
        startWaiting();
    }

    private synchronized void startWaiting() {
        while (!stopping && running.size() < MOST_AT_ONCE) {
            Optional<Job> claimed = store.claim(runner, clock.instant(), SILENCE);
            if (claimed.isEmpty()) {
                return;
            }
            Job job = claimed.get();
            Running here = new Running(job.id());
            running.put(job.id(), here);
            threads.execute(() -> run(job, here));
        }
    }

    private void run(Job job, Running here) {
        try {
            if (job.attempts() > MOST_ATTEMPTS) {
                throw Problem.unavailable("given up: its service stopped in each of " + MOST_ATTEMPTS + " attempts");
            }
            JobKind<?> kind = Optional.ofNullable(kinds.get(job.kind()))
                    .orElseThrow(() -> Problem.badRequest("no work is called " + job.kind()));
            Object result = run(kind, job, here);
            here.beat();
            store.end(job.id(), runner, "done", clock.instant(), write(result), null);
        } catch (JobStopped stopped) {
            if (stopped.cancelled()) {
                store.end(job.id(), runner, "cancelled", clock.instant(), null, null);
            } else {
                store.giveBack(job.id(), runner);
            }
        } catch (Problem problem) {
            fail(job, problem);
        } catch (RuntimeException e) {
            LOG.errorf(e, "job %s failed", job.id());
            fail(job, DatabaseTrouble.of(e).orElseGet(Problem::internal));
        } finally {
            running.remove(job.id());
        }
    }

    private <R> Object run(JobKind<R> kind, Job job, Running here) {
        try {
            return kind.run(job.requestedBy(), json.readValue(job.request(), kind.requestType()), here);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fail(Job job, Problem problem) {
        store.end(
                job.id(), runner, "failed", clock.instant(), null, write(problem.body("/api/jobs/" + job.id(), null)));
    }

    void stop(@Observes ShutdownEvent shutdown) {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a job did not reach a safe point in time; it is rolled back and taken up again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.voldesk.kit.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.queue.Claim;
import io.voldesk.kit.queue.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Runs the jobs of one kind: begins an attempt, follows it at its safe points, and says how it ended. */
final class JobRunner<R> implements Work {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final int MOST_FAILURES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final JobKind<R> kind;
    private final JobStore store;
    private final ObjectMapper json;
    private final Duration firstPause;
    private final BooleanSupplier stopping;

    JobRunner(JobKind<R> kind, JobStore store, ObjectMapper json, Duration firstPause, BooleanSupplier stopping) {
        this.kind = kind;
        this.store = store;
        this.json = json;
        this.firstPause = firstPause;
        this.stopping = stopping;
    }

    @Override
    public String task() {
        return kind.name();
    }

    @Override
    public void run(Claim claim) {
        store.begin(claim).ifPresentOrElse(job -> attempt(claim, job), () -> store.drop(claim));
    }

    private void attempt(Claim claim, Job job) {
        try {
            if (job.cancelRequested()) {
                throw new JobStopped(JobStopped.Why.CANCELLED);
            }
            Object result = kind.run(
                    job.requestedBy(), json.readValue(job.request(), kind.requestType()), new AtSafePoints(claim));
            store.end(claim, "done", write(result), null);
        } catch (JobStopped stopped) {
            switch (stopped.why()) {
                case CANCELLED -> store.end(claim, "cancelled", null, null);
                case STOPPING -> giveBack(claim);
                case LOST -> LOG.warnf("job %s: %s", job.id(), stopped.getMessage());
            }
        } catch (Problem problem) {
            if (problem.more().containsKey("held_by") && job.attempts() > 1) {
                // most likely by the runner it was taken over from, which does nothing more but has not let go yet
                store.putBack(claim, claim.failures(), pause(job.attempts()), problem.getMessage());
            } else {
                fail(claim, problem);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At each safe point the database is asked whether the work is still this runner's, and told how far it is. */
    private final class AtSafePoints implements Progress {
        private final Claim claim;

        AtSafePoints(Claim claim) {
            this.claim = claim;
        }

        @Override
        public void at(String step, long done, Long total) {
            JobStore.Standing standing = store.progress(claim, step, done, total);
            if (standing == JobStore.Standing.LOST) {
                throw new JobStopped(JobStopped.Why.LOST);
            }
            if (standing == JobStore.Standing.CANCELLED) {
                throw new JobStopped(JobStopped.Why.CANCELLED);
            }
            if (stopping.getAsBoolean()) {
                throw new JobStopped(JobStopped.Why.STOPPING);
            }
        }

        @Override
        public void beforeCommit(Handle transaction) {
            if (!claim.keptIn(transaction)) {
                throw new JobStopped(JobStopped.Why.LOST);
            }
        }
    }

    /** What passes is tried again after longer and longer pauses; what does not has failed. */
    @Override
    public void brokenOff(Claim claim, Throwable why) {
        int failures = claim.failures() + 1;
        Optional<Problem> passing =
                why == null ? Optional.of(Problem.unavailable("its service fell silent")) : DatabaseTrouble.of(why);
        if (passing.isEmpty()) {
            LOG.errorf(why, "job %s failed", claim.instance());
            fail(claim, Problem.internal());
        } else if (failures >= MOST_FAILURES) {
            fail(
                    claim,
                    Problem.unavailable("given up after " + failures + " attempts: "
                            + passing.get().getMessage()));
        } else {
            String words = passing.get().getMessage();
            LOG.warnf("job %s is tried again: %s", claim.instance(), words);
            store.putBack(claim, failures, why == null ? Duration.ZERO : pause(failures), words);
        }
    }

    @Override
    public void giveBack(Claim claim) {
        store.putBack(claim, claim.failures(), Duration.ZERO, null);
    }

    /** Doubles each time. */
    private Duration pause(int times) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(times - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void fail(Claim claim, Problem problem) {
        store.end(claim, "failed", null, write(problem.body("/api/jobs/" + claim.instance(), null)));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.voldesk.kit.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.queue.DatabaseClock;
import io.voldesk.kit.queue.Queues;
import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurrences;
import io.voldesk.kit.queue.Recurring;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** One instance of a service that counts, in a process of its own: it can be stopped, killed and given a wrong clock. */
public final class Runner {
    static final Duration HEARTBEAT = Duration.ofMillis(250);
    static final String TABLES = """
            create table counted (id bigint generated always as identity, run text, runner text, job text, step int);
            create table struck (runner text, own_time timestamptz, at timestamptz default clock_timestamp());
            create table present (runner text, own_time timestamptz, at timestamptz default clock_timestamp());""";

    private Runner() {}

    /**
     * Counts under a lock, each number in a transaction of its own that lasts as long as the pause.
     *
     * @param fenced whether each transaction asks before its commit
     */
    public record Request(int steps, long pauseMillis, boolean fenced) {}

    private record Counting(String runner, Jdbi jdbi, RunLock locks) implements JobKind<Request> {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Class<Request> requestType() {
            return Request.class;
        }

        @Override
        public Object run(String requestedBy, Request request, Progress progress) {
            String run = UUID.randomUUID().toString();
            try (var _ = locks.take("counting:" + requestedBy, runner)) {
                for (int step = 0; step < request.steps(); step++) {
                    progress.at("count", step, (long) request.steps());
                    count(run, requestedBy, step, request, progress);
                }
                return Map.of("runner", runner);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        private void count(String run, String requestedBy, int step, Request request, Progress progress)
                throws InterruptedException {
            jdbi.useTransaction(handle -> {
                handle.execute(
                        "insert into counted (run, runner, job, step) values (?, ?, ?, ?)",
                        run,
                        runner,
                        requestedBy,
                        step);
                // as a sync does, which walks its source in one long transaction
                progress.at("count", step, (long) request.steps());
                Thread.sleep(request.pauseMillis());
                if (request.fenced()) {
                    progress.beforeCommit(handle);
                }
            });
        }
    }

    private record Striking(String runner, Jdbi jdbi) implements Recurring {
        @Override
        public String name() {
            return "striking";
        }

        @Override
        public Recurrence when() {
            return new Recurrence.Cron("* * * * * ?");
        }

        @Override
        public void recur() {
            jdbi.useHandle(handle ->
                    handle.execute("insert into struck (runner, own_time) values (?, ?)", runner, Instant.now()));
        }
    }

    /** A pool, as the services have. */
    static DataSource database(String url, String user, String password) {
        var settings = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(20)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password))));
        try {
            return AgroalDataSource.from(settings);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param arguments name, URL, user, password */
    public static void main(String... arguments) throws InterruptedException {
        String name = arguments[0];
        var source = database(arguments[1], arguments[2], arguments[3]);
        Jdbi jdbi = Jdbi.create(source);
        ObjectMapper json = new ObjectMapper();
        Queues queues = new Queues(source, new DatabaseClock(source), json, Duration.ofMillis(100), HEARTBEAT);
        Jobs jobs = new Jobs(
                new JobStore(jdbi),
                List.of(new Counting(name, jdbi, new RunLock(source))),
                queues,
                json,
                "test",
                Duration.ofMillis(100));
        jobs.open(new StartupEvent());
        new Recurrences(queues, List.of(new Striking(name, jdbi))).open(new StartupEvent());
        jdbi.useHandle(
                handle -> handle.execute("insert into present (runner, own_time) values (?, ?)", name, Instant.now()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> queues.stop(new ShutdownEvent())));
        Thread.currentThread().join();
    }
}

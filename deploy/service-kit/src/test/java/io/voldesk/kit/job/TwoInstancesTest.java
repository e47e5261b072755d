package io.voldesk.kit.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.database.TestDatabase;
import io.voldesk.kit.schema.KitMigrations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instances of a service on one database: processes of their own that are paused, killed, stopped and given wrong clocks. */
class TwoInstancesTest {
    private static final TestDatabase DATABASE = new TestDatabase();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Longer than a runner may be silent. */
    private static final Duration LONG_SILENCE = Runner.HEARTBEAT.multipliedBy(12);

    private static Map<String, String> settings;
    private static Jdbi jdbi;
    private static JobStore store;

    @TempDir
    static Path folder;

    private final List<Process> instances = new ArrayList<>();

    @BeforeAll
    static void database() {
        DATABASE.init(Map.of("service", "trade_sync"));
        settings = DATABASE.start();
        var source = Runner.database(url(), user(), password());
        jdbi = Jdbi.create(source);
        store = new JobStore(jdbi);
        new KitMigrations(source, "trade_sync").migrate();
        jdbi.useHandle(handle -> handle.createScript(Runner.TABLES).execute());
    }

    @AfterAll
    static void noDatabase() {
        DATABASE.stop();
    }

    @BeforeEach
    void nothingThere() {
        jdbi.useHandle(handle -> handle.execute("truncate job, job_queue, recurring_task, counted, struck, present"));
    }

    @AfterEach
    void noInstances() throws InterruptedException {
        for (Process instance : instances) {
            instance.destroyForcibly().waitFor();
        }
    }

    private static String url() {
        return settings.get("quarkus.datasource.jdbc.url");
    }

    private static String user() {
        return settings.get("quarkus.datasource.username");
    }

    private static String password() {
        return settings.get("quarkus.datasource.password");
    }

    private Process instance(String name, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Runner.class.getName(),
                name,
                url(),
                user(),
                password()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Path.of("target", "two-instances.log").toFile()))
                    .start();
            instances.add(process);
            return process;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor());
    }

    private static String submit(String id, int steps, long pauseMillis, boolean fenced) {
        try {
            String request = new ObjectMapper().writeValueAsString(new Runner.Request(steps, pauseMillis, fenced));
            return store.add(id, "counting", id, request).id();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Job job(String id) {
        return store.find(id).orElseThrow();
    }

    private static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.sleep(20);
        }
    }

    private static void untilDone(String id) throws InterruptedException {
        until("done: " + id, () -> {
            Job now = job(id);
            assertTrue(!List.of("failed", "cancelled").contains(now.status()), now.toString());
            return now.status().equals("done");
        });
    }

    private static int counted(String runner) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from counted where runner = :runner")
                .bind("runner", runner)
                .mapTo(Integer.class)
                .one());
    }

    /** How far each run came, in their order; a run that another's steps stand between counts as two. */
    private static List<Integer> stepsOfRuns() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select count(*) from (
                          select id, count(*) filter (where run is distinct from before) over (order by id) as part
                          from (select id, run, lag(run) over (order by id) as before from counted) c) p
                        group by part order by part""").mapTo(Integer.class).list());
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void whatARunnerThatSleptTooLongHadInHandIsNotWrittenAndTheJobIsDoneByTheOther(boolean fenced, int window)
            throws Exception {
        Process sleeper = instance("sleeper");
        String id = submit("test-sleep", 8, 700, fenced);
        until("some steps", () -> counted("sleeper") >= 2);
        instance("other");
        signal(sleeper, "STOP");
        int before = counted("sleeper");
        until("the other meets the sleeper's lock, and waits", () -> {
            Job now = job(id);
            return now.attempts() > 1
                    && now.status().equals("queued")
                    && now.waitsFor().contains("held by sleeper");
        });
        Thread.sleep(LONG_SILENCE);
        assertTrue(List.of("queued", "running").contains(job(id).status()), "held is no failure");
        assertEquals(0, counted("other"), "the sleeper still holds the lock");
        signal(sleeper, "CONT");
        untilDone(id);
        // who does it in the end is open: the sleeper is awake by then, and as good as the other
        List<Integer> runs = stepsOfRuns();
        assertEquals(2, runs.size(), "one run that was lost, and one that did it all: " + runs);
        int woken = runs.getFirst() - before;
        assertTrue(woken <= window, woken + " steps of a runner that had lost its job");
        assertEquals(8, runs.getLast());
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "30, 0", "0, -30"})
    void clocksThatDifferByHalfAMinuteTakeNothingFromAnybody(long firsts, long seconds) throws Exception {
        instance("first", ClockSkew.option(folder, firsts));
        String id = submit("test-clock", 20, 200, true);
        until("some steps", () -> counted("first") >= 1);
        instance("second", ClockSkew.option(folder, seconds));
        // who strikes is open: each second one of the two is the first to see it
        until("the second is there", () -> present("second"));
        untilDone(id);
        assertEquals(1, job(id).attempts());
        assertEquals(20, counted("first"));
        assertTrue(
                skew("second") > Math.abs(seconds) - 5 && skew("second") < Math.abs(seconds) + 5, "its clock is wrong");
    }

    private static int struck(String runner) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from struck where runner = :runner")
                .bind("runner", runner)
                .mapTo(Integer.class)
                .one());
    }

    private static boolean present(String runner) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) > 0 from present where runner = :runner")
                .bind("runner", runner)
                .mapTo(Boolean.class)
                .one());
    }

    private static double skew(String runner) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select avg(abs(extract(epoch from own_time - at))) from present where runner = :runner""")
                .bind("runner", runner)
                .mapTo(Double.class)
                .one());
    }

    @Test
    void whatAKilledRunnerHadInHandIsDoneByTheOther() throws Exception {
        Process killed = instance("killed");
        String id = submit("test-kill", 10, 150, true);
        until("some steps", () -> counted("killed") >= 3);
        instance("other");
        killed.destroyForcibly().waitFor();
        untilDone(id);
        assertEquals(2, job(id).attempts());
        assertEquals(10, counted("other"));
        assertEquals(2, stepsOfRuns().size());
    }

    @Test
    void whatAStoppingInstanceCannotEndItGivesBackAtOnce() throws Exception {
        Process stopping = instance("stopping");
        String id = submit("test-stop", 30, 100, true);
        until("some steps", () -> counted("stopping") >= 3);
        long asked = System.nanoTime();
        stopping.destroy();
        assertTrue(stopping.waitFor(8, java.util.concurrent.TimeUnit.SECONDS), "it stops within 8 s");
        assertTrue(System.nanoTime() - asked < 8e9);
        assertEquals("queued", job(id).status());
        instance("other");
        untilDone(id);
        assertEquals(2, job(id).attempts());
    }

    /** It sits in one long transaction: nothing of it stands, and its place in the queue is free when the process has gone. */
    @Test
    void whatReachesNoSafePointInTimeIsGivenBackAllTheSame() throws Exception {
        Process stopping = instance("stopping");
        String id = submit("test-deaf", 2, 20_000, true);
        until("it runs", () -> "running".equals(job(id).status()) && job(id).step() != null);
        stopping.destroy();
        assertTrue(stopping.waitFor(8, java.util.concurrent.TimeUnit.SECONDS), "it stops within 8 s");
        assertEquals("queued", job(id).status());
        assertEquals(0, counted("stopping"));
    }

    @Test
    void aCancelledJobEndsAtItsNextSafePointOrBeforeItBegins() throws Exception {
        String waiting = submit("test-waits", 3, 100, true);
        store.cancel(waiting);
        assertEquals("cancelled", job(waiting).status());
        instance("one");
        String running = submit("test-runs", 100, 100, true);
        until("it runs", () -> job(running).done() != null && job(running).done() > 1);
        store.cancel(running);
        until("cancelled", () -> job(running).status().equals("cancelled"));
        assertTrue(counted("one") < 20);
        int left = jdbi.withHandle(handle -> handle.createQuery("select count(*) from job_queue")
                .mapTo(Integer.class)
                .one());
        assertEquals(0, left);
    }

    @Test
    void twoInstancesShareTheJobsAndDoNoneTwice() throws Exception {
        instance("one");
        instance("two", ClockSkew.option(folder, 30));
        until("both are there", () -> present("one") && present("two"));
        List<String> ids = IntStream.range(0, 40)
                .mapToObj(i -> submit("test-" + i, 3, 30, true))
                .toList();
        for (String id : ids) {
            untilDone(id);
            assertEquals(1, job(id).attempts());
        }
        assertEquals(120, counted("one") + counted("two"));
        assertTrue(counted("one") > 0 && counted("two") > 0, "both work");
    }

    @Test
    void whatRecursStrikesOnceOverAllInstances() throws Exception {
        instance("one");
        instance("two", ClockSkew.option(folder, 30));
        instance("three", ClockSkew.option(folder, -30));
        until("strikes", () -> struck("one") + struck("two") + struck("three") >= 10);
        int doubled = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select count(*) from (select date_trunc('second', at) from struck group by 1 having count(*) > 1) s""").mapTo(Integer.class).one());
        assertEquals(0, doubled);
        double span =
                jdbi.withHandle(handle -> handle.createQuery("select extract(epoch from max(at) - min(at)) from struck")
                        .mapTo(Double.class)
                        .one());
        assertTrue(span >= 8, "ten strikes in " + span + " s");
    }
}

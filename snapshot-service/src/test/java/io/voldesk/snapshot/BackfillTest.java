package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;
import static io.voldesk.snapshot.SnapshotHouse.admin;
import static io.voldesk.snapshot.SnapshotHouse.backfill;
import static io.voldesk.snapshot.SnapshotHouse.capture;
import static io.voldesk.snapshot.SnapshotHouse.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.kit.job.JobWatch;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.queue.DatabaseClock;
import io.voldesk.kit.queue.Queues;
import io.voldesk.sandbox.TestSandbox;
import io.voldesk.snapshot.capture.BackfillStore;
import io.voldesk.snapshot.capture.BackfillWork;
import io.voldesk.snapshot.capture.SnapshotCapture;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backfills before a vendor that fails, beside each other, and spread over two instances. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class BackfillTest {
    private static final String ONE_DAY =
            "{\"from\":\"2026-10-01\",\"to\":\"2026-10-01\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"],\"dry_run\":false}";

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    DataSource dataSource;

    @Inject
    ObjectMapper json;

    @Inject
    BackfillStore store;

    @Inject
    SnapshotCapture captures;

    @Inject
    RunLock locks;

    private SnapshotHouse house;

    @BeforeEach
    void freshStore() {
        house = new SnapshotHouse(sandbox, jdbi);
        house.fresh();
    }

    private List<String> texts(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    @Test
    void aTaskThatFailsEachTimeIsInTheLedgerFiveTimesThenGivenUpAndSignalled() {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":401,\"times\":-1}");
        backfill(ONE_DAY)
                .statusCode(200)
                .body("by_status.failed", is(1))
                .body("failures", contains(containsString("401")));
        assertEquals(List.of("5"), texts("select attempts from backfill_task"));
        assertEquals(List.of("failed 5"), texts("select status || ' ' || count(*) from snapshot_run group by status"));
        assertEquals(List.of("0"), texts("select count(*) from snapshot_run where error not like '%401%'"));
        assertEquals(List.of(), texts("select task_instance from backfill_queue"));
        get("/api/snapshots/status")
                .body("failed_backfills", hasSize(1))
                .body("failed_backfills[0].currency", equalTo("BTC"))
                .body("failed_backfills[0].tasks", is(1))
                .body("failed_backfills[0].first", containsString("spot of 2026-10-01: "));
        house.noFaults();
        capture("{\"target_date\":\"2026-10-01\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}")
                .body("status", equalTo("ok"));
        get("/api/snapshots/status").body("failed_backfills", hasSize(0));
    }

    @Test
    void aTaskThatFailsOnceIsDoneTheNextTime() {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":401,\"times\":1}");
        backfill(ONE_DAY).statusCode(200).body("by_status.ok", is(1)).body("failures", hasSize(0));
        assertEquals(List.of("failed", "ok"), texts("select status from snapshot_run order by id"));
        assertEquals(List.of("2"), texts("select attempts from backfill_task"));
    }

    /** Somebody captures the same: that is no attempt, and no failure. */
    @Test
    void aTaskThatMeetsAnothersLockWaitsForIt() throws InterruptedException {
        String job;
        try (var _ = locks.take("snapshot:spot:BTC:2026-10-01", "ann@desk")) {
            job = admin().header("Prefer", "respond-async")
                    .body(ONE_DAY)
                    .post("/api/admin/snapshot/backfill")
                    .then()
                    .statusCode(202)
                    .extract()
                    .header("Location");
            for (int i = 0;
                    i < 100
                            && texts("select detail from backfill_task where detail is not null")
                                    .isEmpty();
                    i++) {
                Thread.sleep(50);
            }
            Thread.sleep(1_000);
            assertEquals(List.of("waiting 0"), texts("select status || ' ' || attempts from backfill_task"));
            assertTrue(texts("select detail from backfill_task").getFirst().contains("held by ann@desk"));
        }
        JobWatch.until(job, "done"::equals).body("result.by_status.ok", is(1));
    }

    @Test
    void tenAtOnceLeaveThePoolToEverybodyElse() throws Exception {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"latency\",\"delay_ms\":300,\"times\":-1}");
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int day = 1; day <= 10; day++) {
                String range = ONE_DAY.replace("2026-10-01", "2026-10-%02d".formatted(day));
                running.add(callers.submit(() -> backfill(range).statusCode(200).body("by_status.ok", is(1))));
            }
            int looked = 0;
            while (running.stream().anyMatch(call -> !call.isDone())) {
                get("/api/snapshots/status");
                given().get("/internal/health/ready").then().statusCode(200);
                looked++;
                Thread.sleep(100);
            }
            for (Future<?> call : running) {
                call.get();
            }
            assertTrue(looked > 3, "it took long enough to see");
        }
        assertEquals(List.of("10"), texts("select count(*) from snapshot_run"));
    }

    @Test
    void twoInstancesShareTheDaysAndDoNoneTwice() throws Exception {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"latency\",\"delay_ms\":200,\"times\":-1}");
        Queues queues = new Queues(
                dataSource, new DatabaseClock(dataSource), json, Duration.ofMillis(200), Duration.ofSeconds(3));
        new BackfillWork(store, captures, queues, Duration.ofMillis(50)).open(new StartupEvent());
        Set<String> workers = new HashSet<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> done =
                    callers.submit(() -> backfill(ONE_DAY.replace("\"to\":\"2026-10-01\"", "\"to\":\"2026-10-20\""))
                            .statusCode(200)
                            .body("by_status.ok", is(20)));
            while (!done.isDone()) {
                workers.addAll(texts("select picked_by from backfill_queue where picked"));
                Thread.sleep(20);
            }
            done.get();
        } finally {
            queues.stop(new ShutdownEvent());
        }
        assertEquals(2, workers.size());
        assertEquals(List.of("20"), texts("select count(*) from snapshot_run"));
        assertEquals(List.of("1"), texts("select distinct attempts from backfill_task"));
    }

    /** Gamma is computed on the surface and the open interest of its day. */
    @Test
    void whatBuildsOnAFailedCaptureWaitsWithIt() {
        house.fault(
                "{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":401,\"times\":1,\"path\":\"delta-surfaces\"}");
        backfill("""
                {"from":"2024-04-01","to":"2024-04-01","types":["gex","iv_surface"],"currencies":["BTC"],"dry_run":false}""").statusCode(200).body("by_status.waiting", nullValue());
        assertEquals(
                List.of("iv_surface", "iv_surface", "gex"),
                texts("select snapshot_type from snapshot_run order by id"));
    }
}

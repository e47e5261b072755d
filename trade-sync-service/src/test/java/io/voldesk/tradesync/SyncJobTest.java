package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.admin;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.kit.job.JobWatch;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sync that is followed instead of waited for. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class SyncJobTest {
    private static final String SLOW_PAGES =
            "{\"vendor\":\"alpha\",\"kind\":\"latency\",\"delay_ms\":400,\"times\":-1,\"path\":\"cursor=\"}";

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    RunLock locks;

    private SyncHouse house;

    @BeforeEach
    void freshCacheAndSource() {
        house = new SyncHouse(sandbox, jdbi);
        house.fresh();
    }

    private static String submit(String body) {
        return admin().header("Prefer", "respond-async")
                .body(body)
                .post(SYNC)
                .then()
                .statusCode(202)
                .header("Preference-Applied", "respond-async")
                .header("Location", startsWith("/api/jobs/trade-sync-"))
                .extract()
                .header("Location");
    }

    @Test
    void theResultIsWhatTheSynchronousCallAnswers() throws InterruptedException {
        String job = submit(REAL);
        JobWatch.until(job, "done"::equals)
                .body("kind", equalTo("trade_sync"))
                .body("requested_by", equalTo("admin-secret"))
                .body("attempts", equalTo(1))
                .body("step", equalTo("merge"))
                .body("done", equalTo(749))
                .body("finished_at", notNullValue())
                .body("problem", nullValue())
                .body("result.inserted", equalTo(749))
                .body("result.analytics.status", equalTo("failed"));
        assertEquals(749, house.cached());
    }

    @Test
    void eventsTellTheProgressAndEndWithTheJob() {
        house.fault(SLOW_PAGES);
        String job = submit("{\"full_scope_diagnostic\":true}");
        given().head(job + "/events").then().statusCode(200).contentType("text/event-stream");
        String events = given().accept("text/event-stream").get(job + "/events").asString();
        List<String> seen =
                events.lines().filter(line -> line.startsWith("data:")).toList();
        assertTrue(seen.size() > 3, events);
        assertTrue(seen.stream().anyMatch(e -> e.contains("\"step\":\"walk\"") && !e.contains("\"done\":0,")), events);
        assertTrue(seen.getLast().contains("\"status\":\"done\""), seen.getLast());
        assertTrue(seen.getLast().contains("\"source_row_count\":749"), seen.getLast());
    }

    @Test
    void aCancelledSyncLeavesNothingBehind() throws InterruptedException {
        house.fault(SLOW_PAGES);
        String job = submit(REAL);
        JobWatch.until(job, "running"::equals);
        given().delete(job).then().statusCode(401);
        admin().delete(job).then().statusCode(202).body("cancel_requested", equalTo(true));
        JobWatch.until(job, "cancelled"::equals).body("result", nullValue());
        assertEquals(0, house.cached());
        given().get(SYNC + "/status")
                .then()
                .body("watermark", nullValue())
                .body("last_error", nullValue())
                .body("last_runs[0].status", equalTo("cancelled"));
        house.noFaults();
        SyncHouse.post(REAL).statusCode(200).body("inserted", equalTo(749));
        admin().delete(job).then().statusCode(202).body("status", equalTo("cancelled"));
    }

    @Test
    void aSecondSyncOfTheScopeIsToldWhoRunsTheFirst() throws InterruptedException {
        house.fault(SLOW_PAGES);
        String job = submit(REAL);
        JobWatch.until(job, "running"::equals);
        SyncHouse.post(REAL)
                .statusCode(409)
                .body("held_by", equalTo("admin-secret"))
                .body("held_since", notNullValue())
                .body("detail", containsString("portfolio_names=ICOI,IMST|include_pending=false"));
        SyncHouse.post("{\"portfolio_names\":[\"IMST\"]}").statusCode(200);
        house.noFaults();
        JobWatch.until(job, "done"::equals).body("result.inserted", equalTo(749));
    }

    /** The scheduled retry, of this instance or another, has the debt between the commit and the sync's own settling of it. */
    @Test
    void aSyncWhoseDebtTheRetryTookCarriesTheSummaryAllTheSame() throws InterruptedException {
        String job;
        try (var _ = locks.take("enrichment:alpha_sync", "the retry")) {
            job = submit(REAL);
            long until = System.nanoTime() + 30_000_000_000L;
            while (owed() == 0) {
                assertTrue(System.nanoTime() < until, "the sync commits its debt");
                Thread.sleep(20);
            }
            Thread.sleep(500);
            JobWatch.until(job, "running"::equals).body("result", nullValue());
            jdbi.useHandle(handle -> handle.execute("""
                    update enrichment_owed set done_at = now(), after_change_seq = upto_change_seq, summary =
                      '{"status":"ok","dry_run":false,"rows_processed":1498,"steps":[],"errors":[]}'"""));
        }
        JobWatch.until(job, "done"::equals)
                .body("result.analytics.status", equalTo("ok"))
                .body("result.analytics.summary.rows_processed", equalTo(1498));
    }

    /** Analytics is not there in this test: whoever asks it fails. */
    @Test
    void aSyncThatFindsTheRetryAtWorkWaitsForItAndThenSettlesItsOwnDebt() throws InterruptedException {
        String job;
        try (var _ = locks.take("enrichment:alpha_sync", "the retry")) {
            job = submit(REAL);
            while (owed() == 0) {
                Thread.sleep(20);
            }
            Thread.sleep(500);
        }
        JobWatch.until(job, "done"::equals).body("result.analytics.status", equalTo("failed"));
    }

    private long owed() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from enrichment_owed")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void aFailureIsKeptAsTheProblemItWouldHaveBeen() throws InterruptedException {
        house.fault("{\"vendor\":\"alpha\",\"kind\":\"html\",\"times\":-1}");
        JobWatch.until(submit(REAL), "failed"::equals)
                .body("result", nullValue())
                .body("problem.status", equalTo(502))
                .body("problem.detail", containsString("Alpha's page 1"));
    }

    /** What a killed instance leaves: a running job without a heartbeat. */
    private void orphan(String id, int attempts) {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into job (id, kind, requested_by, request, status, created_at, started_at, attempts, step)
                    values (?, 'trade_sync', 'ann@desk', '{"dry_run":false}', 'running',
                            now() - interval '1 minute', now() - interval '1 minute', ?, 'walk')""", id, attempts);
            handle.execute("""
                    insert into job_queue (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version,
                      consecutive_failures)
                    values ('trade_sync', ?, now() - interval '1 minute', true, 'gone', now() - interval '20 seconds', 7, ?)""", id, attempts - 1);
        });
    }

    @Test
    void aJobWhoseRunnerFellSilentIsTakenUpAgain() throws InterruptedException {
        orphan("trade-sync-orphan", 1);
        JobWatch.until("/api/jobs/trade-sync-orphan", "done"::equals)
                .body("attempts", equalTo(2))
                .body("result.inserted", equalTo(749));
        given().get(SYNC + "/status").then().body("last_runs[0].requested_by", equalTo("ann@desk"));
    }

    /** The runner it was taken over from sleeps, and holds its lock all the while. */
    @Test
    void aJobThatMeetsItsPredecessorsLockWaitsForIt() throws InterruptedException {
        try (var _ = locks.take("sync:alpha_sync:portfolio_names=ICOI,IMST|include_pending=false", "the sleeper")) {
            orphan("trade-sync-orphan", 1);
            while (given().get("/api/jobs/trade-sync-orphan").path("waits_for") == null
                    || given().get("/api/jobs/trade-sync-orphan").<Integer>path("attempts") < 2) {
                Thread.sleep(50);
            }
            JobWatch.until("/api/jobs/trade-sync-orphan", "queued"::equals)
                    .body("attempts", equalTo(2))
                    .body("waits_for", containsString("held by the sleeper"))
                    .body("problem", nullValue());
            given().queryParam("status", "queued")
                    .get("/api/jobs")
                    .then()
                    .body("items.id", contains("trade-sync-orphan"));
            given().get("/api/jobs").then().body("items.id", contains("trade-sync-orphan"));
            given().queryParam("status", "running").get("/api/jobs").then().body("items", hasSize(0));
            given().queryParam("status", "lost")
                    .get("/api/jobs")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("status"));
        }
        JobWatch.until("/api/jobs/trade-sync-orphan", "done"::equals)
                .body("waits_for", nullValue())
                .body("result.inserted", equalTo(749));
    }

    @Test
    void aJobThatBringsItsServiceDownEachTimeIsGivenUp() throws InterruptedException {
        orphan("trade-sync-poison", 5);
        JobWatch.until("/api/jobs/trade-sync-poison", "failed"::equals)
                .body("problem.detail", containsString("given up"));
        assertEquals(0, house.cached());
    }

    @Test
    void badInputIsRefusedBeforeThereIsAJob() {
        admin().header("Prefer", "respond-async")
                .body("{\"portfolio_names\":[]}")
                .post(SYNC)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("portfolio_names"));
        given().header("Prefer", "respond-async")
                .contentType("application/json")
                .body(REAL)
                .post(SYNC)
                .then()
                .statusCode(401);
        given().get("/api/jobs/trade-sync-none").then().statusCode(404);
        given().get("/api/jobs/trade-sync-none/events").then().statusCode(404);
        given().head("/api/jobs/trade-sync-none/events").then().statusCode(404);
    }
}

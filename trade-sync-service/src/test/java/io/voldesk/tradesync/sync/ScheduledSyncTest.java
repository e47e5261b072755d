package io.voldesk.tradesync.sync;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.problem.Problem;
import io.voldesk.sandbox.TestSandbox;
import io.voldesk.tradesync.SyncHouse;
import io.voldesk.tradesync.execution.Scope;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sync that nobody watches writes only what nobody would question. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class ScheduledSyncTest {
    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    ScheduledSync schedule;

    @Inject
    SyncRunner runner;

    @Inject
    RunLock locks;

    private SyncHouse house;

    @BeforeEach
    void freshCacheAndSource() {
        house = new SyncHouse(sandbox, jdbi);
        house.fresh();
    }

    @Test
    void aCleanPreviewWithinTheBoundsIsApplied() {
        house.play(SyncHouse.page(null, SyncHouse.row("A")));
        assertEquals(Optional.empty(), schedule.run());
        assertEquals(1, house.cached());
        given().get(SyncHouse.SYNC + "/status")
                .then()
                .body("last_runs.kind", contains("sync", "preview"))
                .body("last_runs.requested_by.unique()", contains(ScheduledSync.ACTOR));
    }

    @Test
    void anythingElseWaitsAndSaysWhy() {
        house.play(SyncHouse.page(null, SyncHouse.row("A"), SyncHouse.row("BAD", "price", "\"NaN\"")));
        assertTrue(schedule.run().orElseThrow().contains("BAD (rejected: price: not_a_number)"));
        assertEquals(0, house.cached());
        given().get(SyncHouse.SYNC + "/status")
                .then()
                .body("alarms.kind", contains("scheduled_sync_held"))
                .body("alarms[0].text", containsString("BAD"));
        SyncHouse.post(SyncHouse.REAL).statusCode(200);
        given().get(SyncHouse.SYNC + "/status").then().body("alarms", hasSize(0));
    }

    @Test
    void moreThanTheOperatorAllowsWaits() {
        assertTrue(
                schedule.run().orElseThrow().startsWith("749 new and changed executions, more than the 500 allowed"));
        assertEquals(0, house.cached());
        house.play(SyncHouse.page(null, SyncHouse.row("BIG", "quantity", "1000000")));
        assertTrue(schedule.run().orElseThrow().startsWith("a premium delta of 1234000000.0 USD"));
        house.fault("{\"vendor\":\"alpha\",\"kind\":\"status\",\"status\":403,\"times\":-1}");
        assertTrue(schedule.run().orElseThrow().contains("403"));
        given().get(SyncHouse.SYNC + "/status").then().body("alarms[0].kind", equalTo("scheduled_sync_held"));
    }

    /** Two large changes that set each other off are two large changes. */
    @Test
    void changesDoNotSetEachOtherOff() {
        house.play(
                SyncHouse.page(null, SyncHouse.row("A", "quantity", "1"), SyncHouse.row("B", "quantity", "1000000")));
        SyncHouse.post(SyncHouse.REAL).statusCode(200);
        String later = "\"2026-11-20T20:30:00Z\"";
        house.play(SyncHouse.page(
                null,
                SyncHouse.row("A", "quantity", "1000000", "version", "2", "updated_at", later),
                SyncHouse.row("B", "quantity", "1", "version", "2", "updated_at", later)));
        String why = schedule.run().orElseThrow();
        assertTrue(why.startsWith("a premium delta of 2467997532.0 USD"), why);
    }

    @Test
    void whileSomebodysRunIsOnItIsLeftOutAndNotHeld() {
        house.play(SyncHouse.page(null, SyncHouse.row("A")));
        try (var _ = locks.take("sync:alpha_sync:portfolio_names=ICOI,IMST|include_pending=false", "ann@desk")) {
            assertTrue(schedule.run().orElseThrow().contains("held by ann@desk"));
        }
        assertEquals(0, house.cached());
        given().get(SyncHouse.SYNC + "/status").then().body("alarms", hasSize(0));
        assertEquals(Optional.empty(), schedule.run());
    }

    @Test
    void aFailureOfAnyKindWaitsAndSaysWhy() {
        house.play(SyncHouse.page(null, SyncHouse.row("A")));
        jdbi.useHandle(handle -> handle.execute("alter table rejected_execution rename to rejected_away"));
        try {
            assertTrue(schedule.run().isPresent());
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table rejected_away rename to rejected_execution"));
        }
        given().get(SyncHouse.SYNC + "/status").then().body("alarms.kind", contains("scheduled_sync_held"));
    }

    /** What the source has put in since the preview is bounded too. */
    @Test
    void aRunBeyondItsBoundsLeavesNothingBehind() {
        house.play(SyncHouse.page(null, SyncHouse.row("A")));
        Scope scope = new Scope(Scope.ALPHA_SYNC, List.of("IMST", "ICOI"), false);
        SyncRequest real = new SyncRequest(null, false, null, null, null, null, null, null);
        Problem refused = assertThrows(
                Problem.class,
                () -> runner.run(real, scope, ScheduledSync.ACTOR, Progress.NONE, report -> {
                    throw Problem.conflict(report.counts().inserted() + " is too many", Map.of());
                }));
        assertEquals("1 is too many", refused.getMessage());
        assertEquals(0, house.cached());
        given().get(SyncHouse.SYNC + "/status").then().body("last_runs[0].status", equalTo("held"));
    }
}

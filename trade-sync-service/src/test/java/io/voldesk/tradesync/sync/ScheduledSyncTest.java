package io.voldesk.tradesync.sync;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import io.voldesk.tradesync.SyncHouse;
import jakarta.inject.Inject;
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
}

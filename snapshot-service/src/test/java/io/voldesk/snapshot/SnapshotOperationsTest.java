package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;
import static io.voldesk.snapshot.SnapshotHouse.admin;
import static io.voldesk.snapshot.SnapshotHouse.backfill;
import static io.voldesk.snapshot.SnapshotHouse.capture;
import static io.voldesk.snapshot.SnapshotHouse.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import io.voldesk.kit.job.JobWatch;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operation of snapshots: missed days, paused backfills, mixed surfaces put right, and the proof from the archive. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class SnapshotOperationsTest {
    private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private SnapshotHouse house;

    @BeforeEach
    void freshStore() {
        house = new SnapshotHouse(sandbox, jdbi);
        house.fresh();
    }

    private static ValidatableResponse scheduled(String body) {
        return admin().header("x-internal-actor", "scheduler:runner@project.iam.gserviceaccount.com")
                .body(body)
                .post("/api/admin/snapshot")
                .then()
                .statusCode(200);
    }

    @Test
    void theScheduledRunCatchesUpWithTheDaysItMissed() {
        String spot = "{\"types\":[\"spot\",\"oi\"],\"currencies\":[\"BTC\"]}";
        scheduled(spot).body("snapshots", hasSize(2));
        get("/api/snapshots/remediation").body("items", hasSize(0));
        capture("{\"target_date\":\"" + YESTERDAY.minusDays(4)
                + "\",\"types\":[\"spot\",\"oi\"],\"currencies\":[\"BTC\"]}");
        scheduled(spot)
                .body("status", equalTo("ok"))
                .body(
                        "snapshots.findAll { it.type == 'spot' }.target_date",
                        contains(
                                YESTERDAY.toString(),
                                YESTERDAY.minusDays(3).toString(),
                                YESTERDAY.minusDays(2).toString(),
                                YESTERDAY.minusDays(1).toString()))
                .body("snapshots.findAll { it.type == 'oi' }.target_date", contains(YESTERDAY.toString()));
        // delivered twice: the day is captured again, nothing is left to catch up, nothing is doubled
        scheduled(spot).body("snapshots", hasSize(2)).body("status", equalTo("ok"));
        get("/api/snapshots/coverage?currency=BTC&from=" + YESTERDAY.minusDays(4) + "&to=" + YESTERDAY)
                .body("cells.findAll { it.type == 'spot' }.status", everyItem(equalTo("ok")));
        assertEquals(5L * 24, count("select count(*) from spot_snapshots"));
    }

    private long count(String sql) {
        return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    @Test
    void aBackfillRunsAsAJobIsPausedAndResumed() throws InterruptedException {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"latency\",\"delay_ms\":300,\"times\":-1}");
        String job = admin().header("Prefer", "respond-async")
                .body("""
                        {"from":"2026-10-01","to":"2026-10-10","types":["spot"],"currencies":["BTC"],"dry_run":false,"reason":"gap"}""")
                .post("/api/admin/snapshot/backfill")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        for (int i = 0; i < 100 && count("select count(*) from snapshot") < 2; i++) {
            Thread.sleep(100);
        }
        admin().delete(job).then().statusCode(202);
        JobWatch.until(job, "cancelled"::equals)
                .body("step", equalTo("capture"))
                .body("total", is(10));
        long done = count("select count(*) from backfill_task where status = 'ok'");
        assertTrue(done >= 2 && done < 10, "stopped in the middle, after " + done);
        Thread.sleep(1_500);
        assertEquals(done, count("select count(*) from backfill_task where status = 'ok'"), "paused means paused");
        house.noFaults();
        long id = count("select max(id) from backfill_job");
        backfill("{\"resume\":" + id + "}")
                .statusCode(200)
                .body("backfill_id", is((int) id))
                .body("by_status.ok", is(10))
                .body("tasks", is(10));
        assertEquals(10, count("select count(*) from snapshot_run"), "nothing was captured twice");
        backfill("{\"resume\":999999}").statusCode(404);
    }

    /** Old rows from before timestamps were kept apart: two source times within one hour. */
    @Test
    void aMixedSurfaceIsDegradedAndARerunPutsItRight() {
        capture("{\"types\":[\"iv_surface\"],\"currencies\":[\"BTC\"]}").body("status", equalTo("ok"));
        get("/api/snapshots/readiness").body("items.findAll { it.currency == 'BTC' }.state", everyItem(equalTo("ok")));
        jdbi.useHandle(handle -> handle.execute("""
                update iv_surface_snapshots set source_timestamp = source_timestamp - interval '7 minutes'
                where currency = 'BTC' and point like 'deltaPut%'
                  and source_timestamp = (select max(source_timestamp) from iv_surface_snapshots)"""));
        get("/api/snapshots/readiness")
                .body("items.findAll { it.currency == 'BTC' }.state", everyItem(equalTo("degraded")))
                .body(
                        "items.find { it.currency == 'BTC' }.density_quality.reasons",
                        hasItem(containsString("mixed_source_timestamps: 2")));
        get("/api/probability/density?currency=BTC&dte=30").body("density_quality.state", equalTo("degraded"));
        rederived().body("status", equalTo("differs")).body("not_same[0].state", equalTo("differs"));

        // export first, as the runbook says; then the remediation
        String export = given().get("/api/snapshots/export?type=iv_surface&currency=BTC&date=" + YESTERDAY)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertTrue(export.lines().count() > 1_000, "the rows before the repair are at hand");
        capture("{\"target_date\":\"" + YESTERDAY + "\",\"types\":[\"iv_surface\"],\"currencies\":[\"BTC\"]}")
                .body("status", equalTo("ok"));
        get("/api/snapshots/readiness").body("items.findAll { it.currency == 'BTC' }.state", everyItem(equalTo("ok")));
        get("/api/snapshots/remediation")
                .body("items[0].kind", equalTo("manual_rerun"))
                .body("items[0].who", equalTo("admin-secret"));
        rederived().body("status", equalTo("ok")).body("same", is(1));
    }

    private static ValidatableResponse rederived() {
        return admin().body("{\"from\":\"" + YESTERDAY + "\"}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .statusCode(200);
    }

    @Test
    void whatIsStoredComesOutOfTheArchiveBitForBit() {
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"]}").body("status", equalTo("ok"));
        capture("{}").body("status", equalTo("ok"));
        int asked = house.requests();
        admin().body("{\"from\":\"2024-04-01\"}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .statusCode(200)
                .body("not_same", hasSize(0))
                .body("checked", is(5))
                .body("status", equalTo("ok"));
        rederived().body("not_same", hasSize(0)).body("checked", is(15));
        assertEquals(asked, house.requests(), "the vendor is not asked");

        // one bit of one stored number, and one derived row
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update spot_snapshots set price = price * (1 + 2e-16) where ctid = (select min(ctid) from spot_snapshots where snapshot_date = '2024-04-01')");
            handle.execute("update gex_hourly set net_gex = net_gex + 1 where snapshot_date = '2024-04-01'");
        });
        admin().body("{\"from\":\"2024-04-01\",\"to\":\"2024-04-01\"}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .body("status", equalTo("differs"))
                .body("not_same.type", containsInAnyOrder("gex", "spot"))
                .body("not_same.find { it.type == 'spot' }.differing", is(2))
                .body("not_same.find { it.type == 'gex' }.derived_differing", is(2))
                .body("not_same.find { it.type == 'gex' }.reason", nullValue());
        jdbi.useHandle(handle -> handle.execute("delete from raw_payload where endpoint like '%level-1-quotes%'"));
        admin().body("{\"from\":\"2024-04-01\",\"types\":[\"oi\"]}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .body("not_same[0].state", equalTo("unavailable"))
                .body("not_same[0].reason", containsString("archive has no answer"));
    }

    @Test
    void rederivingNeedsTheSecretAndARange() {
        given().contentType("application/json")
                .body("{}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .statusCode(401);
        admin().body("{}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("from"));
        admin().body("{\"from\":\"2024-04-02\",\"to\":\"2024-04-01\"}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("to"));
    }
}

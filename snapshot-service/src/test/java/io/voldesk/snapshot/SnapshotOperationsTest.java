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
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
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
        return asScheduler(body).statusCode(200);
    }

    private static ValidatableResponse asScheduler(String body) {
        return admin().header("x-internal-actor", "scheduler:runner@project.iam.gserviceaccount.com")
                .body(body)
                .post("/api/admin/snapshot")
                .then();
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
                .body(
                        "snapshots.findAll { it.type == 'oi' && it.status == 'ok' }.target_date",
                        contains(YESTERDAY.toString()))
                // a past chain cannot be had, which is said
                .body("snapshots.findAll { it.status == 'unavailable' }.type.unique()", contains("oi"))
                .body("snapshots.findAll { it.status == 'unavailable' }", hasSize(3))
                .body("snapshots.find { it.status == 'unavailable' }.reason", containsString("not_as_of_safe"))
                .body("snapshots.find { it.status == 'unavailable' }.run_id", nullValue());
        // delivered twice: the day is captured again, nothing is left to catch up, nothing is doubled
        scheduled(spot)
                .body("snapshots.findAll { it.status == 'ok' }", hasSize(2))
                .body("status", equalTo("ok"));
        get("/api/snapshots/coverage?currency=BTC&from=" + YESTERDAY.minusDays(4) + "&to=" + YESTERDAY)
                .body("cells.findAll { it.type == 'spot' }.status", everyItem(equalTo("ok")));
        assertEquals(5L * 24, count("select count(*) from spot_snapshots"));
    }

    /** Down for longer than the look-back: no snapshot lies within it, and all its days are filled. */
    @Test
    void theScheduledRunCatchesUpAfterALongOutage() {
        String spot = "{\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}";
        capture("{\"target_date\":\"" + YESTERDAY.minusDays(9) + "\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}");
        scheduled(spot).body("snapshots", hasSize(8)).body("snapshots.status", everyItem(equalTo("ok")));
        assertEquals(9, count("select count(*) from snapshot"));
    }

    @Test
    void aDayCapturedBeforeItWasOverIsPartialUntilItIsCaughtUp() {
        String spot = "{\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}";
        LocalDate day = YESTERDAY.minusDays(2);
        capture("{\"target_date\":\"" + day + "\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}");
        capture(spot);
        jdbi.useHandle(handle -> handle.execute(
                "update snapshot set created_at = (snapshot_date + interval '10 hours') at time zone 'UTC'"));
        get("/api/snapshots/coverage?currency=BTC&from=" + day + "&to=" + YESTERDAY)
                .body("cells.findAll { it.type == 'spot' }.status", contains("partial", "missing", "partial"));
        get("/api/snapshots/status")
                .body("items.find { it.type == 'spot' && it.currency == 'BTC' }.status", equalTo("partial"))
                .body(
                        "items.find { it.type == 'spot' && it.currency == 'BTC' }.reason",
                        equalTo("captured_before_the_day_was_over"));
        scheduled(spot)
                .body(
                        "snapshots.target_date",
                        contains(
                                YESTERDAY.toString(),
                                day.toString(),
                                day.plusDays(1).toString()));
        get("/api/snapshots/coverage?currency=BTC&from=" + day + "&to=" + YESTERDAY)
                .body("cells.findAll { it.type == 'spot' }.status", everyItem(equalTo("ok")));
    }

    /** A schedule that is told 200 does not come again. */
    @Test
    void aScheduleThatGotNothingIsToldSo() {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":401,\"times\":-1}");
        String spot = "{\"types\":[\"spot\"],\"currencies\":[\"SOL\"]}";
        asScheduler(spot)
                .statusCode(502)
                .contentType("application/problem+json")
                .body("snapshots[0].status", equalTo("failed"))
                .body("snapshots[0].reason", containsString("401"))
                .body("snapshots[0].currency", equalTo("SOL"));
        capture(spot).statusCode(200).body("status", equalTo("partial_error"));
        house.noFaults();
        house.fault(
                "{\"vendor\":\"amberdata\",\"path\":\"delta-surfaces\",\"kind\":\"status\",\"status\":401,\"times\":-1}");
        scheduled("{\"types\":[\"spot\",\"iv_surface\"],\"currencies\":[\"SOL_USDC\"]}")
                .body("status", equalTo("partial_error"))
                .body("snapshots.find { it.type == 'spot' }.status", equalTo("ok"));
    }

    /** What the rule before stored, and what of it a migration took away, is made anew from the archive. */
    @Test
    void rederivingPutsTodaysReadingInPlace() {
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"]}").body("status", equalTo("ok"));
        double net = netGex();
        long last = get("/internal/captures").extract().jsonPath().getLong("last");
        jdbi.useHandle(handle -> {
            handle.execute("delete from gex_hourly");
            handle.execute("update vol_metrics_snapshots set dvol = null");
        });
        int asked = house.requests();
        rederived("{\"from\":\"2024-04-01\",\"apply\":true,\"reason\":\"upgrade\"}")
                .body("status", equalTo("ok"))
                .body("applied", is(2))
                .body("same", is(3))
                .body("not_same.type", contains("vol_metrics", "gex"))
                .body("not_same.state", everyItem(equalTo("applied")));
        assertEquals(asked, house.requests(), "the vendor is not asked");
        assertEquals(net, netGex());
        assertEquals(24, count("select count(dvol) from vol_metrics_snapshots"));
        rederived("{\"from\":\"2024-04-01\"}").body("same", is(5)).body("not_same", hasSize(0));
        get("/api/snapshots/remediation")
                .body("items[0].kind", equalTo("rederive"))
                .body("items[0].reason", equalTo("upgrade"))
                .body("items[0].detail", containsString("derived rows differed"))
                .body("items[0].rows_before", is(912))
                .body("items[0].rows_after", is(912));
        get("/internal/captures?after=" + last)
                .body("items.snapshot_type", contains("vol_metrics", "gex"))
                .body("items.date", everyItem(equalTo("2024-04-01")));
    }

    private double netGex() {
        return jdbi.withHandle(h -> h.createQuery("select net_gex from gex_hourly")
                .mapTo(Double.class)
                .one());
    }

    /** The index of 00:00 is the open of the bar stamped 00:00; its close is of 00:59. */
    @Test
    void theVolatilityIndexIsOfItsHour() {
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":[\"vol_metrics\"]}");
        assertEquals(
                0.7664,
                jdbi.withHandle(h -> h.createQuery(
                                "select dvol from market_state('BTC', '2024-04-01T00:00Z', '2024-04-01T00:00Z')")
                        .mapTo(Double.class)
                        .one()),
                5e-5);
    }

    @Test
    void whatWasStoredSinceIsTold() {
        get("/internal/captures").body("last", is(0)).body("items", hasSize(0));
        String spot = "{\"target_date\":\"2026-10-01\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}";
        capture(spot);
        long first = get("/internal/captures")
                .body("items", hasSize(1))
                .body("items[0].snapshot_type", equalTo("spot"))
                .body("items[0].currency", equalTo("BTC"))
                .body("items[0].date", equalTo("2026-10-01"))
                .extract()
                .jsonPath()
                .getLong("last");
        assertEquals(first, get("/internal/captures").extract().jsonPath().getLong("items[0].run_id"));
        // one that is still going, whose session holds its line, holds back those after it
        jdbi.useHandle(session -> {
            session.execute("""
                    insert into snapshot_run (snapshot_type, currency, target_date, status, requested_by, started_at)
                    values ('oi', 'BTC', '2026-10-01', 'running', 'somebody', now() - interval '3 hours')""");
            session.execute(
                    "select pg_advisory_lock(hashtextextended('snapshot_run:' || max(id), 0)) from snapshot_run");
            capture(spot);
            get("/internal/captures?after=" + first)
                    .body("last", is((int) first))
                    .body("items", hasSize(0));
            session.execute("select pg_advisory_unlock_all()");
        });
        get("/internal/captures?after=" + first)
                .body("last", is((int) first + 2))
                .body("items", hasSize(1));
        admin().get("/internal/captures?after=x").then().statusCode(400).body("errors[0].field", equalTo("after"));
    }

    @Test
    void anOperatorsReasonIsKept() {
        backfill("""
                {"from":"2026-10-01","to":"2026-10-01","types":["spot"],"currencies":["BTC"],"dry_run":false,"reason":"a gap was seen"}""");
        get("/api/snapshots/remediation")
                .body("items[0].kind", equalTo("backfill"))
                .body("items[0].reason", equalTo("a gap was seen"))
                .body("items[0].detail", nullValue());
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":401,\"times\":-1}");
        capture("{\"target_date\":\"2026-10-01\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"],\"reason\":\"again\"}");
        get("/api/snapshots/remediation")
                .body("items[0].reason", equalTo("again"))
                .body("items[0].detail", containsString("401"));
    }

    @Test
    void aPastChainIsMarked() {
        capture("{\"target_date\":\"2024-04-01\",\"types\":[\"oi\"],\"currencies\":[\"BTC\"]}")
                .body("snapshots[0].status", equalTo("ok"))
                .body("snapshots[0].warnings[0]", containsString("not_as_of_safe"));
        capture("{\"types\":[\"oi\"],\"currencies\":[\"BTC\"]}").body("snapshots[0].warnings", hasSize(0));
    }

    /** What the data page says of a day that is due, of one that is late, and of one that is gone. */
    @Test
    void theStatusGoesByTheAgeOfTheSource() {
        capture("{\"types\":[\"iv_surface\"],\"currencies\":[\"BTC\"]}");
        for (int days : new int[] {1, 3, 9}) {
            jdbi.useHandle(handle -> {
                handle.execute(
                        "update snapshot set snapshot_date = ?::date - ?, source_to = now() - interval '26 hours' - make_interval(days => ? - 1)",
                        YESTERDAY,
                        days,
                        days);
                handle.execute(
                        "update iv_surface_snapshots set source_timestamp = source_timestamp - ((select max(source_timestamp) from iv_surface_snapshots) - (select source_to from snapshot))");
            });
            String status = days == 1 ? "pending" : days == 3 ? "stale" : "missing";
            get("/api/snapshots/status")
                    .body("items.find { it.type == 'iv_surface' && it.currency == 'BTC' }.status", equalTo(status))
                    .body(
                            "items.find { it.type == 'iv_surface' && it.currency == 'BTC' }.age_seconds",
                            greaterThan(90_000));
            get("/api/snapshots/readiness")
                    .body(
                            "items.find { it.currency == 'BTC' }.state",
                            days == 1 ? not(oneOf("stale", "missing")) : equalTo(status));
        }
        get("/api/snapshots/status")
                .body(
                        "items.find { it.type == 'iv_surface' && it.currency == 'ETH' }.reason",
                        equalTo("no_snapshot_stored"));
    }

    /** The newest run of all may be of another day; what is shown is the run for the day that is shown. */
    @Test
    void theLastAttemptIsOfTheDateShown() {
        capture("{\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}");
        capture("{\"target_date\":\"2024-04-01\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}");
        get("/api/snapshots/status")
                .body(
                        "items.find { it.type == 'spot' && it.currency == 'BTC' }.last_attempt",
                        equalTo("ok for " + YESTERDAY));
        house.fault(
                "{\"vendor\":\"amberdata\",\"kind\":\"garbage\",\"body\":\"{\\\"status\\\":200,\\\"payload\\\":{\\\"data\\\":[]}}\"}");
        capture("{\"types\":[\"spot\"],\"currencies\":[\"ETH\"]}");
        get("/api/snapshots/status")
                .body("items.find { it.type == 'spot' && it.currency == 'ETH' }.status", equalTo("no_payload"))
                .body("items.find { it.type == 'spot' && it.currency == 'ETH' }.reason", equalTo("vendor_has_no_rows"));
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
        // what the poll of the instances had begun before the pause ends; nothing begins after it
        Thread.sleep(1_000);
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
        return rederived("{\"from\":\"" + YESTERDAY + "\"}");
    }

    private static ValidatableResponse rederived(String body) {
        return admin().body(body).post("/api/admin/snapshot/rederive").then().statusCode(200);
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
                .body("errors[0].field", equalTo("from"));
    }
}

package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;

import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.jdbi.v3.core.Jdbi;

/** What the tests of market data say to the service, to the sandbox's Amberdata, and to the database. */
final class SnapshotHouse {
    static final RestAssuredConfig DOUBLES = RestAssuredConfig.config()
            .jsonConfig(JsonConfig.jsonConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));

    private final String sandbox;
    private final Jdbi jdbi;

    SnapshotHouse(String sandbox, Jdbi jdbi) {
        this.sandbox = sandbox;
        this.jdbi = jdbi;
    }

    /** An empty store before a vendor without faults. */
    void fresh() {
        noFaults();
        jdbi.useHandle(handle -> handle.execute("""
                truncate snapshot, snapshot_run, gex_snapshots, gex_hourly, iv_surface_snapshots, surface_hourly, vol_metrics_snapshots,
                  spot_snapshots, oi_snapshots, remediation_event, raw_payload, backfill_job, backfill_task,
                  backfill_queue, job, job_queue"""));
    }

    static RequestSpecification admin() {
        return given().config(DOUBLES).header("x-admin-secret", "test-secret").contentType("application/json");
    }

    static ValidatableResponse capture(String body) {
        return admin().body(body).post("/api/admin/snapshot").then();
    }

    static ValidatableResponse backfill(String body) {
        return admin().body(body).post("/api/admin/snapshot/backfill").then();
    }

    static ValidatableResponse get(String path) {
        return admin().get(path).then().statusCode(200);
    }

    void fault(String json) {
        given().body(json).post(sandbox + "/control/faults").then().statusCode(204);
    }

    void noFaults() {
        given().delete(sandbox + "/control/faults").then().statusCode(204);
    }

    int requests() {
        return given().get(sandbox + "/control/requests").path("amberdata");
    }
}

package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;
import static io.voldesk.snapshot.SnapshotHouse.admin;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No argument that a route does not take gets further than a 400 in the caller's words. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class ArgumentsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analytics/overview", "/api/analytics/gamma-profile", "/api/analytics/thresholds",
                "/api/analytics/spot-vol", "/api/analytics/smile-tracking", "/api/analytics/regime",
                "/api/analytics/realised-vol", "/api/analytics/term-structure", "/api/analytics/surface",
                "/api/probability/density", "/api/probability/conditional", "/api/probability/touch",
                "/api/probability/candidates",
            })
    void aDateBeyondTheRangeIsRefused(String route) {
        for (String date : new String[] {"+999999999-12-31", "-999999999-01-01", "+294277-01-01", "1969-12-31", "x"}) {
            refused(route + "?date=" + date.replace("+", "%2B"), "date");
        }
        given().get(route + "?date=9999-12-31").then().statusCode(200);
        given().get(route + "?date=1970-01-01").then().statusCode(200);
        refused(route + "?currency=DOGE", "currency");
        refused(route + "?currency=Btc", "currency");
        refused(route + "?currency=BTC&currency=ETH", "currency");
        refused(route + "?curency=BTC", "curency");
        given().get(route + "?currency=SOL_USDC").then().statusCode(200).body("currency", equalTo("SOL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/flow/gex", "/api/flow/conditional-returns", "/internal/market-history"})
    void aRangeRunsForwardAndHasALongest(String route) {
        refused(route + "?from=%2B999999999-12-31T23:59:59Z", "from");
        refused(route + "?to=-999999999-01-01", "to");
        refused(route + "?from=2024-04-01T00:00:00", "from");
        refused(route + "?from=2024-04-02&to=2024-04-01", "from");
        refused(route + "?from=1970-01-01&to=2026-01-01", "from");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/snapshots/coverage?from=2024-04-02&to=2024-04-01, from",
        "/api/snapshots/coverage?from=1970-01-01&to=9999-12-31, from",
        "/api/snapshots/coverage?from=0001-01-01, from",
        "/api/probability/density?dte=0, dte",
        "/api/probability/density?dte=366, dte",
        "/api/probability/density?dte=%D9%A3%D9%A0, dte",
        "/api/probability/density?dte=99999999999, dte",
        "/api/probability/conditional?band_pct=91, band_pct",
        "/api/probability/touch?levels=1e999, levels",
        "/api/probability/touch?levels=0x1p3, levels",
        "/api/probability/touch?levels=-1, levels",
        "/api/probability/touch?levels=%00, levels",
        "/api/reference-rates, asset",
        "/api/reference-rates?asset=doge, asset",
        "/api/snapshots/remediation?limit=0, limit",
        "/api/snapshots/remediation?cursor=-1, cursor",
        "/internal/captures?after=-1, after",
        "/internal/lineage?currency=BTC, tables",
        "/internal/lineage?tables=spot_snapshots, currency",
        "/internal/lineage?tables=spot_snapshots&currency=BTC&hour=9, hour",
    })
    void theRestIsRefusedByName(String url, String field) {
        refused(url, field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|{\"target_date\":\"-999999999-01-01\"}|target_date",
                "|{\"target_date\":\"0001-01-01\"}|target_date",
                "|{\"target_date\":\"\"}|target_date",
                "|{\"target_date\":20240401}|target_date",
                "|{\"types\":[]}|types",
                "|{\"types\":[null]}|types[0]",
                "|{\"types\":[0]}|types[0]",
                "|{\"types\":\"gex\"}|types",
                "|{\"currencies\":[\"\\u0000\"]}|currencies[0]",
                "|{\"reason\":\"\\u0000\"}|reason",
                "/backfill|{\"from\":\"2024-04-01\"}|to",
                "/backfill|{\"from\":\"1970-01-01\",\"to\":\"2026-01-01\"}|from",
                "/backfill|{\"from\":\"2024-04-02\",\"to\":\"2024-04-01\"}|from",
                "/backfill|{\"resume\":0}|resume",
                "/backfill|{\"resume\":1.5}|resume",
                "/rederive|{\"from\":\"2024-04-01\",\"to\":\"\"}|to",
                "/rederive|{\"from\":\"9999-12-31\",\"to\":\"+999999999-12-31\"}|to",
            })
    void bodiesToo(String route, String body, String field) {
        admin().body(body)
                .post("/api/admin/snapshot" + (route == null ? "" : route))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void aReasonHasALongest() {
        admin().body("{\"from\":\"2024-04-01\",\"reason\":\"" + "x".repeat(501) + "\"}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("reason"))
                .body("errors[0].message", equalTo("size must be between 0 and 500"));
    }

    @Test
    void whatIsBlankIsNotThere() {
        given().get("/api/probability/density?currency=&dte=&date=")
                .then()
                .statusCode(lessThan(300))
                .body("currency", equalTo("BTC"));
    }

    private static void refused(String url, String field) {
        admin().urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }
}

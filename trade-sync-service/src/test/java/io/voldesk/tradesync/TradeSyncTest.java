package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.EXACT;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.PREVIEW;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.post;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class TradeSyncTest {
    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private SyncHouse house;

    @BeforeEach
    void freshCacheAndSource() {
        house = new SyncHouse(sandbox, jdbi);
        house.fresh();
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    @Test
    void theOperatorsDay() {
        post(PREVIEW)
                .statusCode(200)
                .body("diagnostic_scope", equalTo("incremental_delta"))
                .body("dry_run", equalTo(true))
                .body("fetched", equalTo(749))
                .body("inserted", equalTo(749))
                .body("analytics", nullValue());
        assertEquals(0, house.cached(), "a preview writes no execution");

        post(REAL)
                .statusCode(200)
                .body("inserted", equalTo(749))
                .body("premium_delta_usd", equalTo(decimal("466630651.75")))
                .body("quantity_delta", equalTo(decimal("269267.0")))
                .body("watermark.updated_at", equalTo("2026-11-20T15:38:21Z"))
                .body("analytics.status", equalTo("failed"))
                .body("analytics.reason", containsString("owed"));

        post(PREVIEW)
                .body("fetched", equalTo(0))
                .body("normalized", equalTo(0))
                .body("rejected", equalTo(0))
                .body("premium_delta_usd", equalTo(decimal("0.0")))
                .body("quantity_delta", equalTo(decimal("0.0")));

        String clean = post(FULL_PREVIEW)
                .statusCode(200)
                .body("diagnostic_scope", equalTo("full_scope"))
                .body("scope_key", equalTo("portfolio_names=ICOI,IMST|include_pending=false"))
                .body("source_row_count", equalTo(749))
                .body("local_scope_row_count", equalTo(749))
                .body("unmatched_source_trade_ids", hasSize(0))
                .body("unmatched_local_trade_ids", hasSize(0))
                .body("mismatched_trades", hasSize(0))
                .body("clean", equalTo(true))
                .extract()
                .asString();
        assertTrue(clean.contains("\"source_total_quantity\":269267.0,"), clean);
        assertTrue(clean.contains("\"local_total_premium_usd\":466630651.75,"), clean);
        assertTrue(clean.contains("\"premium_delta_usd\":0.0,"), clean);
        assertDoesNotThrow(
                () -> new ObjectMapper()
                        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                        .readTree(clean),
                "each key once");

        post(REAL).body("fetched", equalTo(0)).body("analytics.status", equalTo("skipped"));
        given().get(SYNC + "/status?source=alpha_sync")
                .then()
                .statusCode(200)
                .body("last_successful_sync_at", notNullValue())
                .body("configuration.state", equalTo("ok"))
                .body("owed_enrichment.count", equalTo(1))
                .body("last_runs", hasSize(5));
    }

    @Test
    void theDiagnosticNamesWhatDiffersAndOnlyThat() {
        post(REAL).statusCode(200);
        given().post(sandbox + "/control/alpha/switch/good").then().statusCode(204);
        given().body("{\"trade_ids\":[\"ALP-250403-00001\"]}")
                .delete(sandbox + "/control/alpha/executions")
                .then()
                .statusCode(204);
        String row = changed("ALP-250403-00002", "\"price\": \"25.04\"", "IMST");
        String moved = changed("ALP-250404-00003", "\"price\": \"28.16\"", "OTHER");
        given().body("{\"data\":[" + row + "," + moved + "]}")
                .post(sandbox + "/control/alpha/executions")
                .then()
                .statusCode(204);

        post(FULL_PREVIEW)
                .body("unmatched_source_trade_ids", contains("SBX-GOOD-1"))
                .body("unmatched_local_trade_ids", containsInAnyOrder("ALP-250403-00001", "ALP-250404-00003"))
                .body("mismatched_trades.trade_id.unique()", contains("ALP-250403-00002"))
                .body("mismatched_trades.find { it.field == 'price' }.source_value", equalTo("25.04"))
                .body("mismatched_trades.find { it.field == 'price' }.local_value", equalTo("25.03"))
                .body("clean", equalTo(false));

        post(REAL).body("inserted", equalTo(1)).body("updated", equalTo(1));
        given().get("/api/internal/trades/ALP-250403-00002")
                .then()
                .body("execution.version", equalTo(2))
                .body("history", hasSize(1))
                .body("history[0].version", equalTo(1))
                .body("history[0].changes.find { it.field == 'price' }.before", equalTo("25.03"))
                .body("history[0].changes.find { it.field == 'price' }.after", equalTo("25.04"));
    }

    /** The shipped row with another price or portfolio, as version 2 changed today. */
    private static String changed(String id, String price, String portfolio) {
        String symbol = id.endsWith("2") ? "MSTR  250418C00307500" : "MSTR  250425P00300000";
        return """
                {"trade_id":"%s","version":2,"portfolio":"%s","status":"corrected","recon_status":"matched","symbol":"%s",
                 "underlying":"MSTR","side":"sell_to_open","quantity":110,%s,"multiplier":100,"fees":null,"currency":"USD",
                 "executed_at":"2025-04-03T15:28:07-04:00","updated_at":"2026-11-23T10:00:00+01:00","settle_date":null}""".formatted(id, portfolio, symbol, price);
    }

    @Test
    void badRowsAreKeptWithTheirReasonAndTakenBackInWhenGood() {
        given().post(sandbox + "/control/alpha/switch/bad").then().statusCode(204);
        post(REAL).body("inserted", equalTo(749)).body("rejected", equalTo(7)).body("fetched", equalTo(756));
        given().get(SYNC + "/rejected?source=alpha_sync")
                .then()
                .body("items", hasSize(7))
                .body(
                        "items.reason",
                        containsInAnyOrder(
                                "missing",
                                "not_positive",
                                "not_a_number",
                                "unparsable_symbol",
                                "expiry_before_execution",
                                "symbol_and_underlying_disagree",
                                "non_usd_without_premium_usd"));
        post(PREVIEW).body("fetched", equalTo(0)).body("rejected", equalTo(0)).body("overlap_unchanged", equalTo(8));
        post(FULL_PREVIEW)
                .body("rejected", equalTo(7))
                .body("source_row_count", equalTo(749))
                .body("clean", equalTo(false));

        String good = changed("SBX-BAD-ZERO", "\"price\": 1.5", "IMST").replace("250425P", "271217P");
        given().body("{\"data\":["
                        + good.replace(
                                "2026-11-23T10:00:00+01:00", Instant.now().toString()) + "]}")
                .post(sandbox + "/control/alpha/executions");
        post(REAL).body("inserted", equalTo(1)).body("rejected", equalTo(0));
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(6));
    }

    @Test
    void pendingRowsAreInScopeOnlyWhenAskedFor() {
        given().post(sandbox + "/control/alpha/switch/pending");
        given().post(sandbox + "/control/alpha/switch/out_of_scope");
        post(PREVIEW).body("fetched", equalTo(749));
        post("{\"include_pending\":true,\"dry_run\":false}")
                .body("scope_key", equalTo("portfolio_names=ICOI,IMST|include_pending=true"))
                .body("inserted", equalTo(752));
        post("{\"portfolio_names\":[\"IMST\"],\"full_scope_diagnostic\":true}")
                .body("source_row_count", equalTo(433))
                .body("local_scope_row_count", equalTo(433))
                .body("clean", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut_body", "garbage", "html", "reset", "cursor_loop"})
    void aBrokenPageFailsTheRunWhole(String kind) {
        house.fault("{\"vendor\":\"alpha\",\"kind\":\"%s\",\"times\":-1,\"path\":\"cursor=\"}".formatted(kind));
        post(REAL).statusCode(502).contentType("application/problem+json").body("detail", containsString("Alpha"));
        assertEquals(0, house.cached(), "nothing half-written");
        given().get(SYNC + "/status")
                .then()
                .body("watermark", nullValue())
                .body("last_error", notNullValue())
                .body("last_runs[0].status", equalTo("failed"));
        given().delete(sandbox + "/control/faults");
        post(REAL).statusCode(200).body("inserted", equalTo(749));
    }

    @Test
    void aBusyVendorIsAskedAgainAndARefusalIsShownInItsWords() {
        house.fault("{\"vendor\":\"alpha\",\"kind\":\"status\",\"status\":429,\"retry_after\":1,\"times\":1}");
        house.fault("{\"vendor\":\"alpha\",\"kind\":\"status\",\"status\":503,\"times\":1}");
        post(PREVIEW).statusCode(200).body("fetched", equalTo(749));

        house.fault("{\"vendor\":\"alpha\",\"kind\":\"status\",\"status\":403,\"body\":\"key revoked\",\"times\":-1}");
        int before = requests();
        post(PREVIEW).statusCode(502).body("detail", equalTo("configuration error: Alpha answered 403: key revoked"));
        given().get(SYNC + "/status")
                .then()
                .body("configuration.state", equalTo("error"))
                .body("configuration.errors", contains("Alpha answered 403: key revoked"));
        assertEquals(before, requests(), "no retry storm: the fault answers before the desk counts");
    }

    private int requests() {
        return given().get(sandbox + "/control/requests").path("alpha");
    }

    @Test
    void aLateRowInsideTheOverlapIsNotMissed() {
        post(REAL);
        String late = changed("SBX-LATE", "\"price\": 2", "IMST")
                .replace("2026-11-23T10:00:00+01:00", "2026-11-20T15:34:00Z")
                .replace("250425P", "271217P");
        given().body("{\"data\":[" + late + "]}").post(sandbox + "/control/alpha/executions");
        post(PREVIEW).body("fetched", equalTo(1)).body("inserted", equalTo(1));
        post(REAL).body("inserted", equalTo(1)).body("watermark.updated_at", equalTo("2026-11-20T15:38:21Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/executions/export?after=0",
                "//internal/executions/export?after=0",
                "/api/../internal/executions/export?after=0",
                "/%69nternal/executions/export?after=0",
                "/internal/about",
                "/internal/metrics",
                "/internal/openapi",
                "/internal/healthy",
                "/internal/health/../metrics",
                "/internal"
            })
    void whatIsForTheOtherServicesNeedsTheSecretToo(String path) {
        for (String secret : List.of("", "wrong")) {
            given().urlEncodingEnabled(false)
                    .header("x-admin-secret", secret)
                    .get(path)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .body("trace_id", notNullValue());
        }
        given().urlEncodingEnabled(false).get(path).then().statusCode(401);
        given().urlEncodingEnabled(false)
                .headers("x-admin-secret", "test-secret", "x-admin-secret", "test-secret")
                .get(path)
                .then()
                .statusCode(401);
    }

    @Test
    void theOtherServicesAndWhoeverAsksForHealthAreAnswered() {
        for (String path : List.of("/internal/executions/export?after=0", "/internal/about", "/internal/metrics")) {
            given().header("x-admin-secret", "test-secret").get(path).then().statusCode(200);
        }
        for (String path : List.of("/internal/health", "/internal/health/ready", "/internal/health/live")) {
            given().get(path).then().statusCode(200);
        }
    }

    @Test
    void withoutTheRightSecretNothingHappens() {
        given().contentType("application/json").body(REAL).post(SYNC).then().statusCode(401);
        given().header("x-admin-secret", "wrong")
                .contentType("application/json")
                .body(REAL)
                .post(SYNC)
                .then()
                .statusCode(401);
        given().headers("x-admin-secret", "test-secret", "x-admin-secret", "wrong")
                .contentType("application/json")
                .body(REAL)
                .post(SYNC)
                .then()
                .statusCode(401);
        assertEquals(0, house.cached());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sauce\":\"alpha_sync\"}|sauce",
                "{\"source\":\"beta\"}|source",
                "{\"dry_run\":\"no\"}|dry_run",
                "{\"portfolio_names\":[]}|portfolio_names",
                "{\"portfolio_names\":[1]}|portfolio_names[0]"
            })
    void badInputIsRefusedByField(String body, String field) {
        post(body).statusCode(400).body("errors[0].field", equalTo(field));
        assertEquals(0, house.cached());
    }

    @Test
    void theTradeListFiltersSortsPagesAndExports() {
        post(REAL);
        var first = given().config(EXACT)
                .get("/api/internal/trades?portfolio=ICOI&sort=premium_usd&limit=200")
                .then()
                .statusCode(200)
                .body("items", hasSize(200))
                .extract();
        String second = given().get("/api/internal/trades?portfolio=ICOI&sort=premium_usd&limit=200&cursor="
                        + first.path("next_cursor"))
                .then()
                .body("items", hasSize(116))
                .body("next_cursor", nullValue())
                .extract()
                .asString();
        List<String> ids = first.path("items.source_trade_id");
        assertTrue(ids.stream().noneMatch(second::contains), "pages do not overlap");
        given().get("/api/internal/trades?limit=0").then().statusCode(400).body("errors[0].field", equalTo("limit"));
        given().get("/api/internal/trades?cursor=zzz")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
        given().get("/api/internal/trades/none").then().statusCode(404);
        String csv = given().accept("text/csv")
                .get("/api/internal/trades?underlying=COIN")
                .asString();
        assertEquals(317, csv.lines().count());
        String export = given().header("x-admin-secret", "test-secret")
                .get("/internal/executions/export?source=alpha_sync&after=0")
                .asString();
        assertEquals(750, export.lines().count());
        assertTrue(export.endsWith("\n{\"rows\":749}\n"));
        assertTrue(export.startsWith("{\"change_seq\":"), export.substring(0, 60));
    }
}

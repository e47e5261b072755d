package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.PREVIEW;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.admin;
import static io.voldesk.tradesync.SyncHouse.page;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands between a preview and a real sync, and what is done with the differences that no sync mends. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class DeskTest {
    private static final String DESK = "/api/internal/trades/diagnostics";

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

    private static ValidatableResponse onPreview(Object run, String more) {
        return post("{\"dry_run\":false,\"preview_run_id\":" + run + more + "}");
    }

    private static Object previewed(String body) {
        return post(body).statusCode(200).extract().path("run_id");
    }

    private static ValidatableResponse acknowledge(Object id, String body) {
        return admin().body(body).post(DESK + "/" + id + "/acknowledge").then();
    }

    @Test
    void aCleanPreviewCarriesItsRealRun() {
        Object run = previewed(PREVIEW);
        onPreview(run, "").statusCode(200).body("inserted", equalTo(749));
        // the plain call stands on nothing, as ever
        post(REAL).statusCode(200).body("fetched", equalTo(0));
    }

    @Test
    void anExceptionHasToBeAcceptedByName() {
        house.play(page(null, row("GOOD"), row("BAD", "price", "\"NaN\""), row("NO-ID", "trade_id", "null")));
        var preview = post(PREVIEW)
                .body("exceptions.name", contains("BAD", "row:1/3"))
                .body("exceptions.kind", contains("rejected", "rejected"))
                .body("exceptions.reason", contains("price: not_a_number", "trade_id: missing"));
        Object run = preview.extract().path("run_id");
        onPreview(run, "")
                .statusCode(409)
                .body("detail", containsString("BAD"))
                .body("exceptions.name", contains("BAD", "row:1/3"));
        onPreview(run, ",\"accept\":[\"BAD\"]").statusCode(409).body("exceptions.name", contains("row:1/3"));
        assertEquals(0, house.cached());
        onPreview(run, ",\"accept\":[\"BAD\",\"row:1/3\"]").statusCode(200).body("inserted", equalTo(1));
    }

    /** Once somebody has accepted it, the card tells of it, and no run waits for it again. */
    @Test
    void aRowFromTheFutureIsAcceptedOnce() {
        house.play(page(null, row("GOOD"), row("FAR", "updated_at", "\"2062-01-01T00:00:00Z\"")));
        Object run = previewed(PREVIEW);
        onPreview(run, "").statusCode(409).body("exceptions.kind", contains("from_future"));
        onPreview(run, ",\"accept\":[\"FAR\"]").statusCode(200).body("inserted", equalTo(2));
        post(PREVIEW).body("from_future", equalTo(1)).body("exceptions", hasSize(0));
        given().get(SYNC + "/status").then().body("alarms.kind", contains("rows_from_future"));
    }

    /** The preview was clean; what turns up between it and the real run was shown to nobody. */
    @Test
    void whatTurnsUpAfterThePreviewIsNotCarriedByIt() {
        house.play(page(null, row("GOOD")));
        Object run = previewed(PREVIEW);
        house.play(page(null, row("GOOD"), row("BAD", "price", "\"NaN\"")));
        onPreview(run, "").statusCode(409).body("exceptions.name", contains("BAD"));
        assertEquals(0, house.cached());
        given().get(SYNC + "/status")
                .then()
                .body("last_runs[0].status", equalTo("held"))
                .body("last_error", nullValue())
                .body("open_rejected", equalTo(0));
    }

    @Test
    void aPreviewCarriesItsOwnScopeOnlyAndNotForEver() {
        Object other = previewed("{\"portfolio_names\":[\"IMST\"]}");
        onPreview(other, "").statusCode(409).body("detail", containsString("another scope"));
        Object run = previewed(PREVIEW);
        onPreview(run, ",\"full_scope_diagnostic\":true").statusCode(409);
        jdbi.useHandle(
                handle -> handle.execute("update sync_run set finished_at = finished_at - interval '16 minutes'"));
        onPreview(run, "").statusCode(409).body("detail", containsString("older than 15 minutes"));
        onPreview(999_999, "").statusCode(409);
        Object real = post(REAL).extract().path("run_id");
        onPreview(real, "").statusCode(409).body("detail", containsString("is no preview"));
        post("{\"preview_run_id\":1}").statusCode(400).body("errors[0].field", equalTo("preview_run_id"));
        post("{\"dry_run\":false,\"accept\":[\"A\"]}").statusCode(400).body("errors[0].field", equalTo("accept"));
    }

    @Test
    void aPreviewCarriesARunFromItsOwnInstantOnly() {
        String since = ",\"updated_since\":\"2026-01-01\"";
        Object again = previewed("{\"updated_since\":\"2026-01-01T00:00:00Z\"}");
        onPreview(again, "").statusCode(409).body("detail", containsString("another instant"));
        onPreview(again, ",\"updated_since\":\"2025-01-01\"").statusCode(409);
        onPreview(previewed(PREVIEW), since).statusCode(409).body("detail", containsString("another instant"));
        assertEquals(0, house.cached());
        onPreview(again, since).statusCode(200);
    }

    @Test
    void differencesAreKeptWithAgeOwnerAndReason() {
        house.play(page(
                null,
                row("A"),
                row("B", "portfolio", "\"ICOI\""),
                row("GONE"),
                row("BROKEN", "recon_status", "\"break\"")));
        post(REAL).statusCode(200);
        house.play(page(
                null,
                row("A", "price", "13"),
                row("B", "portfolio", "\"ICOI\""),
                row("BROKEN", "recon_status", "\"break\""),
                row("NEW")));
        post(FULL_PREVIEW)
                .body("clean", equalTo(false))
                .body("field_match.find { it.field == 'price' }.compared", equalTo(3))
                .body("field_match.find { it.field == 'price' }.matched", equalTo(2))
                .body("field_match.find { it.field == 'quantity' }.rate", equalTo(new BigDecimal("1.0")))
                .body("portfolios.portfolio", contains("ICOI", "IMST"))
                .body("portfolios.state", contains("clean", "differs"))
                .body("portfolios[1].unmatched_local_count", equalTo(1))
                .body("portfolios[1].source_row_count", equalTo(3));
        jdbi.useHandle(handle ->
                handle.execute("update diagnostic_break set first_seen_at = first_seen_at - interval '50 hours'"));
        var desk = given().get(DESK)
                .then()
                .statusCode(200)
                .body("latest.clean", equalTo(false))
                .body("latest.fields", hasSize(16))
                .body(
                        "items.kind",
                        containsInAnyOrder("mismatched", "unmatched_local", "unmatched_source", "recon_break"))
                .body("items.find { it.kind == 'mismatched' }.field", equalTo("price"))
                .body("items.find { it.kind == 'mismatched' }.source_value", equalTo("13"))
                .body("items.find { it.kind == 'unmatched_local' }.trade_id", equalTo("GONE"))
                .body("items.age_days.unique()", contains(2))
                .extract();
        given().get(SYNC + "/status")
                .then()
                .body("alarms.kind", contains("diagnostic_not_clean"))
                .body("alarms[0].count", equalTo(2))
                .body("last_diagnostic.portfolios", hasSize(2));

        Object gone = desk.path("items.find { it.kind == 'unmatched_local' }.id");
        acknowledge(gone, "{\"reason_code\":\"whatever\"}")
                .statusCode(400)
                .body("errors[0].field", equalTo("reason_code"));
        given().contentType("application/json")
                .body("{}")
                .post(DESK + "/" + gone + "/acknowledge")
                .then()
                .statusCode(401);
        acknowledge(gone, "{\"reason_code\":\"manual_booking\",\"owner\":\"ann@desk\",\"note\":\"by phone\"}")
                .statusCode(200)
                .body("state", equalTo("acknowledged"))
                .body("owner", equalTo("ann@desk"))
                .body("acknowledged_by", equalTo("admin-secret"));

        // the real run mends what it can; what was accepted holds nobody up any more
        Object run = previewed(FULL_PREVIEW);
        onPreview(run, ",\"full_scope_diagnostic\":true").statusCode(200).body("updated", equalTo(1));
        given().get(DESK).then().body("items.kind", contains("recon_break"));
        given().get(DESK + "?state=acknowledged").then().body("items.trade_id", contains("GONE"));
        given().get(DESK + "?state=resolved&kind=mismatched").then().body("items.resolution", contains("synced"));
        given().get(SYNC + "/status").then().body("alarms", hasSize(0));
    }

    @Test
    void anExecutionAlphaNoLongerServesCanBeRetiredAndComesBackWhenServed() {
        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\""), row("GONE")));
        post(REAL).statusCode(200);
        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\"")));
        Object preview = post(FULL_PREVIEW)
                .body("exceptions.name", contains("GONE"))
                .extract()
                .path("run_id");
        onPreview(preview, ",\"full_scope_diagnostic\":true").statusCode(409);
        Object id = given().get(DESK).path("items[0].id");
        acknowledge(id, "{\"reason_code\":\"source_removed\",\"action\":\"retire\"}")
                .statusCode(200)
                .body("state", equalTo("resolved"))
                .body("resolution", equalTo("retired"));
        acknowledge(id, "{\"reason_code\":\"source_removed\"}").statusCode(409);
        post(FULL_PREVIEW).body("clean", equalTo(true)).body("local_scope_row_count", equalTo(2));
        given().get("/api/internal/trades/GONE")
                .then()
                .statusCode(200)
                .body("execution.retired_at", notNullValue())
                .body("raw", equalTo(row("GONE")));
        String export = given().header("x-admin-secret", "test-secret")
                .get("/internal/executions/export?after=3")
                .asString();
        assertTrue(export.contains("\"source_trade_id\":\"GONE\"") && export.contains("\"cancelled\""), export);

        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\""), row("GONE")));
        post("{\"dry_run\":false,\"full_scope_diagnostic\":true}")
                .body("updated", equalTo(1))
                .body("clean", equalTo(true));
        given().get("/api/internal/trades/GONE").then().body("execution.retired_at", nullValue());
    }

    @Test
    void aRetiredExecutionFromTheFutureAlarmsNobody() {
        house.play(page(null, row("A"), row("LATE", "updated_at", "\"2099-01-01T00:00:00Z\"")));
        post(REAL).body("from_future", equalTo(1));
        given().get(SYNC + "/status").then().body("alarms.kind", hasItem("rows_from_future"));
        house.play(page(null, row("A")));
        post("{\"dry_run\":false,\"full_scope_diagnostic\":true}").body("unmatched_local_count", equalTo(1));
        Object id = given().get(DESK + "?kind=unmatched_local").path("items.find { it.trade_id == 'LATE' }.id");
        acknowledge(id, "{\"reason_code\":\"source_removed\",\"action\":\"retire\"}")
                .statusCode(200);
        given().get(SYNC + "/status")
                .then()
                .body("from_future.count", equalTo(0))
                .body("alarms.kind", not(hasItem("rows_from_future")));
    }

    @Test
    void aDismissedRowIsNoQuestionAnyMore() {
        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\""), row("BAD", "price", "\"NaN\"")));
        post(REAL).body("rejected", equalTo(1));
        int id = given().get(SYNC + "/rejected?state=open").path("items[0].id");
        String path = SYNC + "/rejected/" + id + "/dismiss";
        admin().body("{}").post(path).then().statusCode(400).body("errors[0].field", equalTo("reason"));
        admin().body("{\"reason\":\"a test booking\"}")
                .post(path)
                .then()
                .statusCode(200)
                .body("resolution", equalTo("dismissed"))
                .body("resolved_by", equalTo("admin-secret"))
                .body("resolution_reason", equalTo("a test booking"));
        admin().body("{\"reason\":\"again\"}").post(path).then().statusCode(409);
        post(FULL_PREVIEW)
                .body("rejected", equalTo(0))
                .body("dismissed", equalTo(1))
                .body("exceptions", hasSize(0))
                .body("clean", equalTo(true));
        post(REAL).statusCode(200);
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(0));
        // another bad version of it is a new question
        house.play(page(
                null, row("A"), row("B", "portfolio", "\"ICOI\""), row("BAD", "price", "\"NaN\"", "version", "2")));
        post(REAL).body("rejected", equalTo(1));
    }

    @Test
    void aPortfolioNobodyHasHeardOfIsNeverClean() {
        post(REAL);
        post("{\"portfolio_names\":[\"IMST\",\"NOPE\"],\"full_scope_diagnostic\":true}")
                .body("clean", equalTo(false))
                .body("portfolios.find { it.portfolio == 'NOPE' }.state", equalTo("unknown"))
                .body("portfolios.find { it.portfolio == 'IMST' }.state", equalTo("clean"))
                .body("exceptions.name", contains("portfolio:NOPE"));
        given().body("{\"data\":[]}").put(sandbox + "/control/alpha/executions");
        post(FULL_PREVIEW).body("clean", equalTo(false)).body("portfolios.state", contains("vanished", "vanished"));
        given().get(SYNC + "/status?portfolio_names=IMST")
                .then()
                .body("scope_key", equalTo("portfolio_names=IMST|include_pending=false"))
                .body("watermark", nullValue());
    }

    /** A portfolio of which nothing but bad rows is served is known, and not to be called otherwise. */
    @Test
    void aPortfolioOfBadRowsAloneIsNotUnknown() {
        house.play(page(null, row("A"), row("BAD", "portfolio", "\"ICOI\"", "price", "\"NaN\"")));
        post(FULL_PREVIEW)
                .body("clean", equalTo(false))
                .body("portfolios.portfolio", contains("ICOI", "IMST"))
                .body("portfolios.state", contains("rejected_only", "differs"))
                .body("portfolios.rejected_count", contains(1, 0))
                .body("exceptions.name", contains("BAD"));
        post(PREVIEW).body("portfolios.rejected_count", contains(1, 0));
    }

    @Test
    void anIncrementalRunIsToldByPortfolio() {
        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\"", "quantity", "3")));
        post(PREVIEW)
                .body("portfolios.portfolio", contains("ICOI", "IMST"))
                .body("portfolios.inserted", contains(1, 1))
                .body("portfolios[0].quantity_delta", equalTo(new BigDecimal("3.0")))
                .body("portfolios[0].premium_delta_usd", equalTo(new BigDecimal("3702.0")));
    }

    @Test
    void theDeskRefusesWhatItDoesNotKnow() {
        for (String query : new String[] {"state=x", "kind=x", "limit=0", "cursor=x", "nope=1", "include_pending=2"}) {
            given().get(DESK + "?" + query)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo(query.substring(0, query.indexOf('='))));
        }
        acknowledge(12345, "{\"reason_code\":\"other\"}").statusCode(404);
    }
}

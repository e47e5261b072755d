package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.PREVIEW;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.page;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real run writes what its preview has listed; what else it would write has to be accepted by name. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class PreviewGateTest {
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

    @Test
    void aGoodRowThatTurnsUpAfterThePreviewIsNamed() {
        house.play(page(null, row("A")));
        Object run = previewed(PREVIEW);
        house.play(page(null, row("A"), row("B"), row("C", "price", "\"NaN\"")));
        onPreview(run, "")
                .statusCode(409)
                .body("detail", containsString("has not listed so 1 of the executions to be written: B; 1 exceptions"))
                .body("differences_count", equalTo(1))
                .body("differences.trade_id", contains("B"))
                .body("differences.change", contains("inserted"))
                .body("differences.was", contains("not_listed"))
                .body("exceptions.name", contains("C"));
        assertEquals(0, house.cached());
        given().get(SYNC + "/status").then().body("last_runs[0].status", equalTo("held"));
        onPreview(run, ",\"accept\":[\"C\"]").statusCode(409).body("exceptions", empty());
        onPreview(run, ",\"accept\":[\"B\",\"C\"]").statusCode(200).body("inserted", equalTo(2));
    }

    @Test
    void aRowThatIsAnotherSinceThePreviewIsNamed() {
        house.play(page(null, row("A"), row("B")));
        post(REAL).body("inserted", equalTo(2));
        String later = "\"2026-11-20T20:30:00Z\"";
        house.play(page(null, row("A", "price", "13", "updated_at", later), row("B")));
        Object run = previewed(PREVIEW);
        house.play(page(null, row("A", "price", "14", "updated_at", later), row("B")));
        onPreview(run, "")
                .statusCode(409)
                .body("differences.trade_id", contains("A"))
                .body("differences.change", contains("updated"))
                .body("differences.was", contains("listed_otherwise"));
        // the same row, written otherwise: a field nobody reads, a number and a time in other words
        house.play(page(
                null,
                row("A", "price", "\"13.00\"", "updated_at", "\"2026-11-20T15:30:00-05:00\"", "served_by", "\"x\""),
                row("B")));
        onPreview(run, "").statusCode(200).body("updated", equalTo(1));
    }

    /** It writes less than was shown: nothing that nobody has seen. */
    @Test
    void whatThePreviewListedAndIsGoneIsSimplyNotWritten() {
        house.play(page(null, row("A"), row("B")));
        Object run = previewed(PREVIEW);
        house.play(page(null, row("A")));
        onPreview(run, "").statusCode(200).body("inserted", equalTo(1));
    }

    /** A full preview lists all there is to write: an incremental run finds of it what lies behind the watermark. */
    @Test
    void aFullPreviewCarriesAnIncrementalRun() {
        put(row("A"), row("B", "portfolio", "\"ICOI\""));
        post(REAL).body("inserted", equalTo(2));
        String early = "\"2026-11-20T19:00:00Z\"";
        String late = "\"2026-11-20T20:30:00Z\"";
        put(
                row("A"),
                row("B", "portfolio", "\"ICOI\""),
                row("EARLY", "updated_at", early),
                row("NEW", "updated_at", late));
        Object run = post(FULL_PREVIEW)
                .body("unmatched_source_trade_ids", contains("EARLY", "NEW"))
                .extract()
                .path("run_id");
        onPreview(run, "").statusCode(200).body("inserted", equalTo(1));
        onPreview(run, ",\"full_scope_diagnostic\":true").statusCode(200).body("inserted", equalTo(1));
        put(row("A", "version", "2", "updated_at", late), row("B", "portfolio", "\"ICOI\""));
        onPreview(run, "").statusCode(409).body("differences.trade_id", contains("A"));
    }

    private void put(String... rows) {
        given().body("{\"data\":[" + String.join(",", rows) + "]}")
                .put(sandbox + "/control/alpha/executions")
                .then()
                .statusCode(204);
    }

    @Test
    void whatNoRunCanStandOnAnyMoreIsForgotten() {
        house.play(page(null, row("A"), row("BAD", "price", "\"NaN\"")));
        previewed(PREVIEW);
        jdbi.useHandle(handle -> handle.execute("update sync_run set finished_at = finished_at - interval '4 hours'"));
        Object run = previewed(PREVIEW);
        for (String table : new String[] {"preview_write", "preview_exception"}) {
            assertEquals(
                    String.valueOf(run),
                    jdbi.withHandle(handle -> handle.createQuery("select string_agg(run_id::text, ',') from " + table)
                            .mapTo(String.class)
                            .one()));
        }
    }

    /** A list that was cut is not a list: what is on it can be accepted, what is not cannot. */
    @Test
    void moreExceptionsThanCanBeNamedStandOnNothing() {
        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\"")));
        post(REAL).statusCode(200);
        jdbi.useHandle(handle -> handle.execute("""
                insert into execution select (jsonb_populate_record(e, jsonb_build_object('source_trade_id', 'L' || to_char(n, 'FM00000'),
                  'change_seq', 100 + n))).* from execution e, generate_series(1, 10050) n where source_trade_id = 'A'"""));
        Object run = post(FULL_PREVIEW)
                .body("exceptions_count", equalTo(10_050))
                .body("exceptions", hasSize(10_000))
                .body("unmatched_local_count", equalTo(10_050))
                .extract()
                .path("run_id");
        given().get("/api/internal/trades/diagnostics")
                .then()
                .body("latest.cut_kinds", contains("unmatched_local"))
                .body("counts.find { it.kind == 'unmatched_local' }.open", equalTo(10_000));
        onPreview(run, ",\"full_scope_diagnostic\":true")
                .statusCode(409)
                .body("detail", containsString("10050 exceptions are more than the 10000"));
        // with the first 10,000 accepted on the desk the other fifty come to light, and those alone
        jdbi.useHandle(handle -> handle.execute("update diagnostic_break set acknowledged_at = now()"));
        post(FULL_PREVIEW).body("exceptions_count", equalTo(50)).body("exceptions[0].name", equalTo("L10001"));
        // the runs of the ledger are read by the hundred: their lists are short, the counts beside them whole
        given().get(SYNC + "/runs?limit=1")
                .then()
                .body("items[0].summary.exceptions_count", equalTo(50))
                .body("items[0].summary.unmatched_local_count", equalTo(10_050))
                .body("items[0].summary.unmatched_local_trade_ids", hasSize(100));
    }
}

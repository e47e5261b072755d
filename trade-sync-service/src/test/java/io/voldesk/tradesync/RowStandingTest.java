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
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which row of an id stands: a time from the future makes none the later one, and a bad row stands open until it is answered. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class RowStandingTest {
    private static final String FUTURE = "\"2062-01-01T00:00:00Z\"";
    private static final String TODAY = "\"2026-11-20T20:30:00Z\"";
    private static final String OTHER = row("OTHER", "portfolio", "\"ICOI\"");

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

    private void assertQuantity(String expected, String id) {
        BigDecimal stored = jdbi.withHandle(
                handle -> handle.createQuery("select quantity from execution where source_trade_id = :id")
                        .bind("id", id)
                        .mapTo(BigDecimal.class)
                        .one());
        assertEquals(0, new BigDecimal(expected).compareTo(stored), stored.toPlainString());
    }

    private static void assertOpen(int rejected, int alarms) {
        given().get(SYNC + "/status")
                .then()
                .body("open_rejected", equalTo(rejected))
                .body("alarms.findAll { it.kind == 'rows_from_future' }", hasSize(alarms));
    }

    @Test
    void aRowTheSourceDatesBackIsCorrectedWithoutANewVersion() {
        house.play(page(null, row("A"), OTHER, row("F", "quantity", "99", "updated_at", FUTURE)));
        post(REAL).body("inserted", equalTo(3)).body("from_future", equalTo(1));
        house.play(page(null, row("A"), OTHER, row("F", "updated_at", TODAY)));
        post(REAL).body("updated", equalTo(1)).body("watermark.trade_id", equalTo("F"));
        assertQuantity("10", "F");
        assertOpen(0, 0);
        post(FULL_PREVIEW).body("clean", equalTo(true)).body("exceptions", hasSize(0));
        // by the source's own moment, however late our clock is
        house.play(page(null, row("A"), OTHER, row("F", "quantity", "98", "updated_at", "\"2026-11-20T21:10:01Z\"")));
        post(REAL).body("updated", equalTo(1)).body("from_future", equalTo(1));
        house.play(page(null, row("A"), OTHER, row("F", "quantity", "97", "updated_at", TODAY)));
        post(REAL).body("updated", equalTo(1));
        assertQuantity("97", "F");
    }

    @Test
    void ofAnIdServedTwiceTheRowFromTheFutureDoesNotStand() {
        String future = row("F", "quantity", "99", "updated_at", FUTURE);
        String today = row("F", "updated_at", TODAY);
        for (String twice : new String[] {page(null, future, today), page(null, today, future)}) {
            house.fresh();
            house.play(twice);
            post(REAL).body("inserted", equalTo(1)).body("duplicates", equalTo(1));
            assertQuantity("10", "F");
        }
        // a higher version stands, whenever it is dated
        house.play(page(null, row("F", "version", "2", "quantity", "7", "updated_at", FUTURE), today));
        post(REAL).body("updated", equalTo(1));
        assertQuantity("7", "F");
    }

    @Test
    void aBadRowFromTheFutureIsClosedByAGoodOneOfToday() {
        house.play(page(null, row("A"), row("F", "price", "\"NaN\"", "updated_at", FUTURE)));
        post(REAL).body("rejected", equalTo(1));
        assertOpen(1, 1);
        house.play(page(null, row("A"), row("F", "updated_at", TODAY)));
        post(REAL).body("inserted", equalTo(1));
        assertOpen(0, 0);
        given().get(SYNC + "/rejected").then().body("items.resolution", contains("good_version"));
    }

    @Test
    void aBadRowOfTodayIsOpenBesideACachedOneFromTheFuture() {
        house.play(page(null, row("A"), row("F", "updated_at", FUTURE)));
        post(REAL).body("inserted", equalTo(2));
        house.play(page(null, row("A"), row("F", "price", "\"NaN\"", "updated_at", TODAY)));
        post(REAL).body("rejected", equalTo(1));
        assertOpen(1, 1);
        post(PREVIEW).body("rejected", equalTo(0)).body("exceptions", hasSize(0));
    }

    /** Once it is in quarantine the card tells of it, and no run waits for it again; dismissed it is told by nothing. */
    @Test
    void aBadRowFromTheFutureIsAcceptedOnce() {
        house.play(page(null, row("A"), OTHER, row("F", "price", "\"NaN\"", "updated_at", FUTURE)));
        post(PREVIEW).body("exceptions.kind", contains("rejected", "from_future"));
        post(REAL).body("from_future", equalTo(1));
        post(PREVIEW).body("from_future", equalTo(1)).body("exceptions", hasSize(0));
        post(FULL_PREVIEW).body("exceptions.kind", contains("rejected"));
        given().get(SYNC + "/status")
                .then()
                .body("from_future.count", equalTo(1))
                .body("alarms.kind", contains("rows_from_future"))
                .body("alarms[0].trade_ids", contains("F"));
        dismiss();
        post(PREVIEW).body("exceptions", hasSize(0));
        post(FULL_PREVIEW).body("exceptions", hasSize(0)).body("clean", equalTo(true));
        assertOpen(0, 0);
    }

    private static void dismiss() {
        Object id = given().get(SYNC + "/rejected?state=open").path("items[0].id");
        admin().body("{\"reason\":\"a test booking\"}")
                .post(SYNC + "/rejected/" + id + "/dismiss")
                .then()
                .statusCode(200);
    }

    /** The cache keeps the last good version, the source's totals have none: that is a difference, whoever has seen it. */
    @Test
    void anExecutionWhoseLatestVersionIsBadIsNeverClean() {
        house.play(page(null, row("A"), row("B"), OTHER));
        post(REAL).body("inserted", equalTo(3));
        house.play(page(null, row("A", "version", "2", "price", "\"NaN\"", "updated_at", TODAY), row("B"), OTHER));
        post(REAL).body("rejected", equalTo(1));
        dismiss();
        post(FULL_PREVIEW)
                .body("rejected", equalTo(0))
                .body("exceptions", hasSize(0))
                .body("clean", equalTo(false))
                .body("quarantined_count", equalTo(1))
                .body("quantity_delta", equalTo(new BigDecimal("-10.0")))
                .body("portfolios.state", contains("clean", "differs"))
                .body("portfolios.quarantined_count", contains(0, 1));
    }

    private static final String FULL = "{\"dry_run\":false,\"full_scope_diagnostic\":true,";

    /** A row that says whose it is is covered by every walk of that portfolio, and by none of another. */
    @Test
    void aBadRowIsWithdrawnByTheWalkThatCoversItHoweverNarrow() {
        house.play(page(null, row("A"), OTHER, row("BAD", "price", "\"NaN\"")));
        post(REAL).body("rejected", equalTo(1));
        given().get(SYNC + "/rejected").then().body("items.portfolio", contains("IMST"));
        house.play(page(null, row("A"), OTHER));
        post(FULL + "\"portfolio_names\":[\"ICOI\"]}").statusCode(200);
        assertOpen(1, 0);
        post(FULL + "\"portfolio_names\":[\"IMST\"]}").statusCode(200);
        assertOpen(0, 0);
        given().get(SYNC + "/rejected").then().body("items.resolution", contains("withdrawn"));

        house.play(page(null, row("A"), OTHER, row("BAD", "price", "\"NaN\"", "status", "\"pending\"")));
        post("{\"dry_run\":false,\"include_pending\":true}").body("rejected", equalTo(1));
        given().get(SYNC + "/rejected?state=open").then().body("items.status", contains("pending"));
        house.play(page(null, row("A"), OTHER));
        post(FULL + "\"include_pending\":false}").statusCode(200);
        assertOpen(1, 0);
        post(FULL + "\"include_pending\":true,\"portfolio_names\":[\"IMST\"]}").statusCode(200);
        assertOpen(0, 0);

        // filled, and met where pending rows were asked for: served without them too
        house.play(page(null, row("A"), OTHER, row("BAD", "price", "\"NaN\"")));
        post("{\"dry_run\":false,\"include_pending\":true}").body("rejected", equalTo(1));
        house.play(page(null, row("A"), OTHER));
        post(FULL + "\"include_pending\":false,\"portfolio_names\":[\"IMST\"]}").statusCode(200);
        assertOpen(0, 0);
    }

    /** Of one that does not say, only a walk at least as wide as the one that met it can tell. */
    @Test
    void aBadRowOfNobodyIsWithdrawnByAWalkAsWideOnly() {
        house.play(page(null, row("A"), OTHER, row("BAD", "portfolio", "7")));
        post(REAL).body("rejected", equalTo(1));
        house.play(page(null, row("A"), OTHER));
        for (String name : new String[] {"ICOI", "IMST"}) {
            post(FULL + "\"portfolio_names\":[\"" + name + "\"]}").statusCode(200);
            assertOpen(1, 0);
        }
        post(FULL + "\"include_pending\":true}").statusCode(200);
        assertOpen(0, 0);
        given().get(SYNC + "/rejected").then().body("items.resolution", contains("withdrawn"));
    }
}

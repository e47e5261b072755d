package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.page;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run, its line in the ledger and its diagnostic are one transaction; and what the desk lists is as whole as it says. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class RunLedgerTest {
    private static final String FULL_REAL = "{\"dry_run\":false,\"full_scope_diagnostic\":true}";
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

    /** What is told as failed has left nothing behind. */
    @Test
    void aRunWhoseDiagnosticCannotBeKeptDoesNotStand() {
        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\"")));
        jdbi.useHandle(handle -> handle.execute("alter table diagnostic rename to diagnostic_away"));
        try {
            post(FULL_REAL).statusCode(500);
            post(FULL_PREVIEW).statusCode(500);
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table diagnostic_away rename to diagnostic"));
        }
        assertEquals(0, house.cached());
        given().get(SYNC + "/status")
                .then()
                .body("watermark", nullValue())
                .body("last_successful_sync_at", nullValue())
                .body("last_runs.status", contains("failed", "failed"));
        post(FULL_REAL).statusCode(200).body("inserted", equalTo(2));
    }

    /** A preview leaves its line, its diagnostic and what a run may stand on, and nothing else. */
    @Test
    void aPreviewWritesNoExecution() {
        house.play(page(
                null, row("A"), row("BAD", "price", "\"NaN\""), row("F", "updated_at", "\"2062-01-01T00:00:00Z\"")));
        post(FULL_PREVIEW).statusCode(200).body("inserted", equalTo(2));
        for (String table : new String[] {
            "execution",
            "execution_history",
            "internal_trade_sync_state",
            "rejected_execution",
            "enrichment_owed",
            "future_execution"
        }) {
            long rows = jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                    .mapTo(Long.class)
                    .one());
            assertEquals(0, rows, table);
        }
        given().get(DESK).then().body("latest.rows", equalTo(2)).body("items.trade_id", contains("ICOI", "F", "A"));
    }

    /** A break beyond the end of the list is no break that is gone. */
    @Test
    void whatStandsIsNotCalledGoneForTheLengthOfTheList() {
        int many = 10_030;
        house.play(page(null, recons(1, many)));
        post(FULL_REAL).statusCode(200).body("inserted", equalTo(many));
        given().get(DESK)
                .then()
                .body("latest.cut_kinds", contains("recon_break"))
                .body("counts.find { it.kind == 'recon_break' }.open", equalTo(10_000));
        post(FULL_REAL).statusCode(200);
        given().get(DESK + "?state=resolved&kind=recon_break").then().body("items", empty());
        // the first twenty are mended: the next twenty of the list come up in their place
        house.play(page(null, recons(21, many)));
        post(FULL_REAL).statusCode(200);
        given().get(DESK + "?state=resolved&kind=recon_break")
                .then()
                .body("items", hasSize(20))
                .body("items.resolution.unique()", contains("gone"));
        given().get(DESK + "?kind=recon_break&limit=1").then().body("items[0].trade_id", equalTo("R10020"));
        // and with fewer than the list is long it is whole again
        house.play(page(null, recons(10_028, many)));
        post(FULL_REAL).statusCode(200);
        given().get(DESK + "?kind=recon_break")
                .then()
                .body("latest.cut_kinds", not(hasItem("recon_break")))
                .body("items.trade_id", contains("R10030", "R10029", "R10028"));
    }

    private static String[] recons(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(n -> row("R%05d".formatted(n), "recon_status", "\"break\""))
                .toArray(String[]::new);
    }

    /** Of an id served twice the row that stands is the one the custodian is asked about. */
    @Test
    void ofAnIdServedTwiceTheCustodiansWordOnTheLaterVersionCounts() {
        house.play(page(
                null,
                row("A", "version", "2"),
                row("A", "recon_status", "\"break\""),
                row("B", "recon_status", "\"break\"", "version", "2"),
                row("B")));
        post(FULL_PREVIEW).body("duplicates", equalTo(2));
        given().get(DESK + "?kind=recon_break").then().body("items.trade_id", contains("B"));
    }
}

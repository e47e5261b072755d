package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.EXACT;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.PREVIEW;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Another Alpha, of rows that nobody has shipped: what stands there is synced to the cent, and whatever then changes is named once,
 * in its place, while the next incremental run still sees tomorrow's trade.
 */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class AcceptanceTest {
    private static final int ROWS = 95;
    private static final String TODAY = "\"2026-11-23T12:00:00Z\"";

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private SyncHouse house;

    @BeforeEach
    void anotherAlphaWholeInTheCache() {
        house = new SyncHouse(sandbox, jdbi);
        house.fresh();
        given().body(data(IntStream.rangeClosed(1, ROWS).mapToObj(n -> other(n)).toArray(String[]::new)))
                .put(sandbox + "/control/alpha/executions")
                .then()
                .statusCode(204);
        post(REAL).statusCode(200).body("inserted", equalTo(ROWS)).body("rejected", equalTo(0));
    }

    /** The n-th row: n contracts at n/8 a share. */
    private static String other(int n, String... changes) {
        List<String> fields = new ArrayList<>(List.of(
                "portfolio",
                n % 2 == 0 ? "\"IMST\"" : "\"ICOI\"",
                "symbol",
                n % 2 == 0 ? "\"MSTR  280121C00350000\"" : "\"COIN  280121P00250000\"",
                "underlying",
                n % 2 == 0 ? "\"MSTR\"" : "\"COIN\"",
                "quantity",
                String.valueOf(n),
                "price",
                "\"" + new BigDecimal(n).divide(new BigDecimal(8)).toPlainString() + "\"",
                "updated_at",
                "\"2026-11-20T20:01:%02dZ\"".formatted(n % 60)));
        fields.addAll(Arrays.asList(changes));
        return row("OTHER-" + n, fields.toArray(String[]::new));
    }

    private static String data(String... rows) {
        return "{\"data\":[" + String.join(",", rows) + "]}";
    }

    private void put(String... rows) {
        given().body(data(rows))
                .post(sandbox + "/control/alpha/executions")
                .then()
                .statusCode(204);
    }

    private void remove(String id) {
        given().body("{\"trade_ids\":[\"" + id + "\"]}").delete(sandbox + "/control/alpha/executions");
    }

    /** Every place of a full preview where an id is named, the exceptions and each differing field once. */
    private static List<String> places(String id) {
        JsonPath report = post(FULL_PREVIEW).statusCode(200).extract().jsonPath();
        List<String> places = new ArrayList<>();
        for (String list :
                List.of("unmatched_source_trade_ids", "unmatched_local_trade_ids", "from_future_trade_ids")) {
            report.getList(list, String.class).stream().filter(id::equals).forEach(_ -> places.add(list));
        }
        report.getList("mismatched_trades.findAll { it.trade_id == '" + id + "' }.field", String.class)
                .forEach(field -> places.add("mismatched " + field));
        report.getList("premium_disagrees.trade_id", String.class).stream()
                .filter(id::equals)
                .forEach(_ -> places.add("premium_disagrees"));
        report.getList("exceptions.findAll { it.name == '" + id + "' }.kind", String.class)
                .forEach(kind -> places.add("exception " + kind));
        return places;
    }

    private void tomorrowsTradeIsSeen() {
        put(row("TOMORROW", "updated_at", "\"" + Instant.now() + "\""));
        post(PREVIEW).statusCode(200).body("inserted", equalTo(1)).body("updated", equalTo(0));
        post(REAL).statusCode(200).body("inserted", equalTo(1));
        given().get("/api/internal/trades/TOMORROW").then().statusCode(200);
    }

    @Test
    void totalsAreExactTheDiagnosticIsCleanAndAQuietPreviewIsZero() {
        BigDecimal quantity = new BigDecimal(ROWS * (ROWS + 1) / 2).setScale(1);
        // sum of n x n/8 x 100
        BigDecimal premium = new BigDecimal(ROWS * (ROWS + 1) * (2 * ROWS + 1) / 6).multiply(new BigDecimal("12.5"));
        post(FULL_PREVIEW)
                .body("source_row_count", equalTo(ROWS))
                .body("local_scope_row_count", equalTo(ROWS))
                .body("source_total_quantity", equalTo(quantity))
                .body("local_total_quantity", equalTo(quantity))
                .body("source_total_premium_usd", equalTo(premium))
                .body("local_total_premium_usd", equalTo(premium))
                .body("quantity_delta", equalTo(new BigDecimal("0.0")))
                .body("premium_delta_usd", equalTo(new BigDecimal("0.0")))
                .body("exceptions", empty())
                .body("clean", equalTo(true));
        post(PREVIEW)
                .body("fetched", equalTo(0))
                .body("normalized", equalTo(0))
                .body("rejected", equalTo(0))
                .body("premium_delta_usd", equalTo(new BigDecimal("0.0")))
                .body("quantity_delta", equalTo(new BigDecimal("0.0")));
        tomorrowsTradeIsSeen();
    }

    @Test
    void anAddedRow() {
        put(row("ADDED", "updated_at", TODAY));
        assertEquals(List.of("unmatched_source_trade_ids"), places("ADDED"));
        post(PREVIEW).body("inserted", equalTo(1)).body("updated", equalTo(0));
        post(REAL).body("inserted", equalTo(1));
        assertEquals(List.of(), places("ADDED"));
        tomorrowsTradeIsSeen();
    }

    @Test
    void aRemovedRow() {
        remove("OTHER-7");
        assertEquals(List.of("unmatched_local_trade_ids", "exception unmatched_local"), places("OTHER-7"));
        post(REAL).statusCode(200);
        given().get("/api/internal/trades/OTHER-7").then().statusCode(200);
        tomorrowsTradeIsSeen();
    }

    @Test
    void aRowOfAnotherPrice() {
        put(other(8, "price", "\"1.25\""));
        // a feed that gives its own premium has changed that too
        List<String> differing = places("OTHER-8");
        differing.remove("mismatched source_premium_usd");
        assertEquals(List.of("mismatched price"), differing);
        put(other(8, "price", "\"1.25\"", "version", "2", "updated_at", TODAY));
        post(PREVIEW)
                .body("updated", equalTo(1))
                .body("premium_delta_usd", equalTo(new BigDecimal("200.0")))
                .body("quantity_delta", equalTo(new BigDecimal("0.0")));
        post(REAL).body("updated", equalTo(1));
        assertEquals(List.of(), places("OTHER-8"));
        tomorrowsTradeIsSeen();
    }

    @Test
    void aRowThatMovesOutOfScope() {
        put(other(9, "portfolio", "\"ELSEWHERE\"", "version", "2", "updated_at", TODAY));
        put(other(10, "status", "\"pending\"", "version", "2", "updated_at", TODAY));
        for (String id : List.of("OTHER-9", "OTHER-10")) {
            assertEquals(List.of("unmatched_local_trade_ids", "exception unmatched_local"), places(id));
        }
        post(REAL).body("updated", equalTo(0));
        given().get("/api/internal/trades/OTHER-9").then().body("execution.portfolio", equalTo("ICOI"));
        tomorrowsTradeIsSeen();
    }

    @Test
    void aPremiumThatDisagrees() {
        put(other(12, "premium_usd", "\"1800.02\"", "version", "2", "updated_at", TODAY));
        post(REAL).body("updated", equalTo(1));
        assertEquals(List.of("premium_disagrees"), places("OTHER-12"));
        given().config(EXACT)
                .get("/api/internal/trades/OTHER-12")
                .then()
                .body("execution.premium_usd", equalTo(new BigDecimal("1800.02")))
                .body("execution.computed_premium_usd", equalTo(new BigDecimal("1800.0")))
                .body("execution.premium_disagrees", equalTo(true));
        post(FULL_PREVIEW).body("clean", equalTo(true)).body("premium_disagrees_count", equalTo(1));
        tomorrowsTradeIsSeen();
    }

    @Test
    void aFlexRow() {
        put(row("FLEX", "symbol", "\"2MSTR 280121C00400000\"", "updated_at", TODAY));
        assertEquals(List.of("unmatched_source_trade_ids"), places("FLEX"));
        post(REAL).body("inserted", equalTo(1)).body("rejected", equalTo(0));
        given().get("/api/internal/trades/FLEX")
                .then()
                .body("execution.identity", equalTo("flex_listed"))
                .body("contract.provider_root", equalTo("2MSTR"));
        given().get(SYNC + "/status").then().body("contract_identities.flex_listed", equalTo(1));
        tomorrowsTradeIsSeen();
    }

    @Test
    void anotherCurrencyWithAndWithoutItsPremium() {
        put(
                row("EUR-GOOD", "currency", "\"EUR\"", "premium_usd", "14000.5", "updated_at", TODAY),
                row("EUR-BAD", "currency", "\"EUR\"", "updated_at", TODAY));
        assertEquals(List.of("unmatched_source_trade_ids"), places("EUR-GOOD"));
        assertEquals(List.of("exception rejected"), places("EUR-BAD"));
        post(REAL)
                .body("inserted", equalTo(1))
                .body("rejected", equalTo(1))
                .body("premium_delta_usd", equalTo(new BigDecimal("14000.5")));
        given().get(SYNC + "/rejected?state=open")
                .then()
                .body("items.source_trade_id", contains("EUR-BAD"))
                .body("items.reason", contains("non_usd_without_premium_usd"));
        tomorrowsTradeIsSeen();
    }

    @Test
    void aRowDated2062() {
        put(row("LATER", "updated_at", "\"2062-01-01T00:00:00Z\""));
        assertEquals(
                List.of("unmatched_source_trade_ids", "from_future_trade_ids", "exception from_future"),
                places("LATER"));
        post(REAL).body("inserted", equalTo(1)).body("watermark.updated_at", equalTo("2026-11-20T20:01:59Z"));
        given().get(SYNC + "/status")
                .then()
                .body("alarms.find { it.kind == 'rows_from_future' }.trade_ids", contains("LATER"));
        tomorrowsTradeIsSeen();
    }

    @Test
    void anAbsurdNumberInEachField() {
        List<String> fields = List.of("quantity", "price", "multiplier", "version", "fees", "premium_usd");
        for (String field : fields) {
            put(row("ABSURD-" + field, "updated_at", TODAY, field, "\"1e2147483647\""));
        }
        post(FULL_PREVIEW).body("rejected", equalTo(fields.size()));
        for (String field : fields) {
            assertEquals(List.of("exception rejected"), places("ABSURD-" + field));
        }
        post(REAL).body("rejected", equalTo(fields.size())).body("inserted", equalTo(0));
        for (String field : fields) {
            given().get(SYNC + "/rejected?state=open")
                    .then()
                    .body("items.find { it.source_trade_id == 'ABSURD-" + field + "' }.field", equalTo(field))
                    .body("items.find { it.source_trade_id == 'ABSURD-" + field + "' }.reason", equalTo("out_of_range"))
                    .body("items.find { it.source_trade_id == 'ABSURD-" + field + "' }.position", notNullValue());
        }
        tomorrowsTradeIsSeen();
    }

    @Test
    void idsOfAnyAlphabet() {
        List<String> ids = List.of("A/1", "A#2", "50%", "50%25", "a=b", "A 3", "ü-Ö-ß", "Ä/Ö #1 = 100 %");
        put(ids.stream().map(id -> row(id, "updated_at", TODAY)).toArray(String[]::new));
        for (String id : ids) {
            assertEquals(List.of("unmatched_source_trade_ids"), places(id), id);
        }
        post(REAL).body("inserted", equalTo(ids.size()));
        for (String id : ids) {
            given().queryParam("id", id)
                    .get("/api/internal/trades")
                    .then()
                    .statusCode(200)
                    .body("execution.source_trade_id", equalTo(id));
            remove(id);
            assertEquals(List.of("unmatched_local_trade_ids", "exception unmatched_local"), places(id), id);
        }
        given().get("/api/internal/trades/diagnostics?kind=unmatched_local")
                .then()
                .body("items.trade_id", hasItem("Ä/Ö #1 = 100 %"));
        tomorrowsTradeIsSeen();
    }
}

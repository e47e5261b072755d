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
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that Alpha can send and should not, byte by byte. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class AlphaFaultsTest {
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

    /** A bad row costs itself only: the good one beside it goes in, the bad one is kept with field, reason and its exact text. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "absent",
            value = {
                "trade_id|absent|missing",
                "trade_id|null|missing",
                "trade_id|17|not_a_text",
                "trade_id|\"  \"|not_a_text",
                "version|\"two\"|not_a_number",
                "version|0|not_a_positive_whole_number",
                "version|1.5|not_a_positive_whole_number",
                "version|99999999999|not_a_positive_whole_number",
                "portfolio|absent|missing",
                "portfolio|[]|not_a_text",
                "status|\"done\"|unknown_value",
                "recon_status|true|not_a_text",
                "symbol|\"MSTR\"|unparsable_symbol",
                "symbol|\"MSTR  271317C00400000\"|unparsable_symbol",
                "symbol|\"MSTR  271217X00400000\"|unparsable_symbol",
                "symbol|\"MSTR  271217C00000000\"|unparsable_symbol",
                "symbol|\"MSTR  250101C00400000\"|expiry_before_execution",
                "underlying|\"COIN\"|symbol_and_underlying_disagree",
                "side|\"short\"|unknown_value",
                "quantity|\"0\"|not_positive",
                "quantity|-3|not_positive",
                "quantity|\"NaN\"|not_a_number",
                "quantity|\"\"|not_a_number",
                "quantity|{}|not_a_number",
                "quantity|1e400|out_of_range",
                "quantity|\"1e-400\"|out_of_range",
                "price|absent|missing",
                "price|-0.01|negative",
                "price|\"Infinity\"|not_a_number",
                "multiplier|0|not_a_positive_whole_number",
                "fees|-1|negative",
                "currency|\"EUR\"|non_usd_without_premium_usd",
                "executed_at|null|missing",
                "executed_at|\"2026-11-20 soon\"|not_an_instant_with_offset",
                "executed_at|\"2026-11-20T15:00:00\"|not_an_instant_with_offset",
                "executed_at|\"2026-02-30T15:00:00Z\"|not_an_instant_with_offset",
                "updated_at|1763650800|not_a_text",
                "updated_at|absent|missing",
                "settle_date|\"20261121\"|not_a_date"
            })
    void aBadRowIsQuarantined(String field, String value, String reason) {
        String bad = row("BAD", field, value);
        house.play(page(null, bad, row("GOOD")));
        post(REAL).statusCode(200).body("inserted", equalTo(1)).body("rejected", equalTo(1));
        given().get(SYNC + "/rejected")
                .then()
                .body("items", hasSize(1))
                .body("items[0].field", equalTo(field))
                .body("items[0].reason", equalTo(reason))
                .body("items[0].raw", equalTo(bad))
                .body("items[0].source_trade_id", field.equals("trade_id") ? nullValue() : equalTo("BAD"));
        post(FULL_PREVIEW)
                .body("source_row_count", equalTo(1))
                .body("local_scope_row_count", equalTo(1))
                .body("rejected", equalTo(1))
                .body("clean", equalTo(false));
    }

    static Stream<Arguments> strangeRows() {
        String good = row("GOOD");
        return Stream.of(
                Arguments.of("a text in place of a row", "\"row\"", "row", "not_an_object"),
                Arguments.of("null in place of a row", "null", "row", "not_an_object"),
                Arguments.of("a list in place of a row", "[" + good + "]", "row", "not_an_object"),
                Arguments.of("a number in place of a row", "-12.5", "row", "not_an_object"),
                Arguments.of(
                        "a field twice",
                        good.replace("\"fees\"", "\"price\":\"1\",\"fees\""),
                        "price",
                        "repeated_field"),
                Arguments.of("a NUL", row("BAD", "notes", "\"a\\u0000b\""), "row", "nul_character"),
                Arguments.of("400 digits", row("BAD", "price", "9".repeat(400)), "price", "out_of_range"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangeRows")
    void aStrangeRowIsQuarantined(String what, String bad, String field, String reason) {
        house.play(page(null, bad, row("GOOD")));
        post(REAL).statusCode(200).body("inserted", equalTo(1)).body("rejected", equalTo(1));
        given().get(SYNC + "/rejected")
                .then()
                .body("items", hasSize(1))
                .body("items[0].field", equalTo(field))
                .body("items[0].reason", equalTo(reason))
                .body("items[0].raw", equalTo(bad));
    }

    @Test
    void whatIsUnusualButRightGoesIn() {
        house.play(page(
                null,
                row(
                        "EXTRA",
                        "new_field",
                        "{\"price\":\"1\",\"deep\":[1,{}]}",
                        "notes",
                        "\"\u00fcber \u20bf \\\"x\\\"\""),
                row("TRIMMED", "symbol", "\"MSTR271217C00400000\"", "quantity", "10.0", "price", "1e1"),
                row("PENDING", "status", "\"pending\"", "executed_at", "null"),
                row("UNKNOWN-FEES", "fees", "null"),
                row("ADJUSTED", "symbol", "\"MSTR1 271217C00400000\"", "multiplier", "\"150\""),
                row(
                        "OFFSET",
                        "executed_at",
                        "\"2026-11-20T15:00-05:00\"",
                        "updated_at",
                        "\"2026-11-20T21:01:00.1234567+01:00\"")));
        post(REAL)
                .statusCode(200)
                .body("inserted", equalTo(6))
                .body("rejected", equalTo(0))
                .body("watermark.updated_at", equalTo("2026-11-20T20:01:00.123456Z"))
                .body("watermark.trade_id", equalTo("OFFSET"));
        given().config(SyncHouse.EXACT)
                .get("/api/internal/trades/TRIMMED")
                .then()
                .body("execution.symbol", equalTo("MSTR  271217C00400000"))
                .body("execution.premium_usd", equalTo(new BigDecimal("10000.0")));
        given().get("/api/internal/trades/EXTRA").then().body("raw", containsString("\u00fcber \u20bf"));
        given().config(SyncHouse.EXACT)
                .get("/api/internal/trades/ADJUSTED")
                .then()
                .body("execution.premium_usd", equalTo(new BigDecimal("18510.0")))
                .body("execution.underlying", equalTo("MSTR"));
        given().get("/api/internal/trades/UNKNOWN-FEES").then().body("execution.net_premium_usd", nullValue());
    }

    static Stream<Arguments> unreadablePages() {
        String good = row("GOOD");
        byte[] badUtf8 = page(null, row("X", "notes", "\"??\"")).getBytes(StandardCharsets.UTF_8);
        int at = new String(badUtf8, StandardCharsets.UTF_8).indexOf("??");
        badUtf8[at] = (byte) 0xC0;
        badUtf8[at + 1] = (byte) 0xAE;
        return Stream.of(
                text("nothing", "", "not a JSON object"),
                text("HTML", "<html>down</html>", "page 2 is not valid JSON"),
                text("a list", "[" + good + "]", "not a JSON object"),
                text("cut off", page(null, good).substring(0, 100), "page 2 is not valid JSON"),
                text("NaN", page(null, row("X", "price", "NaN")), "at byte"),
                text("a leading zero", page(null, row("X", "price", "012")), "at byte"),
                text("text after the end", page(null, good) + "x", "page 2"),
                text("two pages in one", page(null, good) + page(null, good), "text after its end"),
                text("no data", "{\"next_cursor\":null}", "no data"),
                text("data twice", "{\"data\":[],\"data\":[" + good + "],\"next_cursor\":null}", "not one array"),
                text("data null", "{\"data\":null,\"next_cursor\":null}", "not one array"),
                text("data a text", "{\"data\":\"none\",\"next_cursor\":null}", "not one array"),
                text("rows of another name", "{\"records\":[" + good + "],\"next_cursor\":null}", "no data"),
                text("an error in place of data", "{\"error\":\"maintenance\",\"next_cursor\":null}", "no data"),
                text("null", "null", "not a JSON object"),
                text("a number", "0", "not a JSON object"),
                text(
                        "a full page that says nothing of the next",
                        "{\"data\":[" + String.join(",", Collections.nCopies(40, good)) + "]}",
                        "is full and has no cursor"),
                text("data an object", "{\"data\":{},\"next_cursor\":null}", "not one array"),
                text("a cursor of another kind", "{\"data\":[" + good + "],\"next_cursor\":7}", "next_cursor"),
                text("no rows but a cursor", page(1), "leads back"),
                text("its own cursor", page(1, good), "leads back"),
                text("the page before once more", page(2, row("FIRST")), "again as page 2"),
                Arguments.of("overlong UTF-8", badUtf8, "not UTF-8 at byte " + at));
    }

    private static Arguments text(String what, String page, String says) {
        return Arguments.of(what, page.getBytes(StandardCharsets.UTF_8), says);
    }

    /** A page that cannot be trusted fails the run whole, in words that say where; the next good run brings everything. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadablePages")
    void anUnreadablePageFailsTheRunWhole(String what, byte[] second, String says) {
        house.play(
                page(1, row("FIRST")).getBytes(StandardCharsets.UTF_8),
                second,
                page(null).getBytes(StandardCharsets.UTF_8));
        post(REAL).statusCode(502).contentType("application/problem+json").body("detail", containsString(says));
        assertEquals(0, house.cached(), "nothing half-written");
        given().get(SYNC + "/status")
                .then()
                .body("watermark", nullValue())
                .body("last_error", containsString(says))
                .body("last_runs[0].status", equalTo("failed"));
        house.play(page(1, row("FIRST")), page(null, row("SECOND")));
        post(REAL).statusCode(200).body("inserted", equalTo(2));
        given().get(SYNC + "/status").then().body("last_error", nullValue());
    }

    @Test
    void aByteOrderMarkDoesNotShiftTheRawText() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        bytes.write(page(null, row("GOOD")).getBytes(StandardCharsets.UTF_8));
        house.play(bytes.toByteArray());
        post(REAL).statusCode(200).body("inserted", equalTo(1));
        given().get("/api/internal/trades/GOOD").then().body("raw", equalTo(row("GOOD")));
    }

    @Test
    void ofAnIdServedTwiceTheHigherVersionStands() {
        String second = row("TWICE", "version", "2", "quantity", "7", "updated_at", "\"2026-11-20T20:05:00Z\"");
        house.play(page(1, row("TWICE"), row("ONCE")), page(null, second, row("TIE", "price", "1")), page(null));
        post(REAL).statusCode(200).body("inserted", equalTo(3)).body("duplicates", equalTo(1));
        given().get("/api/internal/trades/TWICE")
                .then()
                .body("execution.version", equalTo(2))
                .body("history", hasSize(0));
        // the order of the two does not matter
        house.fresh();
        house.play(page(1, second), page(null, row("TWICE")));
        post(REAL).statusCode(200).body("inserted", equalTo(1)).body("duplicates", equalTo(1));
        given().get("/api/internal/trades/TWICE").then().body("execution.version", equalTo(2));
    }

    @Test
    void anOlderVersionServedLaterChangesNothingAndTheDiagnosticNamesIt() {
        house.play(page(null, row("T", "version", "3", "price", "9")));
        post(REAL).statusCode(200).body("inserted", equalTo(1));
        house.play(page(null, row("T", "version", "2", "price", "8")));
        post("{\"dry_run\":false,\"full_scope_diagnostic\":true}")
                .statusCode(200)
                .body("updated", equalTo(0))
                .body("unchanged", equalTo(1))
                .body("mismatched_trades.field", contains("price", "version"))
                .body("clean", equalTo(false));
        given().get("/api/internal/trades/T").then().body("execution.version", equalTo(3));
    }

    @Test
    void theDiagnosticOfARealSyncReadsWhatIsStoredAfterIt() {
        house.play(page(null, row("A"), row("B", "portfolio", "\"ICOI\"")));
        post(REAL).statusCode(200);
        house.play(page(null, row("A", "version", "2", "price", "2"), row("B", "portfolio", "\"ICOI\""), row("C")));
        post("{\"dry_run\":false,\"full_scope_diagnostic\":true}")
                .body("inserted", equalTo(1))
                .body("updated", equalTo(1))
                .body("unchanged", equalTo(1))
                .body("local_scope_row_count", equalTo(3))
                .body("premium_delta_usd", equalTo(new BigDecimal("0.0")))
                .body("clean", equalTo(true));
    }

    @Test
    void aCacheThatWasTamperedWithIsFoundOut() {
        house.play(page(null, row("A"), row("B")));
        post(REAL).statusCode(200);
        jdbi.useHandle(handle -> handle.execute("update execution set price = 12.35 where source_trade_id = 'B'"));
        post(FULL_PREVIEW)
                .body("mismatched_trades", hasSize(1))
                .body("mismatched_trades[0].trade_id", equalTo("B"))
                .body("mismatched_trades[0].source_value", equalTo("12.34"))
                .body("mismatched_trades[0].local_value", equalTo("12.35"));
    }

    /** Struck once, the vendor's fault costs a retry; struck for good, it fails the run in the vendor's words. */
    @ParameterizedTest
    @ValueSource(
            strings = {"latency\",\"delay_ms\":\"2500", "slow_body", "reset", "cut_body", "status\",\"status\":\"500"})
    void aPassingFaultCostsARetryOnly(String kind) {
        String fault = "{\"vendor\":\"alpha\",\"kind\":\"" + kind + "\",\"times\":%d,\"path\":\"cursor=\"}";
        house.fault(fault.formatted(1));
        post(PREVIEW).statusCode(200).body("fetched", equalTo(749));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latency\",\"delay_ms\":\"2500", "slow_body"})
    void aLastingDelayFailsTheRun(String kind) {
        house.fault("{\"vendor\":\"alpha\",\"kind\":\"" + kind + "\",\"times\":-1,\"path\":\"cursor=\"}");
        post(REAL).statusCode(502).body("detail", containsString("Alpha"));
        assertEquals(0, house.cached());
        house.noFaults();
        post(REAL).statusCode(200).body("inserted", equalTo(749));
    }

    @Test
    void anExpiredCursorStartsTheWalkAgainOnceAndThenFails() {
        String expired = "{\"vendor\":\"alpha\",\"kind\":\"status\",\"status\":410,\"times\":%d,\"path\":\"cursor=\","
                + "\"body\":\"{\\\"error\\\":\\\"cursor_expired\\\"}\"}";
        house.fault(expired.formatted(1));
        post(REAL).statusCode(200).body("inserted", equalTo(749)).body("duplicates", equalTo(0));
        house.fault(expired.formatted(2));
        post(FULL_PREVIEW).statusCode(502).body("detail", containsString("expired twice"));
    }
}

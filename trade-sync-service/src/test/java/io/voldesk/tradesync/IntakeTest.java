package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.EXACT;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.PREVIEW;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.page;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a production feed does to an intake: absurd numbers, times from the future, bad versions, FLEX roots, its own premiums. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class IntakeTest {
    private static final String FULL_REAL = "{\"dry_run\":false,\"full_scope_diagnostic\":true}";

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

    static Stream<Arguments> absurdRows() {
        Stream<Arguments> numbers = Stream.of("quantity", "price", "multiplier", "version", "fees", "premium_usd")
                .flatMap(field -> Stream.of(
                                "\"1e2147483647\"",
                                "1e2147483647",
                                "\"9999e2147483645\"",
                                "0e2147483647",
                                "9".repeat(5_000))
                        .map(value -> Arguments.of(field, value, "out_of_range")));
        return Stream.concat(
                numbers,
                Stream.of(
                        Arguments.of("quantity", "\"1e99999999999\"", "not_a_number"),
                        Arguments.of("price", "\"" + "1".repeat(9_000) + "\"", "out_of_range"),
                        Arguments.of("trade_id", "\"" + "x".repeat(9_000) + "\"", "too_long"),
                        Arguments.of("trade_id", "\"half \\ud83d\"", "not_unicode"),
                        Arguments.of("portfolio", "\"" + "x".repeat(9_000) + "\"", "too_long"),
                        Arguments.of("notes", "[".repeat(5_000) + "]".repeat(5_000), "nested_too_deeply"),
                        Arguments.of("price", "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000), "nested_too_deeply"),
                        Arguments.of("executed_at", "\"+999999999-01-01T00:00:00Z\"", "out_of_range"),
                        Arguments.of("updated_at", "\"0001-01-01T00:00:00Z\"", "out_of_range"),
                        Arguments.of("settle_date", "\"+999999999-12-31\"", "out_of_range"),
                        Arguments.of("quantity_unit", "\"shares\"", "unknown_value")));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("absurdRows")
    void anAbsurdValueCostsItsRowOnly(String field, String value, String reason) {
        String bad = row("BAD", field, value);
        house.play(page(1, row("FIRST")), page(null, row("GOOD"), bad));
        post(REAL).statusCode(200).body("inserted", equalTo(2)).body("rejected", equalTo(1));
        given().get(SYNC + "/rejected")
                .then()
                .body("items", hasSize(1))
                .body("items[0].field", equalTo(reason.equals("nested_too_deeply") ? "row" : field))
                .body("items[0].reason", equalTo(reason))
                .body("items[0].page", equalTo(2))
                .body("items[0].position", equalTo(2))
                .body("items[0].raw", equalTo(bad));
        post(PREVIEW).statusCode(200).body("rejected", equalTo(0));
    }

    @Test
    void whatIsLongInAFieldNobodyReadsGoesIn() {
        house.play(page(null, row("LONG", "notes", "\"" + "x".repeat(200_000) + "\"", "extra", "9".repeat(3_000))));
        post(REAL).statusCode(200).body("inserted", equalTo(1));
        house.play(page(null, row("LONG", "version", "2", "extra", "1e99999999999")));
        post(REAL).statusCode(200).body("updated", equalTo(1));
        given().get("/api/internal/trades/LONG").then().statusCode(200).body("history", hasSize(1));
    }

    @Test
    void aNewerBadVersionStaysOpenBesideAnOlderGoodOne() {
        String bad = row("V", "version", "2", "price", "\"NaN\"", "updated_at", "\"2026-11-20T20:06:00Z\"");
        house.play(page(1, row("V")), page(null, bad));
        post(REAL).body("inserted", equalTo(1)).body("rejected", equalTo(1));
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(1));
        house.play(page(1, bad), page(null, row("V")));
        post(REAL).body("rejected", equalTo(0));
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(1));

        // an older bad one behind a good one is no open question
        String older = row("W", "price", "\"NaN\"");
        String good = row("W", "version", "2", "updated_at", "\"2026-11-20T20:06:00Z\"");
        house.play(page(1, bad, good), page(null, older));
        post(REAL);
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(1));
        post(PREVIEW).body("fetched", equalTo(0));

        house.play(page(null, row("V", "version", "3", "updated_at", "\"2026-11-20T20:07:00Z\""), good));
        post(REAL).body("updated", equalTo(1));
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(0));
        given().get(SYNC + "/rejected")
                .then()
                .body("items.find { it.source_trade_id == 'V' }.resolution", equalTo("good_version"));
    }

    @Test
    void aBadRowMendedInPlaceIsClosedAndOneThatIsGoneIsWithdrawn() {
        house.play(
                page(null, row("A", "price", "\"x\""), row("B", "price", "\"x\""), row("C", "portfolio", "\"ICOI\"")));
        post(REAL).body("rejected", equalTo(2));
        house.play(page(null, row("A"), row("C", "portfolio", "\"ICOI\"")));
        post(REAL).body("inserted", equalTo(1));
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(1));
        post("{\"full_scope_diagnostic\":true}").statusCode(200);
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(1));
        post(FULL_REAL).body("clean", equalTo(true));
        given().get(SYNC + "/rejected")
                .then()
                .body("items.find { it.source_trade_id == 'B' }.resolution", equalTo("withdrawn"))
                .body("items.find { it.source_trade_id == 'A' }.resolution", equalTo("good_version"));
    }

    /** The row of 2062 is good otherwise and is taken; tomorrow's trades are found all the same. */
    @Test
    void aRowFromTheFutureBlindsNoRun() {
        given().post(sandbox + "/control/alpha/switch/future").then().statusCode(204);
        post(REAL)
                .body("inserted", equalTo(750))
                .body("from_future", equalTo(1))
                .body("from_future_trade_ids", contains("SBX-FUTURE"))
                .body("watermark.updated_at", equalTo("2026-11-20T15:38:21Z"));
        given().get(SYNC + "/status")
                .then()
                .body("from_future.count", equalTo(1))
                .body("alarms", hasSize(1))
                .body("alarms[0].kind", equalTo("rows_from_future"))
                .body("alarms[0].severity", equalTo("warning"))
                .body("alarms[0].since", notNullValue())
                .body("alarms[0].trade_ids", contains("SBX-FUTURE"));
        post(PREVIEW).body("fetched", equalTo(0)).body("from_future", equalTo(1));
        given().post(sandbox + "/control/alpha/switch/good").then().statusCode(204);
        post(PREVIEW).body("inserted", equalTo(1));
        post(REAL).body("inserted", equalTo(1)).body("watermark.trade_id", equalTo("SBX-GOOD-1"));

        given().body("{\"trade_ids\":[\"SBX-FUTURE\"]}").delete(sandbox + "/control/alpha/executions");
        given().post(sandbox + "/control/alpha/switch/good");
        String mended = row("SBX-FUTURE", "version", "2", "updated_at", "\"" + Instant.now() + "\"");
        given().body("{\"data\":[" + mended + "]}").post(sandbox + "/control/alpha/executions");
        post(REAL);
        given().get(SYNC + "/status").then().body("alarms", hasSize(0));
    }

    @Test
    void aRejectedRowMovesNoWatermark() {
        house.play(page(null, row("A"), row("B", "price", "\"NaN\"", "updated_at", "\"2099-01-01T00:00:00Z\"")));
        post(REAL)
                .body("rejected", equalTo(1))
                .body("from_future", equalTo(1))
                .body("watermark.trade_id", equalTo("A"));
        house.play(page(null, row("A"), row("C", "price", "\"NaN\"", "updated_at", "\"2026-11-20T20:02:00Z\"")));
        post(REAL).body("rejected", equalTo(1)).body("watermark.trade_id", equalTo("A"));
    }

    /** What an answer's own moment does not cover is from the future, however late our clock is. */
    @Test
    void theSourcesOwnMomentIsTheCeiling() {
        house.play(page(null, row("A"), row("LATE", "updated_at", "\"2026-11-20T21:10:01Z\"")));
        post(REAL)
                .body("inserted", equalTo(2))
                .body("from_future", equalTo(1))
                .body("watermark.trade_id", equalTo("A"));
        house.play(page(null, row("A"), row("EDGE", "updated_at", "\"2026-11-20T21:10:00Z\"")));
        post(REAL).body("from_future", equalTo(0)).body("watermark.trade_id", equalTo("EDGE"));
    }

    @Test
    void aMarkThatRanAwayIsSetAnewByTheNextRealRun() {
        post(REAL);
        jdbi.useHandle(handle ->
                handle.execute("update internal_trade_sync_state set watermark_updated_at = '2062-01-01T00:00:00Z'"));
        given().post(sandbox + "/control/alpha/switch/good");
        given().get(SYNC + "/status").then().body("alarms.kind", contains("watermark_in_future"));
        post(PREVIEW).body("inserted", equalTo(1));
        post(REAL).body("inserted", equalTo(1)).body("watermark.trade_id", equalTo("SBX-GOOD-1"));
        given().get(SYNC + "/status").then().body("alarms", hasSize(0));
    }

    @Test
    void aFullRealRunSetsTheMarkDownwardsToo() {
        post(REAL);
        given().post(sandbox + "/control/alpha/switch/good");
        post(REAL).body("watermark.trade_id", equalTo("SBX-GOOD-1"));
        given().body("{\"trade_ids\":[\"SBX-GOOD-1\"]}").delete(sandbox + "/control/alpha/executions");
        post(FULL_REAL).body("watermark.updated_at", equalTo("2026-11-20T15:38:21Z"));
    }

    @Test
    void anOperatorReadsAgainFromAChosenInstant() {
        post(REAL);
        // a silent change, older than any overlap
        jdbi.useHandle(handle ->
                handle.execute("update execution set price = price + 1 where source_trade_id = 'ALP-261120-00749'"));
        jdbi.useHandle(handle ->
                handle.execute("update execution set price = price + 1 where source_trade_id = 'ALP-250403-00001'"));
        String since = "\"updated_since\":\"2025-04-03T00:00:00Z\"";
        post("{" + since + "}")
                .body("updated", equalTo(2))
                .body("fetched", equalTo(2))
                .body("updated_since", notNullValue());
        post("{\"dry_run\":false," + since + "}")
                .body("updated", equalTo(2))
                .body("watermark.updated_at", equalTo("2026-11-20T15:38:21Z"));
        post(FULL_PREVIEW).body("clean", equalTo(true));
        for (String wrong : new String[] {
            "{\"updated_since\":\"yesterday\"}",
            "{\"updated_since\":\"2062-01-01T00:00:00Z\"}",
            "{\"full_scope_diagnostic\":true," + since + "}"
        }) {
            post(wrong).statusCode(400).body("errors[0].field", equalTo("updated_since"));
        }
    }

    /** From later than the mark there would be a gap: the mark stays where it is. */
    @Test
    void aReadingBeyondTheMarkDoesNotRaiseIt() {
        house.play(page(null, row("A")));
        post(REAL).body("watermark.trade_id", equalTo("A"));
        house.play(page(null, row("B", "updated_at", "\"2026-11-20T20:30:00Z\"")));
        post("{\"dry_run\":false,\"updated_since\":\"2026-11-20T20:20:00Z\"}")
                .body("inserted", equalTo(1))
                .body("watermark.trade_id", equalTo("A"));
    }

    @Test
    void theSourcesPremiumWinsAndBothAreShown() {
        house.play(page(
                null,
                row("SAME", "premium_usd", "12340.005"),
                row("OFF", "premium_usd", "\"12340.02\""),
                row("EUR", "currency", "\"EUR\"", "premium_usd", "14000"),
                row("EUR-BAD", "currency", "\"EUR\""),
                row("NONE", "premium_usd", "null")));
        post(REAL)
                .body("inserted", equalTo(4))
                .body("rejected", equalTo(1))
                .body("premium_delta_usd", equalTo(exact("51020.025")));
        given().get(SYNC + "/rejected")
                .then()
                .body("items[0].field", equalTo("currency"))
                .body("items[0].reason", equalTo("non_usd_without_premium_usd"));
        post(FULL_PREVIEW)
                .body("source_total_premium_usd", equalTo(exact("51020.025")))
                .body("local_total_premium_usd", equalTo(exact("51020.025")))
                .body("premium_disagrees_count", equalTo(1))
                .body("premium_disagrees", hasSize(1))
                .body("premium_disagrees[0].trade_id", equalTo("OFF"))
                .body("premium_disagrees[0].source_premium_usd", equalTo(exact("12340.02")))
                .body("premium_disagrees[0].computed_premium_usd", equalTo(exact("12340.0")));
        given().config(EXACT)
                .get("/api/internal/trades/OFF")
                .then()
                .body("execution.premium_usd", equalTo(exact("12340.02")))
                .body("execution.computed_premium_usd", equalTo(exact("12340.0")))
                .body("execution.premium_source", equalTo("source"))
                .body("execution.premium_disagrees", equalTo(true))
                .body("execution.net_premium_usd", equalTo(exact("12338.77")))
                .body("execution.price", equalTo(exact("12.34")));
        given().get("/api/internal/trades/EUR")
                .then()
                .body("execution.computed_premium_usd", nullValue())
                .body("execution.currency", equalTo("EUR"));
        given().get("/api/internal/trades/NONE").then().body("execution.premium_source", equalTo("computed"));
        // a premium that the source corrects by itself is a change
        house.play(page(null, row("OFF", "premium_usd", "12340")));
        post("{\"dry_run\":false,\"updated_since\":\"2026-01-01\"}")
                .body("updated", equalTo(1))
                .body("premium_delta_usd", equalTo(exact("-0.02")));
    }

    private static BigDecimal exact(String text) {
        return new BigDecimal(text);
    }

    @Test
    void aParameterNobodyKnowsIsRefused() {
        for (String path : new String[] {
            "/api/internal/trades?portfolo=IMST",
            SYNC + "/status?portfolo=IMST",
            SYNC + "/runs?page=2",
            SYNC + "/rejected?page=2",
            "/api/internal/contracts?root=MSTR"
        }) {
            String parameter = path.substring(path.indexOf('?') + 1, path.indexOf('='));
            given().get(path).then().statusCode(400).body("errors[0].field", equalTo(parameter));
        }
    }

    @Test
    void aPlainDateTakesInItsWholeDay() {
        house.play(page(
                null,
                row("LATE", "executed_at", "\"2026-11-20T23:59:59.5Z\""),
                row("NEXT", "executed_at", "\"2026-11-21T00:00:00Z\"")));
        post(REAL).body("inserted", equalTo(2));
        given().get("/api/internal/trades?from=2026-11-20&to=2026-11-20")
                .then()
                .body("items.source_trade_id", contains("LATE"));
        given().get("/api/internal/trades?to=2026-11-20T23:59:59Z").then().body("items", hasSize(0));
    }

    @Test
    void anEmptyAnswerLeavesAFreshMarkNowhere() {
        house.play(page(null));
        post(REAL).body("fetched", equalTo(0)).body("watermark", nullValue());
        given().get(SYNC + "/status").then().body("configuration.state", equalTo("ok"));
    }

    @Test
    void idsOfAnyAlphabetGoThrough() {
        String[] ids = {"A/1", "A#2", "A 3", "50%", "a=b", "ü-ö", "=1+1"};
        house.play(page(null, Stream.of(ids).map(SyncHouse::row).toArray(String[]::new)));
        post(REAL).body("inserted", equalTo(ids.length));
        for (String id : ids) {
            given().queryParam("id", id)
                    .get("/api/internal/trades")
                    .then()
                    .body("execution.source_trade_id", equalTo(id));
        }
        house.play(page(null));
        post(FULL_PREVIEW).body("unmatched_local_trade_ids", containsInAnyOrder((Object[]) ids));
    }
}

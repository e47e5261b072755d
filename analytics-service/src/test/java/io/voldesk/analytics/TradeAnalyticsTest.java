package io.voldesk.analytics;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "analytics"))
@QuarkusTestResource(StubPeers.class)
class TradeAnalyticsTest {
    private static final String BACKFILL = "/api/internal/trades/analytics/backfill";
    private static final String OUTCOMES = "/api/internal/trades/outcomes/backfill";
    private static final String STATUS = "/api/internal/trades/analytics/status?source=alpha_sync";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECENT = Instant.now()
            .minus(2, ChronoUnit.DAYS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();

    @Inject
    Jdbi jdbi;

    private volatile boolean marketDown;
    private volatile boolean quotesDown;

    @BeforeEach
    void freshStore() {
        marketDown = false;
        quotesDown = false;
        StubPeers.answer = this::answer;
        jdbi.useHandle(handle -> handle.execute("""
                truncate execution, projection_state, market_context, execution_benchmark, outcome_mark,
                  internal_trade_sync_state, pipeline_run"""));
    }

    /** Five executions: mapped and benchmarked, stale context, unmapped, pending, and a fresh one. */
    private static String export(long after) {
        if (after >= 5) {
            return "";
        }
        return line(1, "T-OK", "IMST", "MSTR", "MSTR  261218C00300000", -1, "2026-11-10T15:30:00Z")
                + line(2, "T-STALE", "IMST", "MSTR", "MSTR  261218C00310000", 1, "2026-11-11T15:30:00Z")
                + line(3, "T-UNMAPPED", "ICOI", "GME", "GME   261218C00030000", -1, "2026-11-12T15:30:00Z")
                + line(4, "T-PENDING", "ICOI", "COIN", "COIN  261218C00300000", -1, null)
                + line(5, "T-FRESH", "ICOI", "COIN", "COIN  271217C00300000", -1, RECENT);
    }

    private static String line(
            long seq, String id, String portfolio, String underlying, String symbol, int side, String at) {
        return """
                {"change_seq":%d,"source":"alpha_sync","source_trade_id":"%s","version":1,"portfolio":"%s","status":"%s",\
                "symbol":"%s","underlying":"%s","side":%d,"quantity":10,"price":12.5,"multiplier":100,"fees_usd":null,"executed_at":%s}
                """.formatted(
                        seq,
                        id,
                        portfolio,
                        at == null ? "pending" : "filled",
                        symbol,
                        underlying,
                        side,
                        at == null ? "null" : "\"" + at + "\"");
    }

    private String answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.endsWith("/export")) {
                String query = exchange.getRequestURI().getQuery();
                return export(Long.parseLong(query.replaceAll(".*after=(\\d+).*", "$1")));
            }
            JsonNode asked = JSON.readTree(exchange.getRequestBody());
            if (path.endsWith("/market-context")) {
                return marketDown ? null : contexts(asked);
            }
            if (path.endsWith("/model-marks/lookup")) {
                return quotesDown ? null : modelMarks(asked);
            }
            return quotesDown ? null : quotes(asked);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A state twenty minutes before each instant, three hours before those of 11 November, none for the recent one. */
    private static String contexts(JsonNode asked) {
        StringBuilder states = new StringBuilder();
        StringBuilder nearest = new StringBuilder();
        int found = 0;
        for (JsonNode instant : asked.path("instants")) {
            Instant at = Instant.parse(instant.asText());
            boolean known = !at.toString().equals(RECENT);
            if (known) {
                states.append(states.isEmpty() ? "" : ",")
                        .append(
                                "[\"%s\",90000,null,0.5,null,null,0.04,null,null,null,null,\"positive\",null,0.02,0.9,null]"
                                        .formatted(at.minusSeconds(at.toString().contains("11-11") ? 10_800 : 1_200)));
            }
            nearest.append(nearest.isEmpty() ? "" : ",").append(known ? found++ : -1);
        }
        return "{\"currency\":\"BTC\",\"states\":[" + states + "],\"nearest\":[" + nearest + "]}";
    }

    /** No surface, whatever is asked. */
    private static String modelMarks(JsonNode asked) {
        return "{\"marks\":["
                + String.join(
                        ",",
                        Collections.nCopies(asked.path("contracts").size(), "{\"failure\":\"no_surface_at_hour\"}"))
                + "]}";
    }

    /** A quote at the end of each window, crossed for the 310 strike. */
    private static String quotes(JsonNode asked) {
        StringBuilder windows = new StringBuilder();
        for (JsonNode window : asked.path("windows")) {
            boolean crossed = window.path("symbol").asText().contains("310000");
            windows.append(windows.isEmpty() ? "" : ",")
                    .append(
                            "{\"quotes\":[{\"observed_at\":\"%s\",\"bid\":%s,\"ask\":%s,\"underlying_price\":300,\"raw_id\":9}],\"failure\":null}"
                                    .formatted(
                                            window.path("to").asText(),
                                            crossed ? "13" : "12",
                                            crossed ? "12" : "13.4"));
        }
        return "{\"windows\":[" + windows + "]}";
    }

    private static ValidatableResponse post(String path, String body) {
        return given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }

    @Test
    void theRunbooksBackfill() {
        post("/internal/enrichment", "{\"source\":\"alpha_sync\",\"after_change_seq\":0,\"upto_change_seq\":2}")
                .statusCode(200)
                .body("status", equalTo("ok"))
                .body("rows_processed", is(4));
        given().get(STATUS).then().body("quality.total_trades", is(5)).body("quality.missing_context", is(3));

        String body =
                "{\"source\":\"alpha_sync\",\"limit\":500,\"dry_run\":%s,\"include_context\":true,\"include_execution\":true,\"include_outcomes\":false}";
        String before = checksum();
        Instant success = Instant.parse(given().get(STATUS).path("freshness.last_successful_sync_at"));
        post(BACKFILL, body.formatted("true"))
                .statusCode(200)
                .body("status", equalTo("ok"))
                .body("dry_run", equalTo(true))
                .body("rows_processed", is(10))
                .body(
                        "steps.name",
                        contains(
                                "market_context",
                                "execution_benchmarks",
                                "opportunity_alignment",
                                "outcome_attribution"))
                .body("steps[2].status", equalTo("derived_on_read"))
                .body("steps.rows_written", contains(0, 0, 0, 0));
        assertEquals(before, checksum(), "a dry run writes nothing");
        given().get(STATUS).then().body("freshness.last_successful_sync_at", equalTo(success.toString()));

        post(BACKFILL, body.formatted("false")).body("status", equalTo("ok"));
        given().get(STATUS)
                .then()
                .body("quality.ok_context", is(1))
                .body("quality.stale_context", is(1))
                .body("quality.unmapped_context", is(1))
                .body("quality.missing_context", is(2))
                .body("quality.available_benchmark", is(3 - benchmarksOutsideSession()))
                .body("quality.missing_benchmark", is(0))
                .body("quality.available_outcomes", is(0))
                .body("quality.pending_outcomes", is(1))
                .body("quality.unavailable_outcomes", is(4))
                .body("freshness.last_error", nullValue())
                .body("freshness.last_run_summary.rows_processed", is(10));

        String after = checksum();
        post(BACKFILL, body.formatted("false")).body("steps.rows_written", contains(0, 0, 0, 0));
        assertEquals(after, checksum(), "running again changes nothing");
        given().get(STATUS + "&portfolio=IMST").then().body("quality.total_trades", is(2));
    }

    /** The recent execution's time is now − 2 days, whatever session that is. */
    private int benchmarksOutsideSession() {
        return new io.voldesk.analytics.market.OptionSession().contains(Instant.parse(RECENT)) ? 0 : 1;
    }

    @Test
    void aFailedStepIsNamedAndTheOtherStillRuns() {
        marketDown = true;
        post(BACKFILL, "{\"dry_run\":false}")
                .statusCode(200)
                .body("status", equalTo("partial_error"))
                .body("errors", hasSize(1))
                .body("errors[0].step", equalTo("market_context"))
                .body("steps[0].status", equalTo("error"))
                .body("steps[1].status", equalTo("ok"))
                .body("steps[1].rows_written", is(5));
        given().get(STATUS)
                .then()
                .body("freshness.last_error", notNullValue())
                .body("freshness.last_successful_sync_at", nullValue());
    }

    @Test
    void outcomesByHorizonAndPerformanceThatLeavesOutWhatIsUnknown() {
        post(BACKFILL, "{\"dry_run\":false}").statusCode(200);
        post(OUTCOMES, "{\"source\":\"alpha_sync\",\"horizons\":[1,7,30]}")
                .statusCode(200)
                .body("dry_run", equalTo(true))
                .body("rows_written", is(0))
                .body("horizons.horizon_days", contains(1, 7, 30));
        post(OUTCOMES, "{\"source\":\"alpha_sync\",\"horizons\":[1,7,30],\"dry_run\":false}")
                .body("executions", is(5))
                .body("rows_processed", is(15))
                .body("horizons[2].states.pending", is(4));
        given().get(STATUS)
                .then()
                .body("quality.available_outcomes", is(2))
                .body("quality.pending_outcomes", is(1))
                .body("quality.unavailable_outcomes", is(2));

        String performance = "/api/internal/trades/performance?source=alpha_sync";
        given().get(performance)
                .then()
                .statusCode(200)
                .body("overall.trades", is(5))
                .body("overall.alignment.labels.aligned", is(1))
                .body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.n", is(2))
                .body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.left_out", is(3))
                .body("overall.outcomes.find { it.horizon_days == 30 }.pnl_usd.mean", nullValue());
        Object mean = given().get(performance).path("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.mean");
        jdbi.useHandle(handle -> handle.execute("""
                insert into execution select source, 'X-' || n, version, portfolio, status, symbol, underlying, side, quantity,
                  price, multiplier, fees_usd, executed_at, 100 + n from execution, generate_series(1, 1000) n
                where source_trade_id = 'T-STALE'"""));
        given().get(performance)
                .then()
                .body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.mean", equalTo(mean))
                .body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.left_out", is(1003));
        given().get("/api/internal/trades/T-OK/analytics")
                .then()
                .statusCode(200)
                .body("alignment.label", equalTo("aligned"))
                .body("outcome_marks", hasSize(3))
                .body("execution_benchmark.raw_id", is(9));
        given().get("/api/internal/trades/none/analytics").then().statusCode(404);
    }

    @Test
    void marketDataDownDuringOutcomesIsABadGatewayAndNothingIsWritten() {
        post(BACKFILL, "{\"dry_run\":false}");
        quotesDown = true;
        String before = checksum();
        post(OUTCOMES, "{\"dry_run\":false}").statusCode(502);
        assertEquals(before, checksum());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                BACKFILL + "|{\"limit\":0}|limit",
                BACKFILL + "|{\"source\":\"x\"}|source",
                BACKFILL + "|{\"includes\":1}|includes",
                OUTCOMES + "|{\"horizons\":[]}|horizons",
                OUTCOMES + "|{\"horizons\":[0]}|horizons",
                OUTCOMES + "|{\"quote_window_minutes\":0}|quote_window_minutes",
                OUTCOMES + "|{\"limit\":\"all\"}|limit"
            })
    void badInputIsRefusedByField(String path, String body, String field) {
        post(path, body).statusCode(400).body("errors[0].field", equalTo(field));
    }

    @Test
    void everyLockedRouteNeedsTheSecret() {
        for (String path : List.of(BACKFILL, OUTCOMES, "/internal/enrichment")) {
            given().contentType("application/json").body("{}").post(path).then().statusCode(401);
        }
    }

    private String checksum() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select coalesce(md5(string_agg(t, ',' order by t)), '') from (
                          select market_context::text as t from market_context
                          union all select execution_benchmark::text from execution_benchmark
                          union all select outcome_mark::text from outcome_mark) all_rows""").mapTo(String.class).one());
    }
}

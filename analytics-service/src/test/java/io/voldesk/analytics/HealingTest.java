package io.voldesk.analytics;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.analytics.healing.Healing;
import io.voldesk.database.TestDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A vendor's failure is owed and made good; a context that has become available is looked for again. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "analytics"))
@QuarkusTestResource(StubPeers.class)
class HealingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SOURCE = "alpha_sync";
    private static final String STATUS = "/api/internal/trades/analytics/status?source=alpha_sync";
    private static final String STORY = "/api/internal/trades/T-1/analytics";
    private static final String BACKFILL = "/api/internal/trades/analytics/backfill";
    private static final String OUTCOMES = "/api/internal/trades/outcomes/backfill";
    private static final String REAL = "{\"dry_run\":false}";
    private static final String WEEK = "{\"dry_run\":false,\"horizons\":[7],\"quote_window_minutes\":45}";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Jdbi jdbi;

    @Inject
    SetClock clock;

    @Inject
    Healing healing;

    private volatile boolean vendorDown;
    private volatile boolean captured;
    private volatile String captures;
    private final AtomicInteger quotesAsked = new AtomicInteger();

    @BeforeEach
    void freshStore() {
        clock.setTo(NOW);
        vendorDown = false;
        captured = true;
        captures = "{\"last\":0,\"items\":[]}";
        quotesAsked.set(0);
        StubPeers.answer = this::answer;
        jdbi.useHandle(handle -> handle.execute("""
                truncate execution, projection_state, market_context, execution_benchmark, outcome_mark,
                  internal_trade_sync_state, pipeline_run, job, vendor_retry, capture_seen"""));
    }

    private String answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.endsWith("/export")) {
                return StubPeers.export(exchange.getRequestURI().getQuery().contains("after=0") ? """
                        {"change_seq":1,"source":"alpha_sync","source_trade_id":"T-1","version":1,"portfolio":"IMST","status":"filled",\
                        "symbol":"MSTR  261218C00300000","underlying":"MSTR","side":-1,"quantity":10,"price":12.5,"multiplier":100,\
                        "fees_usd":null,"executed_at":"2026-11-10T15:30:00Z","position_effect":"close",\
                        "identity":"exact_listed","deliverable":null,"currency":"USD","premium_usd":12500,"provider_root":"MSTR"}
                        """ : "");
            }
            if (path.endsWith("/captures")) {
                return captures;
            }
            JsonNode asked = JSON.readTree(exchange.getRequestBody());
            if (path.endsWith("/market-context")) {
                return captured
                        ? "{\"currency\":\"BTC\",\"states\":[[\"2026-11-10T15:00:00Z\",90000,0.6,0.5,null,0.4,0.1,0.09,null,null,0.5,"
                                + "null,\"undetermined\",null,[0.9,2000,84],[0.9,88,4],[0.9,2000,84],[null,0,0]]],\"nearest\":[0]}"
                        : "{\"currency\":\"BTC\",\"states\":[],\"nearest\":[-1]}";
            }
            if (path.endsWith("/quotes/lookup")) {
                quotesAsked.incrementAndGet();
                return "{\"windows\":["
                        + (vendorDown
                                ? "{\"quotes\":[],\"failure\":\"vendor_error\"}"
                                : "{\"quotes\":[{\"observed_at\":\"%s\",\"bid\":12,\"ask\":13.4,\"underlying_price\":300,\"raw_id\":9}],\"failure\":null}"
                                        .formatted(asked.path("windows")
                                                .path(0)
                                                .path("to")
                                                .asText()))
                        + "]}";
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValidatableResponse post(String path, String body) {
        return given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse status() {
        return given().get(STATUS).then().statusCode(200);
    }

    @Test
    void aVendorsFailureIsNoSuccessIsOwedAndIsMadeGoodByItself() {
        vendorDown = true;
        post("/internal/enrichment", "{\"source\":\"alpha_sync\",\"after_change_seq\":0,\"upto_change_seq\":1}")
                .body("status", equalTo("partial_error"))
                .body("errors.step", contains("execution_benchmarks"))
                .body("errors[0].reason", containsString("the vendor failed for 1 executions"))
                .body("steps.status", contains("ok", "partial_error", "derived_on_read", "ok"));
        post(OUTCOMES, WEEK)
                .body("status", equalTo("partial_error"))
                .body("errors[0]", containsString("the vendor failed for 1 marks"))
                .body("horizons[0].states.pending", is(1))
                .body("horizons[0].reasons.vendor_error", is(1));
        status().body("quality.pending_benchmark", is(1))
                .body("quality.unavailable_benchmark", is(0))
                .body("quality.pending_outcomes", is(1))
                .body("freshness.last_successful_sync_at", nullValue())
                .body("freshness.last_error", containsString("execution_benchmarks: the vendor failed"));
        given().get(STORY)
                .then()
                .body("execution_benchmark.authority", equalTo("pending"))
                .body(
                        "missing_inputs.findAll { it.horizon_days == 7 }.collect { it.state + ' ' + it.reason }",
                        contains("pending vendor_error"));

        healing.heal(SOURCE);
        int asked = quotesAsked.get();
        assertEquals(4, asked, "each is asked for once more");
        vendorDown = false;
        healing.heal(SOURCE);
        assertEquals(asked, quotesAsked.get(), "the next try waits its time");
        clock.setTo(NOW.plus(Duration.ofMinutes(3)));
        healing.heal(SOURCE);
        status().body("quality.available_benchmark", is(1))
                .body("quality.pending_benchmark", is(0))
                .body("quality.available_outcomes", is(1))
                .body("freshness.last_error", nullValue())
                .body("freshness.last_successful_sync_at", notNullValue())
                .body("last_runs[0].kind", equalTo("outcome_retry"))
                .body("last_runs[0].status", equalTo("ok"))
                .body("last_runs[1].kind", equalTo("benchmark_retry"));
        given().get(STORY).then().body("outcome_marks[0].window_minutes", is(45));
        assertEquals(
                List.of(),
                jdbi.withHandle(handle -> handle.createQuery("select step from vendor_retry")
                        .mapTo(String.class)
                        .list()));
        asked = quotesAsked.get();
        healing.heal(SOURCE);
        assertEquals(asked, quotesAsked.get(), "nothing is owed any more");
    }

    @Test
    void whatWasFoundStandsWhereTheVendorFailsLater() {
        post(BACKFILL, REAL).body("status", equalTo("ok"));
        post(OUTCOMES, WEEK).body("status", equalTo("ok"));
        vendorDown = true;
        post(BACKFILL, REAL).body("status", equalTo("partial_error")).body("steps[1].rows_written", is(0));
        post(OUTCOMES, WEEK).body("status", equalTo("partial_error")).body("rows_written", is(0));
        status().body("quality.available_benchmark", is(1)).body("quality.available_outcomes", is(1));
    }

    @Test
    void aContextThatHasBecomeAvailableIsLookedForAgainOnce() {
        captured = false;
        post(BACKFILL, REAL);
        status().body("quality.missing_context", is(1));
        captured = true;
        captures = item(7, "spot", "ETH", "2026-11-10");
        healing.heal(SOURCE);
        status().body("quality.missing_context", is(1));
        captures = item(8, "oi", "BTC", "2026-11-10");
        healing.heal(SOURCE);
        captures = item(9, "spot", "BTC", "2026-08-10");
        healing.heal(SOURCE);
        status().body("quality.missing_context", is(1)).body("last_runs.kind", contains("backfill"));
        captures = item(12, "vol_metrics", "BTC", "2026-08-12");
        healing.heal(SOURCE);
        status().body("quality.ok_context", is(1))
                .body("last_runs[0].kind", equalTo("context_refresh"))
                .body("last_runs[0].status", equalTo("ok"))
                .body("last_runs[0].summary.rows_processed", is(1))
                .body("freshness.last_run_summary.rows_processed", is(2));
        assertEquals(List.of(12L), seen());
        captures = "{\"last\":12,\"items\":[]}";
        healing.heal(SOURCE);
        status().body("last_runs.kind", contains("context_refresh", "backfill"));
    }

    private static String item(long run, String type, String currency, String date) {
        return "{\"last\":%d,\"items\":[{\"run_id\":%d,\"snapshot_type\":\"%s\",\"currency\":\"%s\",\"date\":\"%s\"}]}"
                .formatted(run, run, type, currency, date);
    }

    private List<Long> seen() {
        return jdbi.withHandle(handle -> handle.createQuery("select run_id from capture_seen")
                .mapTo(Long.class)
                .list());
    }

    @Test
    void twoInstancesMakeGoodOnce() throws Exception {
        captured = false;
        post(BACKFILL, REAL);
        captured = true;
        captures = item(12, "spot", "BTC", "2026-11-10");
        StubPeers.answer = exchange -> exchange.getRequestURI().getPath().endsWith("/captures") && !seen().isEmpty()
                ? "{\"last\":12,\"items\":[]}"
                : answer(exchange);
        try (var instances = Executors.newFixedThreadPool(2)) {
            Callable<Void> heal = () -> {
                healing.heal(SOURCE);
                return null;
            };
            for (var done : instances.invokeAll(List.of(heal, heal))) {
                done.get();
            }
        }
        status().body("quality.ok_context", is(1)).body("last_runs.kind", contains("context_refresh", "backfill"));
    }

    @Test
    void aRefreshThatFailsIsTriedAgain() {
        captured = false;
        post(BACKFILL, REAL);
        captures = item(12, "spot", "BTC", "2026-11-10");
        StubPeers.answer =
                exchange -> exchange.getRequestURI().getPath().endsWith("/market-context") ? null : answer(exchange);
        healing.heal(SOURCE);
        assertTrue(seen().isEmpty(), "what was not taken in was not seen");
        status().body("last_runs[0].status", equalTo("partial_error"));
        StubPeers.answer = this::answer;
        captured = true;
        healing.heal(SOURCE);
        status().body("quality.ok_context", is(1));
    }

    @Test
    void aClosingLegHasNoScoreAndAShortHistoryNoSignal() {
        post(BACKFILL, REAL);
        given().get(STORY)
                .then()
                .body("alignment.label", equalTo("closing"))
                .body("alignment.score", nullValue())
                .body("alignment.signals.find { it.signal == 'vrp_percentile' }.points", nullValue())
                .body(
                        "alignment.signals.find { it.signal == 'vrp_percentile' }.reason",
                        equalTo("fewer_than_30_independent_observations"))
                .body("alignment.signals.find { it.signal == 'gamma_regime' }.reason", equalTo("regime_undetermined"))
                .body("market_context.vrp_rank_hours", is(88));
    }

    @Test
    void anErrorOfTheDatabaseIsToldWithoutItsStatement() {
        jdbi.useHandle(handle -> handle.execute("alter table market_context rename to market_context_away"));
        try {
            post(BACKFILL, REAL)
                    .body("status", equalTo("partial_error"))
                    .body("errors[0].reason", containsString("SQL state 42P01"))
                    .body("errors[0].reason", not(containsString("select")));
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table market_context_away rename to market_context"));
        }
        status().body("freshness.last_error", not(containsString("select")));
    }
}

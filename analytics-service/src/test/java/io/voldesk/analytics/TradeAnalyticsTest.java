package io.voldesk.analytics;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
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
import io.voldesk.kit.job.JobWatch;
import io.voldesk.quant.Stats;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeMatcher;
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
    private static final String PERFORMANCE = "/api/internal/trades/performance?source=alpha_sync";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final List<String> AVERAGES = List.of(
            "mean", "weighted_mean", "median", "trimmed_mean", "total", "n", "independent_n", "interval", "hit_rate");
    private static final String RECENT = "2026-11-22T12:00:00Z";

    @Inject
    Jdbi jdbi;

    @Inject
    SetClock clock;

    @Inject
    Healing healing;

    private volatile boolean marketDown;
    private volatile boolean quotesDown;
    /** The export in place of a whole one; null for that. */
    private volatile String brokenExport;

    @BeforeEach
    void freshStore() {
        clock.setTo(NOW);
        marketDown = false;
        quotesDown = false;
        brokenExport = null;
        StubPeers.answer = this::answer;
        jdbi.useHandle(handle -> handle.execute("""
                truncate execution, projection_state, market_context, execution_benchmark, outcome_mark,
                  internal_trade_sync_state, pipeline_run, job, vendor_retry, capture_seen"""));
    }

    /** Five executions: mapped and benchmarked, stale context, unmapped, pending, and a fresh one. */
    private static String export(long after) {
        if (after >= 5) {
            return StubPeers.export("");
        }
        return StubPeers.export(line(1, "T-OK", "IMST", "MSTR", "MSTR  261218C00300000", -1, "2026-11-10T15:30:00Z")
                + line(2, "T-STALE", "IMST", "MSTR", "MSTR  261218C00310000", 1, "2026-11-11T15:30:00Z")
                + line(3, "T-UNMAPPED", "ICOI", "GME", "GME   261218C00030000", -1, "2026-11-12T15:30:00Z")
                + line(4, "T-PENDING", "ICOI", "COIN", "COIN  261218C00300000", -1, null)
                + line(5, "T-FRESH", "ICOI", "COIN", "COIN  271217C00300000", -1, RECENT));
    }

    private static String line(
            long seq, String id, String portfolio, String underlying, String symbol, int side, String at) {
        return line(seq, id, portfolio, underlying, symbol, side, at, "exact_listed", "USD", "12500");
    }

    private static String line(
            long seq,
            String id,
            String portfolio,
            String underlying,
            String symbol,
            int side,
            String at,
            String identity,
            String currency,
            String premium) {
        return """
                {"change_seq":%d,"source":"alpha_sync","source_trade_id":"%s","version":1,"portfolio":"%s","status":"%s",\
                "symbol":"%s","underlying":"%s","side":%d,"quantity":10,"price":12.5,"multiplier":100,"fees_usd":null,"executed_at":%s,\
                "position_effect":"open","identity":"%s","deliverable":null,"currency":"%s","premium_usd":%s,"provider_root":%s}
                """.formatted(
                        seq,
                        id,
                        portfolio,
                        at == null ? "pending" : "filled",
                        symbol,
                        underlying,
                        side,
                        at == null ? "null" : "\"" + at + "\"",
                        identity,
                        currency,
                        premium,
                        root(identity, symbol, underlying));
    }

    private static String root(String identity, String symbol, String underlying) {
        return switch (identity) {
            case "unsupported", "unmapped" -> "null";
            case "standard_root_fallback" -> "\"" + underlying + "\"";
            default -> "\"" + symbol.substring(0, 6).strip() + "\"";
        };
    }

    private String answer(HttpExchange exchange) {
        return answer(exchange, new ArrayList<>());
    }

    /** @param symbols takes those whose quotes are asked for */
    private String answer(HttpExchange exchange, List<String> symbols) {
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.endsWith("/export")) {
                if (brokenExport != null) {
                    return brokenExport;
                }
                String query = exchange.getRequestURI().getQuery();
                return export(Long.parseLong(query.replaceAll(".*after=(\\d+).*", "$1")));
            }
            if (path.startsWith("/api/snapshots/raw/")) {
                return quotesDown ? null : "{\"id\":9,\"sha256\":\"abc\"}";
            }
            if (path.endsWith("/internal/lineage")) {
                return quotesDown ? null : "[{\"table\":\"spot_snapshots\"}]";
            }
            JsonNode asked = JSON.readTree(exchange.getRequestBody());
            if (path.endsWith("/market-context")) {
                return marketDown ? null : contexts(asked);
            }
            if (path.endsWith("/model-marks/lookup")) {
                return quotesDown ? null : modelMarks(asked);
            }
            asked.path("windows")
                    .forEach(window -> symbols.add(window.path("symbol").asText()));
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
                                "[\"%s\",90000,null,0.5,null,null,0.04,0.08,null,null,null,null,\"positive\",null,[null,0,0],[0.9,2000,84],[0.9,2000,84],[null,0,0]]"
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
                            "{\"quotes\":[{\"observed_at\":\"%s\",\"bid\":%s,\"ask\":%s,\"underlying_price\":%s,\"raw_id\":9}],\"failure\":null}"
                                    .formatted(
                                            window.path("to").asText(),
                                            crossed ? "13" : "12",
                                            crossed ? "12" : "13.4",
                                            window.path("symbol").asText().startsWith("GME") ? "30" : "300"));
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
        given().get(STATUS + "&portfolio=IMST")
                .then()
                .body("quality.total_trades", is(2))
                .body("freshness.last_run_summary.rows_processed", is(10));
        post(BACKFILL, "{\"dry_run\":false,\"portfolio\":\"IMST\"}").body("rows_processed", is(4));
        given().get(STATUS + "&portfolio=IMST").then().body("freshness.last_run_summary.rows_processed", is(4));
        given().get(STATUS + "&portfolio=ICOI").then().body("freshness.last_run_summary.rows_processed", is(10));
        given().get(STATUS).then().body("freshness.last_run_summary.rows_processed", is(10));
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
                .body("rows_processed", is(5))
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

        given().get(PERFORMANCE)
                .then()
                .statusCode(200)
                .body("overall.trades", is(5))
                .body("overall.alignment.labels.aligned", is(1))
                .body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.n", is(2))
                .body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.left_out", is(3))
                .body("overall.outcomes.find { it.horizon_days == 30 }.pnl_usd.mean", nullValue());
        given().get("/api/internal/trades/T-OK/analytics")
                .then()
                .statusCode(200)
                .body("alignment.label", equalTo("aligned"))
                .body("alignment.score", is(68.0f))
                .body("alignment.drivers.signal", contains("gamma_regime", "vrp_percentile"))
                .body("alignment.direction", equalTo("short_vol"))
                .body("alignment.direction_assumed", is(false))
                .body("market_context.authority", equalTo("approved_proxy"))
                .body("market_context.after_trade", is(false))
                .body("execution_benchmark.authority", equalTo("direct_source"))
                .body("outcome_marks", hasSize(3))
                .body("execution_benchmark.raw_id", is(9))
                .body("execution_benchmark.traded_iv", greaterThan(0f))
                .body("missing_inputs.input", contains("fees", "realized_pnl", "forward_mark"))
                .body("missing_inputs[2].horizon_days", is(30))
                .body("missing_inputs[2].state", equalTo("pending"))
                .body("lineage.table[0]", equalTo("analytics.market_context"))
                .body("lineage[0].raw[0].table", equalTo("spot_snapshots"))
                .body("lineage.find { it.table == 'analytics.execution_benchmark' }.raw.sha256", equalTo("abc"))
                .body("lineage.find { it.row == 'horizon_30d' }.reason", equalTo("horizon_not_matured"));
        quotesDown = true;
        given().get("/api/internal/trades/T-OK/analytics")
                .then()
                .statusCode(200)
                .body("lineage[0].raw", nullValue())
                .body("lineage[0].reason", containsString("503"));
        given().get("/api/internal/trades/none/analytics").then().statusCode(404);
        String byPath = given().get("/api/internal/trades/T-OK/analytics").asString();
        given().get("/api/internal/trades/analytics?id=T-OK")
                .then()
                .statusCode(200)
                .body(equalTo(byPath));
        given().get("/api/internal/trades/analytics").then().statusCode(400).body("errors[0].field", equalTo("id"));
    }

    /** Sixty-two sold calls marked on thirty-one days, at gains of 1 to 62 USD a share. */
    private void marked() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into execution select 'alpha_sync', 'M-' || n, 1, 'IMST', 'filled', 'MSTR  261218C00300000', 'MSTR', -1, 1, 40, 100,
                  1.5, timestamp with time zone '2026-10-01 15:00Z' + (n % 31) * interval '1 day', n, null, 'exact_listed', null, 'USD', 4000
                from generate_series(1, 62) n;
                insert into outcome_mark (source_trade_id, context_key, for_version, horizon_days, state, mark, pnl_usd, computed_at)
                select 'M-' || n, 'horizon_7d', 1, 7, 'unrealized_mark', 40 - n, 100 * n, now() from generate_series(1, 62) n;
                insert into execution_benchmark (source_trade_id, context_key, for_version, state, slippage_bps, slippage_usd,
                  slippage_vol_points, effective_spread, underlying_price, traded_iv, computed_at)
                select 'M-' || n, 'arrival', 1, 'ok', n / 7.0, n, 0.1, 0.2, 300, 0.8, now() from generate_series(1, 62) n"""));
    }

    @Test
    void theMarkOutCurveHasAnIntervalThatClustersByDay() {
        marked();
        String week = "overall.outcomes.find { it.horizon_days == 7 }.";
        double[] sums = new double[31];
        long[] counts = new long[31];
        for (int n = 1; n <= 62; n++) {
            sums[n % 31] += 100 * n;
            counts[n % 31]++;
        }
        double[] interval = Stats.clusteredMeanInterval(sums, counts);
        ValidatableResponse whole = given().get(PERFORMANCE).then();
        whole.body(week + "pnl_usd.n", is(62))
                .body(week + "pnl_usd.mean", is(3150.0f))
                .body(week + "pnl_usd.total", is(195300))
                .body(week + "hit_rate", is(1.0f))
                .body(week + "interval", contains(closeTo(interval[0]), closeTo(interval[1])))
                .body("overall.outcomes.find { it.horizon_days == 1 }.interval_reason", equalTo("fewer_than_30_marks"))
                .body(week + "independent_n", is(31))
                .body("overall.execution_quality.slippage_usd.median", is(31.5f))
                .body("overall.execution_quality.slippage_usd.weighted_mean", is(31.5f))
                .body("overall.execution_quality.slippage_usd.trimmed_mean", is(31.5f))
                .body("overall.execution_quality.slippage_usd.total", is(1953))
                .body("overall.execution_quality.slippage_bps.interval", hasSize(2))
                .body("overall.execution_quality.fees_usd.total", is(93.0f))
                .body("slices.findAll { it.dimension == 'month' }.key", contains("2026-10"));
        jdbi.useHandle(handle ->
                handle.execute("update execution set executed_at = timestamp with time zone '2026-10-01 15:00Z'"));
        given().get(PERFORMANCE).then().body(week + "interval_reason", equalTo("fewer_than_30_days"));
    }

    @Test
    void marksAndBenchmarksOfAModelAreShownApartAndASwitchTakesThemIn() {
        marked();
        jdbi.useHandle(handle -> handle.execute("""
                update outcome_mark set mark_source = 'expiry_intrinsic' where source_trade_id in ('M-61', 'M-62');
                update outcome_mark set target_rolled = true where source_trade_id in ('M-1', 'M-2', 'M-62');
                update execution_benchmark set state = 'model', reason = 'wide_spread' where source_trade_id = 'M-62';
                update execution_benchmark set state = 'implausible_fill', reason = 'beyond_five_times_mid'
                  where source_trade_id = 'M-1'"""));
        String week = "overall.outcomes.find { it.horizon_days == 7 }.";
        given().get(PERFORMANCE)
                .then()
                .body("authority", equalTo("direct"))
                .body(week + "pnl_usd.n", is(60))
                .body(week + "estimated", is(2))
                .body(week + "rolled", is(2))
                .body(week + "pnl_usd.left_out_by[0].state", equalTo("estimated_model"))
                .body("overall.execution_quality.slippage_bps.n", is(60))
                .body(
                        "overall.execution_quality.slippage_bps.left_out_by.collect { it.state + ' ' + it.reason }",
                        contains("implausible_fill beyond_five_times_mid", "model wide_spread"));
        given().get(PERFORMANCE + "&authority=all")
                .then()
                .body("authority", equalTo("all"))
                .body(week + "pnl_usd.n", is(62))
                .body(week + "rolled", is(3))
                .body("overall.execution_quality.slippage_bps.n", is(61));
        given().get(PERFORMANCE + "&authority=any")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("authority"));
    }

    /** (4,000 · (1 + … + 61) + 244,000 · 62) / 488,000 = 46.5: the source's premium weighs, whatever price × quantity comes to. */
    @Test
    void thePremiumOfTheSourceWeighsAndMarksOfAnUnapprovedRootAreLeftOut() {
        marked();
        jdbi.useHandle(handle -> handle.execute("""
                update execution set premium_usd = 244000 where source_trade_id = 'M-62';
                update execution set identity = 'standard_root_fallback' where source_trade_id = 'M-61';
                update outcome_mark set mark_source = 'quote_mid'"""));
        String week = "overall.outcomes.find { it.horizon_days == 7 }.";
        given().get(PERFORMANCE)
                .then()
                .body("overall.execution_quality.slippage_usd.weighted_mean", is(46.5f))
                .body(week + "pnl_usd.n", is(61))
                .body(week + "estimated", is(1))
                .body(week + "pnl_usd.left_out_by[0].state", equalTo("estimated_model"))
                .body(week + "pnl_usd.left_out_by[0].reason", equalTo("standard_root_fallback"));
        given().get(PERFORMANCE + "&authority=all").then().body(week + "pnl_usd.n", is(62));
    }

    @Test
    void aContractOrACurrencyThatIsNotKnownIsNamedAndNeverValued() {
        String at = "2026-11-10T15:30:00Z";
        String lines = line(1, "T-EUR", "IMST", "MSTR", "MSTR  261218C00300000", -1, at, "exact_listed", "EUR", "13000")
                + line(
                        2,
                        "T-ADJ",
                        "IMST",
                        "MSTR",
                        "MSTR1 261218C00300000",
                        -1,
                        at,
                        "standard_root_fallback",
                        "USD",
                        "12500")
                + line(3, "T-ODD", "IMST", "MSTR", "MS1TR 261218C00300000", -1, at, "unsupported", "USD", "12500")
                + line(4, "T-OTHER", "IMST", "MSTR", "COIN  261218C00300000", -1, at, "unmapped", "USD", "12500");
        StubPeers.answer = exchange -> exchange.getRequestURI().getPath().endsWith("/export")
                ? StubPeers.export(exchange.getRequestURI().getQuery().contains("after=0") ? lines : "")
                : answer(exchange);
        post(BACKFILL, "{\"dry_run\":false}").statusCode(200).body("status", equalTo("ok"));
        post(OUTCOMES, "{\"source\":\"alpha_sync\",\"horizons\":[7],\"dry_run\":false}")
                .body("horizons[0].states.unrealized_mark", is(1))
                .body("horizons[0].reasons.non_usd_price", is(1))
                .body("horizons[0].reasons.unsupported_contract", is(1))
                .body("horizons[0].reasons.unmapped_contract", is(1));
        given().get("/api/internal/trades/T-EUR/analytics")
                .then()
                .body("execution.currency", equalTo("EUR"))
                .body("execution.premium_usd", is(13000))
                .body("execution_benchmark.state", equalTo("unavailable"))
                .body("execution_benchmark.reason", equalTo("non_usd_price"))
                .body("execution_benchmark.slippage_usd", nullValue())
                .body("outcome_marks[0].pnl_usd", nullValue())
                .body("outcome_marks[0].reason", equalTo("non_usd_price"));
        given().get("/api/internal/trades/T-ADJ/analytics")
                .then()
                .body("execution.identity", equalTo("standard_root_fallback"))
                .body("execution_benchmark.state", equalTo("model"))
                .body("execution_benchmark.reason", equalTo("standard_root_fallback"))
                .body("execution_benchmark.authority", equalTo("estimated_model"))
                .body("outcome_marks[0].authority", equalTo("estimated_model"));
        given().get("/api/internal/trades/T-ODD/analytics")
                .then()
                .body("execution_benchmark.reason", equalTo("unsupported_contract"))
                .body("execution_benchmark.authority", equalTo("unavailable"));
        given().get(PERFORMANCE)
                .then()
                .body("overall.execution_quality.slippage_usd.n", is(0))
                .body(
                        "overall.execution_quality.slippage_usd.left_out_by.collect { it.state + ' ' + it.reason }",
                        containsInAnyOrder(
                                "model standard_root_fallback",
                                "unavailable non_usd_price",
                                "unavailable unsupported_contract",
                                "unavailable unmapped_contract"));
    }

    @Test
    void aThousandUnavailableRowsChangeWhatIsLeftOutAndNothingElse() throws IOException {
        marked();
        JsonNode before = JSON.readTree(given().get(PERFORMANCE).asString());
        jdbi.useHandle(handle -> handle.execute("""
                insert into execution select 'alpha_sync', 'U-' || n, 1, 'IMST', 'filled', 'MSTR  261218C00300000', 'MSTR', -1, 1, 40, 100,
                  null, timestamp with time zone '2026-10-01 15:00Z' + (n % 11) * interval '1 day', 100 + n, null, 'exact_listed', null, 'USD', 4000
                from generate_series(1, 1000) n;
                insert into outcome_mark (source_trade_id, context_key, for_version, horizon_days, state, reason, mark_quality, computed_at)
                select 'U-' || n, 'horizon_7d', 1, 7, 'unavailable', case when n % 2 = 0 then 'stale_quote' else 'crossed_quote' end,
                  case when n % 2 = 0 then 'stale' end, now() from generate_series(1, 1000) n;
                insert into execution_benchmark (source_trade_id, context_key, for_version, state, reason, computed_at)
                select 'U-' || n, 'arrival', 1, 'unavailable', 'wide_spread', now() from generate_series(1, 1000) n"""));
        JsonNode after = JSON.readTree(given().get(PERFORMANCE).asString());
        assertEquals(averages(before), averages(after));
        given().get(PERFORMANCE)
                .then()
                .body("overall.execution_quality.slippage_bps.left_out", is(1000))
                .body("overall.execution_quality.slippage_bps.left_out_by[0].reason", equalTo("wide_spread"))
                .body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.left_out", is(1000))
                .body("overall.outcomes.find { it.horizon_days == 7 }.stale", is(500))
                .body(
                        "overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.left_out_by.collect { it.reason + ' ' + it.executions }",
                        contains("crossed_quote 500", "stale_quote 500"));
    }

    /** Every mean, total, n, interval and hit rate of an answer, wherever it stands. */
    private static List<String> averages(JsonNode answer) {
        List<String> found = new ArrayList<>();
        collect("", answer, found);
        return found;
    }

    private static void collect(String path, JsonNode node, List<String> found) {
        node.properties().forEach(field -> {
            String at = path + "/" + field.getKey();
            if (AVERAGES.contains(field.getKey())) {
                found.add(at + "=" + field.getValue());
            } else if (!field.getKey().equals("missing_inputs")) {
                collect(at, field.getValue(), found);
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(path + "/" + i, node.get(i), found);
        }
    }

    @Test
    void everyFamilyOfStatesAddsUpToAllExecutions() {
        post(BACKFILL, "{\"dry_run\":false}").statusCode(200);
        for (int round = 0; round < 2; round++) {
            Map<String, Integer> quality = given().get(STATUS).path("quality");
            assertEquals(5, sum(quality, "ok_context", "missing_context", "stale_context", "unmapped_context"));
            assertEquals(
                    5,
                    sum(
                            quality,
                            "available_benchmark",
                            "model_benchmark",
                            "implausible_benchmark",
                            "pending_benchmark",
                            "missing_benchmark",
                            "unavailable_benchmark"));
            assertEquals(5, sum(quality, "available_outcomes", "pending_outcomes", "unavailable_outcomes"));
            post(OUTCOMES, "{\"dry_run\":false}").statusCode(200);
        }
    }

    private static Matcher<Float> closeTo(double value) {
        return new TypeSafeMatcher<>() {
            @Override
            protected boolean matchesSafely(Float item) {
                return Math.abs(item - value) <= 1e-6 * Math.abs(value);
            }

            @Override
            public void describeTo(Description description) {
                description.appendText("close to " + value);
            }
        };
    }

    private static int sum(Map<String, Integer> quality, String... names) {
        return Arrays.stream(names).mapToInt(quality::get).sum();
    }

    @Test
    void aJobTellsHowFarItIsAndItsResultIsTheAnswer() throws InterruptedException {
        String job = submitted(BACKFILL);
        assertTrue(job.startsWith("/api/jobs/analytics-"), job);
        JobWatch.until(job, "done"::equals)
                .body("result.rows_processed", is(10))
                .body("step", equalTo("execution_benchmarks"))
                .body("done", is(5))
                .body("total", is(5));
        JobWatch.until(submitted(OUTCOMES), "done"::equals).body("result.rows_processed", is(15));
        given().get(STATUS)
                .then()
                .body("last_runs.kind", contains("outcomes", "backfill"))
                .body("last_runs.status", contains("ok", "ok"));
        quotesDown = true;
        JobWatch.until(submitted(OUTCOMES), "failed"::equals).body("problem.status", is(502));
        given().get(STATUS).then().body("last_runs[0].status", equalTo("failed"));
    }

    private static String submitted(String path) {
        return given().header("x-admin-secret", "test-secret")
                .header("Prefer", "respond-async")
                .contentType("application/json")
                .body("{\"dry_run\":false}")
                .post(path)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    /** Of five executions: one and a half, none, one without the count, one with the count of five. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5|no count after 1 rows",
                "0|is empty",
                "1|no count after 0 rows",
                "1 counted 5|holds 1 rows and counts 5",
                "reset|broke off"
            })
    void aCutExportIsNotTakenOverAndSaidSoUntilOneIsWhole(String cut, String why) {
        post(BACKFILL, "{\"dry_run\":false}").body("status", equalTo("ok"));
        jdbi.useHandle(handle -> handle.execute("truncate execution, projection_state"));
        String one = line(1, "T-OK", "IMST", "MSTR", "MSTR  261218C00300000", -1, "2026-11-10T15:30:00Z");
        brokenExport = switch (cut) {
            case "1.5" -> one + "{\"change_seq\":2,\"source\":\"alpha_sync\",\"sourc";
            case "0" -> "";
            case "1" -> one;
            case "reset" -> StubPeers.RESET;
            default -> one + "{\"rows\":5}\n";
        };
        post(BACKFILL, "{\"dry_run\":false}")
                .statusCode(200)
                .body("status", equalTo("partial_error"))
                .body("errors[0].step", equalTo("projection"))
                .body("errors[0].reason", containsString(why));
        given().get(STATUS)
                .then()
                .body("quality.total_trades", is(0))
                .body("projection.change_seq", is(0))
                .body("projection.lag_seconds", nullValue())
                .body("projection.last_error", containsString(why))
                .body("projection.last_error_at", notNullValue());
        brokenExport = null;
        post(BACKFILL, "{\"dry_run\":false}").body("status", equalTo("ok"));
        given().get(STATUS)
                .then()
                .body("quality.total_trades", is(5))
                .body("projection.change_seq", is(5))
                .body("projection.last_error", nullValue())
                .body("projection.lag_seconds", lessThan(60));
    }

    /** An empty answer is not "nothing has changed": what is held stays, and the projection does not say it has caught up. */
    @Test
    void anEmptyExportIsNotNothingChanged() {
        post(BACKFILL, "{\"dry_run\":false}").body("status", equalTo("ok"));
        String caughtUp = given().get(STATUS).path("projection.caught_up_at");
        clock.setTo(NOW.plusSeconds(600));
        brokenExport = "";
        post(BACKFILL, "{\"dry_run\":false}").body("status", equalTo("partial_error"));
        given().get(STATUS)
                .then()
                .body("quality.total_trades", is(5))
                .body("projection.caught_up_at", equalTo(caughtUp))
                .body("projection.lag_seconds", is(600))
                .body("projection.last_error", containsString("is empty"));
    }

    /** What was found of a contract is of the contract it was then: nothing of it stands when it becomes another. */
    @ParameterizedTest
    @CsvSource({
        "unsupported, unavailable, unsupported_contract, unavailable, unsupported_contract",
        "adjusted_authoritative, ok, , unrealized_mark, ",
        "standard_root_fallback, model, standard_root_fallback, unrealized_mark, "
    })
    void aContractThatBecomesAnotherKeepsNothingOfWhatWasFound(
            String identity, String benchmark, String reason, String mark, String markReason) {
        String at = "2026-11-10T15:30:00Z";
        String first = line(
                1, "T-ADJ", "IMST", "MSTR", "MSTR1 261218C00300000", -1, at, "standard_root_fallback", "USD", "12500");
        String second = line(2, "T-ADJ", "IMST", "MSTR", "MSTR1 261218C00300000", -1, at, identity, "USD", "12500");
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Map<String, String> exported = new ConcurrentHashMap<>(Map.of("after=0", first));
        StubPeers.answer = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/export")) {
                String after = exchange.getRequestURI().getQuery().replaceAll(".*(after=\\d+).*", "$1");
                return StubPeers.export(exported.getOrDefault(after, ""));
            }
            return answer(exchange, asked);
        };
        post(BACKFILL, "{\"dry_run\":false,\"include_context\":false}").body("status", equalTo("ok"));
        post(OUTCOMES, "{\"source\":\"alpha_sync\",\"horizons\":[7],\"dry_run\":false}")
                .body("horizons[0].states.unrealized_mark", is(1));
        assertEquals(Set.of("MSTR  261218C00300000"), Set.copyOf(asked), "the root of the provider");
        asked.clear();

        exported.put("after=1", second);
        boolean same = identity.equals("standard_root_fallback");
        post(BACKFILL, "{\"dry_run\":false,\"include_context\":false,\"include_execution\":false}")
                .body("status", equalTo("ok"));
        String story = "/api/internal/trades/T-ADJ/analytics";
        given().get(story)
                .then()
                .body("execution_benchmark.state", equalTo(same ? "model" : "pending"))
                .body("execution_benchmark.reason", equalTo(same ? "standard_root_fallback" : "contract_changed"))
                .body("execution_benchmark.slippage_usd", same ? notNullValue() : nullValue())
                .body("outcome_marks[0].state", equalTo(same ? "unrealized_mark" : "pending"))
                .body("outcome_marks[0].reason", equalTo(same ? null : "contract_changed"))
                .body("outcome_marks[0].pnl_usd", same ? notNullValue() : nullValue());
        given().get(PERFORMANCE).then().body("overall.outcomes.find { it.horizon_days == 7 }.pnl_usd.n", is(0));
        given().get(STATUS)
                .then()
                .body("quality.pending_outcomes", is(same ? 0 : 1))
                .body("quality.pending_benchmark", is(same ? 0 : 1));

        healing.heal("alpha_sync");
        given().get(story)
                .then()
                .body("execution_benchmark.state", equalTo(benchmark))
                .body("execution_benchmark.reason", equalTo(reason))
                .body("outcome_marks[0].state", equalTo(mark))
                .body("outcome_marks[0].reason", equalTo(markReason));
        assertEquals(
                switch (identity) {
                    case "adjusted_authoritative" -> Set.of("MSTR1 261218C00300000");
                    default -> Set.of();
                },
                Set.copyOf(asked));
    }

    /** A line is locked by the session of its run: as long as that lives, of this instance or another, the run is on. */
    @Test
    void aRunThatWasKilledIsFoundByWhoeverLooksNextAndALiveOneIsLeftAlone() {
        jdbi.useHandle(session -> {
            session.execute("""
                    insert into pipeline_run (kind, scope_key, requested_by, status, started_at)
                    values ('backfill', 'source=alpha_sync', 'ann', 'running', now())""");
            session.execute(
                    "select pg_advisory_lock(hashtextextended('pipeline_run:' || max(id), 0)) from pipeline_run");
            post(OUTCOMES, "{\"dry_run\":false}").statusCode(200);
            given().get(STATUS).then().body("last_runs.status", contains("ok", "running"));
            session.execute("select pg_advisory_unlock_all()");
        });
        given().get(STATUS).then().body("last_runs.status", contains("ok", "abandoned"));
    }

    @Test
    void aLimitTakesWhatIsMissingFirstAndThePortfolioScopesBothBackfills() {
        post(BACKFILL, "{\"dry_run\":false,\"limit\":2}").body("rows_processed", is(4));
        post(BACKFILL, "{\"dry_run\":false,\"limit\":3}").body("rows_processed", is(6));
        given().get(STATUS).then().body("quality.missing_benchmark", is(0));
        post(OUTCOMES, "{\"dry_run\":false,\"portfolio\":\"IMST\"}").body("executions", is(2));
        assertEquals(
                List.of("T-OK", "T-STALE"),
                jdbi.withHandle(
                        handle -> handle.createQuery("select distinct source_trade_id from outcome_mark order by 1")
                                .mapTo(String.class)
                                .list()));
        post(BACKFILL, "{\"portfolio\":\"ICOI\"}").body("rows_processed", is(6));
    }

    @Test
    void aBatchSmallerThanTheScopeReachesAllOfItHoweverManyMarksStayUnavailable() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into execution select 'alpha_sync', 'C-' || n, 1, 'IMST', 'filled', 'MSTR  261218C00310000', 'MSTR', -1, 1, 40, 100,
                  1.5, timestamp with time zone '2026-10-05 15:00Z' + n * interval '1 hour', 100 + n, null, 'exact_listed', null, 'USD', 4000
                from generate_series(1, 40) n"""));
        for (int batch = 0; batch < 5; batch++) {
            post(OUTCOMES, "{\"dry_run\":false,\"horizons\":[1],\"limit\":9}").body("executions", is(9));
        }
        assertEquals(45, count("outcome_mark"));
    }

    @Test
    void aMarkMadeBeforeItsWindowClosedIsProvisionalAndIsTheFirstToBeLookedAtAgain() {
        clock.setTo(Instant.parse("2026-11-17T15:40:00Z"));
        String week = "{\"dry_run\":false,\"horizons\":[7],\"limit\":%d}";
        post(OUTCOMES, week.formatted(100)).body("executions", is(5));
        String story = "/api/internal/trades/T-OK/analytics";
        given().get(story)
                .then()
                .body("outcome_marks[0].state", equalTo("unrealized_mark"))
                .body("outcome_marks[0].provisional", is(true));
        post(OUTCOMES, week.formatted(1)).body("horizons[0].states.unrealized_mark", nullValue());
        clock.setTo(Instant.parse("2026-11-17T16:00:01Z"));
        post(OUTCOMES, week.formatted(1)).body("rows_written", is(1));
        given().get(story).then().body("outcome_marks[0].provisional", is(false));
    }

    @Test
    void theStoryNamesEveryHorizonThatIsNotValuedYet() {
        clock.setTo(Instant.parse("2026-11-17T12:00:00Z"));
        post(OUTCOMES, "{\"dry_run\":false,\"horizons\":[7]}");
        String story = "/api/internal/trades/T-OK/analytics";
        String marks =
                "missing_inputs.findAll { it.input == 'forward_mark' }.collect { it.horizon_days + ' ' + it.reason }";
        given().get(story)
                .then()
                .body(marks, contains("7 horizon_not_matured", "1 not_backfilled", "30 horizon_not_matured"));
        clock.setTo(NOW);
        given().get(story)
                .then()
                .body(marks, contains("1 not_backfilled", "7 not_backfilled", "30 horizon_not_matured"));
    }

    private long count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
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
                OUTCOMES + "|{\"horizons\":[0]}|horizons[0]",
                OUTCOMES + "|{\"horizons\":[1,\"a\"]}|horizons[1]",
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

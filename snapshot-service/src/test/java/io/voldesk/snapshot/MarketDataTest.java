package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;
import static io.voldesk.snapshot.SnapshotHouse.admin;
import static io.voldesk.snapshot.SnapshotHouse.capture;
import static io.voldesk.snapshot.SnapshotHouse.get;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import io.voldesk.quant.Black76;
import io.voldesk.sandbox.TestSandbox;
import io.voldesk.snapshot.capture.SnapshotRow;
import io.voldesk.snapshot.surface.SurfacePoints;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class MarketDataTest {
    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private SnapshotHouse house;

    @BeforeEach
    void freshStore() {
        house = new SnapshotHouse(sandbox, jdbi);
        house.fresh();
    }

    @Test
    void theRecordedBitcoinDayEndToEnd() {
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"]}")
                .statusCode(200)
                .body("status", equalTo("ok"))
                .body("snapshots", hasSize(5))
                .body("snapshots.find { it.type == 'gex' }.records", is(912))
                .body("snapshots.find { it.type == 'oi' }.records", is(1064))
                .body("snapshots.find { it.type == 'spot' }.records", is(24))
                .body("snapshots.find { it.type == 'iv_surface' }.source_from", equalTo("2024-04-01T00:00:00Z"))
                .body("snapshots.find { it.type == 'iv_surface' }.source_to", equalTo("2024-04-01T23:00:00Z"));

        get("/api/flow/gex?currency=BTC&from=2024-04-01&to=2024-04-01")
                .body("points", hasSize(1))
                .body("points[0].net_gex", closeTo(-105_824, 1)) // RecordedGammaTest sums it up on its own
                .body("points[0].vendor_net_gex", closeTo(0.008858 * 71291.17 * 71291.17 * 0.01, 5_000))
                .body("points[0].spot", closeTo(71291.17, 1e-6)) // the spot the exposure was computed at
                .body("points[0].regime", equalTo("undetermined"))
                .body("to", equalTo("2024-04-01T23:59:59Z"))
                .body("sample.asked", is(24))
                .body("sample.coverage", closeTo(1 / 24.0, 1e-9))
                .body("state", equalTo("degraded"));
        get("/api/analytics/gamma-profile?currency=BTC&date=2024-04-01")
                .body("as_of", equalTo("2024-04-01T00:00:00Z"))
                .body("profile", hasSize(121))
                .body("instruments", greaterThan(850));
        get("/api/probability/density?currency=BTC&dte=30&date=2024-04-01")
                .body("density_quality.state", equalTo("ok"))
                .body("density_quality.area", closeTo(1, 0.03))
                .body("density_quality.mean_over_forward", closeTo(1, 0.01))
                .body("density_quality.surface_timestamp", equalTo("2024-04-01T23:00:00Z"))
                .body("density_quality.spot_source", equalTo("surface_index_price"));
        get("/api/probability/density?currency=BTC&dte=364&date=2024-04-01")
                .body("density_quality.state", equalTo("unavailable"))
                .body("density_quality.reasons", hasItem("maturity_outside_listed_expiries"))
                .body("points", hasSize(0));
        get("/api/probability/touch?currency=BTC&dte=7&date=2024-04-01&levels=80000")
                .body("levels[0].touch_probability", greaterThan(0.0));
        get("/api/probability/conditional?currency=BTC&dte=7&date=2024-04-01").body("sides", hasSize(5));
        get("/api/probability/candidates?currency=BTC&dte=25&date=2024-04-01")
                .body("experimental", equalTo(true))
                .body("candidates", not(hasSize(0)));
        get("/api/analytics/term-structure?currency=BTC&date=2024-04-01")
                .body("constant.find { it.days == 30 }.atm_iv.value", closeTo(0.74, 0.05));
        get("/api/analytics/spot-vol?currency=BTC&date=2024-04-01")
                .body("windows[0].beta", nullValue())
                .body("windows[0].reason", equalTo("fewer_than_30_independent_observations"));
    }

    /** Undiscounted Black-76 on the vendor's forward and mark vol gives its mark price, to the recording's rounding. */
    @Test
    void recordedMarksFollowFromRecordedVols() {
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":[\"oi\"]}");
        List<Double> errors = new ArrayList<>();
        jdbi.useHandle(handle -> handle.createQuery("select * from oi_snapshots where mark_price is not null")
                .map((row, context) -> {
                    Instant observed = row.getTimestamp("observed_at").toInstant();
                    double years = Duration.between(
                                            observed,
                                            row.getTimestamp("expiration").toInstant())
                                    .toSeconds()
                            / (365.0 * 86_400);
                    double forward = row.getDouble("underlying_price");
                    double price = Black76.price(
                            row.getString("put_call").equals("C"),
                            forward,
                            row.getDouble("strike"),
                            years,
                            row.getDouble("mark_iv"));
                    return Math.abs(price / forward - row.getDouble("mark_price"));
                })
                .forEach(errors::add));
        errors.sort(null);
        assertEquals(1_045, errors.size());
        assertTrue(errors.get(errors.size() / 2) < 5e-5, () -> "median " + errors.get(errors.size() / 2));
        assertTrue(errors.getLast() < 3e-4, () -> "worst " + errors.getLast());
    }

    @Test
    void theDefaultRunIsForYesterdayAndFillsTheDataPage() {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        capture("{}")
                .statusCode(200)
                .body("target_date", equalTo(yesterday.toString()))
                .body("snapshots", hasSize(15))
                .body("snapshots.status", everyItem(equalTo("ok")));
        get("/api/snapshots/status")
                .body("latest_complete_date", equalTo(yesterday.toString()))
                .body("items", hasSize(15))
                .body("items.status", everyItem(equalTo("ok")))
                .body("items.days_behind", everyItem(is(0)));
        get("/api/snapshots/coverage").body("cells.findAll { it.status == 'ok' }", hasSize(15));
        get("/api/snapshots/readiness").body("items", hasSize(6)).body("items.state", everyItem(equalTo("ok")));
        get("/api/snapshots/remediation").body("items", hasSize(15)).body("items[0].who", equalTo("admin-secret"));
        get("/api/analytics/overview?currency=SOL")
                .body("dvol.value", nullValue())
                .body("dvol.state", equalTo("missing"))
                .body("atm_iv30.state", equalTo("ok"))
                .body("atm_iv30.value", greaterThan(0.2));
        get("/api/analytics/gex-levels?currency=ETH")
                .body("source", equalTo("live"))
                .body("state", equalTo("ok"))
                .body("by_mark_vol", greaterThan(100))
                .body("levels.kind", hasItem("magnet"))
                .body("levels.distance_daily_sigma", everyItem(notNullValue()))
                .body("levels.reason", everyItem(nullValue()));
        get("/api/flow/gex?currency=BTC").body("points", hasSize(24));
        // a plain date means the whole of it
        get("/api/flow/gex?currency=BTC&from=" + yesterday + "&to=" + yesterday)
                .body("points", hasSize(24))
                .body("state", equalTo("ok"))
                .body("sample.asked", is(24));
        // linear options, asked for by the vendor's name for them
        get("/api/flow/gex?currency=SOL_USDC&from=" + yesterday)
                .body("currency", equalTo("SOL"))
                .body("points", hasSize(24));
        assertEquals(
                List.of("BTC coin", "ETH coin", "SOL usd"),
                jdbi.withHandle(
                        h -> h.createQuery("select distinct currency || ' ' || price_unit from oi_snapshots order by 1")
                                .mapTo(String.class)
                                .list()));
        get("/api/flow/conditional-returns?currency=BTC")
                .body("outcomes", hasSize(12))
                .body("outcomes.interval", everyItem(nullValue()))
                .body(
                        "outcomes.findAll { it.n > 0 }.interval_reason",
                        everyItem(equalTo("too_few_independent_observations")))
                .body("false_discovery.rate", is(0.05))
                .body("false_discovery.cells", is(0));

        List<Integer> rows = jdbi.withHandle(h -> h.createQuery("select count(*) from iv_surface_snapshots")
                .mapTo(Integer.class)
                .list());
        capture("{}").body("snapshots.status", everyItem(equalTo("ok")));
        assertEquals(
                rows,
                jdbi.withHandle(h -> h.createQuery("select count(*) from iv_surface_snapshots")
                        .mapTo(Integer.class)
                        .list()),
                "running again replaces and does not add");
        get("/api/snapshots/remediation").body("items[0].kind", equalTo("manual_rerun"));
    }

    @Test
    void priceAndVolumeFallBackWithALabel() {
        get("/api/reference-rates?asset=btc")
                .body("source", equalTo("reference_rate"))
                .body("price", greaterThan(1_000.0));
        get("/api/reference-rates?asset=eth")
                .body("source", equalTo("derivatives_underlying"))
                .body("reason", equalTo("reference_rate_not_entitled: 403"))
                .body("authority", equalTo("direct_source"))
                .body("age_seconds", lessThan(4_500))
                .body("price", greaterThan(100.0));
        get("/api/reference-rates?asset=sol_usdc").body("asset", equalTo("sol")).body("price", greaterThan(10.0));
        get("/api/volume-24h?currency=BTC")
                .body("volume_usd", greaterThan(0.0))
                .body("state", equalTo("ok"))
                .body("age_seconds", lessThan(4_500))
                .body("contract_volume", greaterThan(0.0))
                .body("counted", greaterThan(100));
        given().get("/api/reference-rates?asset=doge").then().statusCode(400).body("errors[0].field", equalTo("asset"));
    }

    @Test
    void anEmptyAnswerIsNoPayloadAndLeavesWhatStood() {
        String body = "{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":[\"gex\"]}";
        capture(body).body("snapshots[0].status", equalTo("ok"));
        house.fault(
                "{\"vendor\":\"amberdata\",\"kind\":\"garbage\",\"body\":\"{\\\"status\\\":200,\\\"payload\\\":{\\\"data\\\":[]}}\"}");
        capture(body).body("status", equalTo("partial_error")).body("snapshots[0].status", equalTo("no_payload"));
        get("/api/snapshots/gex/BTC/2024-04-01?limit=10000").body("rows", hasSize(912));
    }

    @Test
    void aThinHoursPriceLikeVolsAreSuspicious() throws Exception {
        JsonNode recording = new ObjectMapper()
                .readTree(MarketDataTest.class.getResource(
                        "/recorded/amberdata/mstr-delta-surface-floating-2024-11-29.json"));
        List<SnapshotRow> points = SurfacePoints.read(
                        recording.path("payload").path("data").valueStream().toList(), 1)
                .rows();
        Instant thinHour = Instant.parse("2024-11-29T18:00:00Z");
        List<SnapshotRow> caught =
                points.stream().filter(p -> p.suspicious() != null).toList();
        assertTrue(points.size() > 700, "the recording was read");
        assertEquals(
                points.stream()
                        .filter(p -> p.sourceTimestamp().equals(thinHour))
                        .toList(),
                caught,
                "every point of the thin hour and no other");
        assertEquals(
                2,
                caught.stream()
                        .filter(p -> p.suspicious().equals("price_like_vols"))
                        .map(p -> p.values().getFirst())
                        .distinct()
                        .count(),
                "the two expiries whose vols are prices");
    }

    @Test
    void backfillIsDryFirstThenFillsTheRangeAndRefusesWhatIsNotSafe() {
        String range =
                "{\"from\":\"2026-10-01\",\"to\":\"2026-10-03\",\"types\":[\"vol_metrics\",\"spot\"],\"currencies\":[\"BTC\"]%s}";
        admin().body(range.formatted(""))
                .post("/api/admin/snapshot/backfill")
                .then()
                .body("dry_run", equalTo(true))
                .body("tasks", is(6));
        get("/api/snapshots/coverage?from=2026-10-01&to=2026-10-03")
                .body("cells.status.unique()", equalTo(List.of("missing")));
        admin().body(range.formatted(",\"dry_run\":false"))
                .post("/api/admin/snapshot/backfill")
                .then()
                .statusCode(200)
                .body("by_status.ok", is(6))
                .body("already_stored", is(0));
        admin().body(range.formatted(",\"dry_run\":false"))
                .post("/api/admin/snapshot/backfill")
                .then()
                .body("already_stored", is(6));
        admin().body("{\"from\":\"2026-10-01\",\"to\":\"2026-10-03\",\"types\":[\"oi\"]}")
                .post("/api/admin/snapshot/backfill")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("types"))
                .body("errors[0].message", containsString("as-of-safe"));

        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(
                        "{\"currency\":\"BTC\",\"tolerance_seconds\":5400,\"instants\":[\"2026-10-02T10:30:00Z\",\"2026-10-02T10:59:59Z\"]}")
                .post("/internal/market-context")
                .then()
                .statusCode(200)
                .body("states", hasSize(1))
                .body("states[0][0]", equalTo("2026-10-02T10:00:00Z"))
                .body("nearest", equalTo(List.of(0, 0)));
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body("{\"currency\":\"BTC\",\"instants\":[\"2026-10-02T10:31:00Z\",\"2026-10-02T10:30:00Z\"]}")
                .post("/internal/market-context")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("instants"));
    }

    @Test
    void quotesOfAContractAreAskedOfTheVendorOnce() {
        String body = """
                {"windows":[{"symbol":"MSTR  261218C00300000","from":"2026-11-18T15:00:00Z","to":"2026-11-18T15:20:00Z"},
                            {"symbol":"MSTR261218C00300000","from":"2026-11-21T15:00:00Z","to":"2026-11-21T15:20:00Z"}]}""";
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(body)
                .post("/internal/quotes/lookup")
                .then()
                .statusCode(200)
                .body("windows[0].quotes", not(hasSize(0)))
                .body("windows[0].quotes[0].raw_id", notNullValue())
                .body("windows[0].failure", nullValue())
                .body("windows[1].quotes", hasSize(0));
        int asked = house.requests();
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(body)
                .post("/internal/quotes/lookup")
                .then()
                .statusCode(200);
        assertEquals(asked, house.requests());
    }

    @Test
    void sharesArePricedOnTheSurfaceOfTheirHourWhichIsAskedOnceADay() {
        String body = """
                {"contracts":[{"symbol":"MSTR  261218C00300000","at":"2026-11-18T15:20:00Z"},
                              {"symbol":"MSTR  261218P00300000","at":"2026-11-18T16:59:59Z"},
                              {"symbol":"MSTR  261218C00300000","at":"2026-11-21T15:20:00Z"},
                              {"symbol":"MSTR  261218C09000000","at":"2026-11-18T15:20:00Z"},
                              {"symbol":"MSTR1 261218C00300000","at":"2026-11-18T15:20:00Z"}]}""";
        ValidatableResponse first = given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(body)
                .post("/internal/model-marks/lookup")
                .then()
                .statusCode(200)
                .body("marks[0].failure", nullValue())
                .body("marks[0].surface_at", equalTo("2026-11-18T15:00:00Z"))
                .body("marks[0].raw_id", notNullValue())
                .body("marks[1].surface_at", equalTo("2026-11-18T16:00:00Z"))
                .body("marks[2].price", nullValue())
                .body("marks[2].failure", equalTo("no_surface_at_hour"))
                .body("marks[3].failure", equalTo("strike_outside_surface"))
                .body("marks[4].failure", equalTo("adjusted_contract"));
        int asked = house.requests();
        assertEquals(
                first.extract().asString(),
                given().header("x-admin-secret", "test-secret")
                        .contentType("application/json")
                        .body(body)
                        .post("/internal/model-marks/lookup")
                        .asString());
        assertEquals(asked, house.requests(), "the archive answers");
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body("{\"contracts\":[{\"symbol\":\"MSTR\",\"at\":\"2026-11-18T15:20:00Z\"}]}")
                .post("/internal/model-marks/lookup")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("contracts.symbol"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"target_date\":\"yesterday\"}|target_date",
                "{\"target_date\":\"2999-01-01\"}|target_date",
                "{\"types\":[\"gax\"]}|types[0]",
                "{\"currencies\":[\"DOGE\"]}|currencies[0]",
                "{\"kind\":1}|kind"
            })
    void badInputIsRefusedByField(String body, String field) {
        capture(body).statusCode(400).body("errors[0].field", equalTo(field));
    }

    @Test
    void captureNeedsTheSecret() {
        given().contentType("application/json")
                .body("{}")
                .post("/api/admin/snapshot")
                .then()
                .statusCode(401);
        get("/api/snapshots/status").body("items.status", everyItem(equalTo("missing")));
    }
}

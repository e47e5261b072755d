package io.voldesk.snapshot;

import static io.voldesk.snapshot.SnapshotHouse.capture;
import static io.voldesk.snapshot.SnapshotHouse.get;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Surface, probability and vol figures: each of one moment, judged by its age when asked, and by how much it stands on. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class VolFiguresTest {
    private static final String RECORDED = "{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"]}";
    private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void freshStore() {
        new SnapshotHouse(sandbox, jdbi).fresh();
    }

    private static JsonPath json(String path) {
        return get(path).extract().jsonPath();
    }

    /** The recorded day; figures computed outside from the recording. */
    @Test
    void theRecordedDayHasOneNumberOnEveryRoute() {
        capture(RECORDED).body("status", equalTo("ok"));
        JsonPath overview = json("/api/analytics/overview?currency=BTC&date=2024-04-01");
        JsonPath term = json("/api/analytics/term-structure?currency=BTC&date=2024-04-01");
        JsonPath thresholds = json("/api/analytics/thresholds?currency=BTC&date=2024-04-01");
        double atm30 = overview.getDouble("atm_iv30.value");
        assertEquals(0.72828, atm30, 1e-5);
        assertEquals(0.66391, overview.getDouble("atm_iv7.value"), 1e-5);
        assertEquals(atm30, term.getDouble("constant.find { it.days == 30 }.atm_iv.value"));
        assertEquals(
                overview.getDouble("atm_iv7.value"), term.getDouble("constant.find { it.days == 7 }.atm_iv.value"));
        assertEquals(0.72414, overview.getDouble("vendor_atm_iv30.value"), 1e-5);
        assertEquals(0.65261, overview.getDouble("vendor_atm_iv7.value"), 1e-5);
        double rv30 = overview.getDouble("rv30.value");
        assertEquals("hourly_close_to_close", overview.getString("rv_method"));
        assertEquals(atm30 - rv30, overview.getDouble("vrp.value"), 1e-15);
        assertEquals(atm30 * atm30 - rv30 * rv30, overview.getDouble("variance_premium.value"), 1e-15);
        assertEquals(
                overview.getDouble("vrp.value"), thresholds.getDouble("metrics.find { it.metric == 'vrp' }.now.value"));
        assertEquals("unavailable", overview.getString("vrp_rank.state"));
        assertEquals("fewer_than_30_independent_observations", overview.getString("vrp_rank.reason"));
        assertEquals(1, overview.getInt("vrp_rank.sample.independent_n"));
        assertEquals(term.getString("surface_timestamp"), overview.getString("atm_iv30.as_of"));
        assertEquals(overview.getString("atm_iv30.as_of"), overview.getString("risk_reversal25.as_of"));
    }

    @Test
    void theRecordedDaysProbabilitiesAreOfOneDensity() {
        capture(RECORDED);
        get("/api/probability/touch?currency=BTC&dte=30&date=2024-04-01")
                .body("state", equalTo("ok"))
                .body("asked", equalTo("2024-04-01T23:59:59Z"))
                .body("horizon", equalTo("2024-05-01T23:59:59Z"))
                .body("surface_timestamp", equalTo("2024-04-01T23:00:00Z"))
                .body("years", closeTo((30 + 3_599.0 / 86_400) / 365, 1e-9))
                .body("age_seconds", is(3_599))
                .body("density_quality.fit_source", equalTo("delta_surface"))
                .body("density_quality.weights", equalTo("equal"))
                .body("levels[0].finish_beyond_probability", closeTo(0.0503, 5e-4))
                .body("levels[0].touch_probability", closeTo(0.126, 2e-3))
                .body("levels[0].extrapolated", equalTo(true));
        get("/api/probability/touch?currency=BTC&dte=30&date=2024-04-01&levels=1,69753")
                .body("levels[0].extrapolated", equalTo(true))
                .body("levels[1].extrapolated", equalTo(false));
        get("/api/probability/conditional?currency=BTC&dte=30&date=2024-04-01")
                .body("magnet_repeller.state", equalTo("unavailable"))
                .body("magnet_repeller.reason", equalTo("inputs_apart"))
                .body("magnet_repeller.as_of", equalTo("2024-04-01T00:00:00Z"));
    }

    /** 80,000 call of 26 April: fair value less bid is about half the spread; the day's spot move is no merit of it. */
    @Test
    void candidatesAreWeighedUnderTheDensityOfTheirOwnChain() {
        capture(RECORDED);
        JsonPath screen = json("/api/probability/candidates?currency=BTC&dte=25&date=2024-04-01");
        assertEquals("ok", screen.getString("state"), screen.getString("density_quality"));
        assertEquals("stored", screen.getString("chain_source"));
        assertEquals("2024-04-01T00:00:00Z", screen.getString("chain_timestamp"));
        assertEquals(screen.getString("chain_timestamp"), screen.getString("surface_timestamp"));
        assertEquals("chain", screen.getString("density_quality.fit_source"));
        assertEquals("vega_over_spread", screen.getString("density_quality.weights"));
        assertTrue(screen.getString("expected_value_measure").startsWith("under_implied_measure"));
        Map<String, Object> call = screen.getMap(
                "candidates.find { it.structure == 'covered_call' && it.legs[0] == 'BTC-26APR24-80000-C' }");
        double halfSpread = jdbi.withHandle(h -> h.createQuery(
                        "select (ask - bid) / 2 * underlying_price from oi_snapshots where instrument = 'BTC-26APR24-80000-C'")
                .mapTo(Double.class)
                .one());
        assertEquals(-41, (double) call.get("expected_value_usd"), halfSpread);
        assertEquals(0.272, (double) call.get("probability_in_the_money"), 0.003);
        List<Map<String, Object>> all = screen.getList("candidates");
        for (Map<String, Object> one : all) {
            assertTrue(
                    (double) one.get("probability_touch") >= (double) one.get("probability_in_the_money"),
                    one.toString());
            assertTrue(Math.abs((double) one.get("expected_value_usd")) < 250, one.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analytics/surface",
                "/api/analytics/term-structure",
                "/api/analytics/overview",
                "/api/analytics/thresholds",
                "/api/analytics/spot-vol",
                "/api/analytics/smile-tracking",
                "/api/analytics/regime",
                "/api/analytics/realised-vol",
                "/api/probability/density",
                "/api/probability/conditional",
                "/api/probability/touch",
                "/api/probability/candidates"
            })
    void twoYearsLaterTheDayIsMissingOnEveryRoute(String route) {
        capture(RECORDED);
        JsonPath later = json(route + "?currency=BTC&date=2026-04-30");
        assertEquals("missing", later.getString("state"));
        assertEquals("2026-04-30T23:59:59Z", later.getString("asked"));
        assertTrue(!later.prettify().contains("\"ok\""), later.prettify());
        for (String content :
                List.of("slices", "listed", "constant", "points", "quantiles", "sides", "levels", "candidates")) {
            List<Object> found = later.getList(content);
            assertTrue(found == null || found.isEmpty(), content);
        }
        String nothingYet = json(route + "?currency=BTC&date=2024-03-31").getString("state");
        assertEquals("missing", nothingYet, "nothing later answers for an earlier day");
        JsonPath stale = json(route + "?currency=BTC&date=2024-04-03");
        assertEquals("stale", stale.getString("state"));
        assertTrue(stale.getLong("age_seconds") > 36 * 3_600, stale.prettify());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "ETH", "SOL"})
    void massesQuantilesAndTouchesOfADayAgree(String currency) {
        capture("{}");
        for (int dte : new int[] {1, 7, 30, 90}) {
            String query = "?currency=" + currency + "&dte=" + dte + "&date=" + YESTERDAY;
            JsonPath density = json("/api/probability/density" + query);
            assertTrue(List.of("ok", "degraded").contains(density.getString("state")), density.prettify());
            JsonPath conditional = json("/api/probability/conditional" + query);
            Map<String, Float> masses = new java.util.HashMap<>();
            assertEquals(
                    "ok", conditional.getString("magnet_repeller.state"), conditional.getString("magnet_repeller"));
            for (String sides : List.of("sides", "magnet_repeller.sides")) {
                conditional
                        .<Map<String, Object>>getList(sides)
                        .forEach(side ->
                                masses.put((String) side.get("side"), ((Number) side.get("mass")).floatValue()));
                assertEquals(1, masses.get("inside_band") + masses.get("below_band") + masses.get("above_band"), 1e-6);
            }
            assertEquals(1, masses.get("below_spot") + masses.get("above_spot"), 1e-6);
            double median = density.getDouble("quantiles.find { it.probability == 0.5 }.price");
            JsonPath atMedian = json("/api/probability/touch" + query + "&levels=" + median);
            assertEquals(0.5, atMedian.getDouble("levels[0].finish_beyond_probability"), 1e-9);
            JsonPath touch = json("/api/probability/touch" + query);
            for (Map<String, Object> level : touch.<Map<String, Object>>getList("levels")) {
                assertTrue(
                        (double) level.get("touch_probability") >= (double) level.get("finish_beyond_probability"),
                        level.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "SOL"})
    void withoutADateTheVendorsChainOfThisHourIsScreened(String currency) {
        JsonPath screen = json("/api/probability/candidates?currency=" + currency + "&dte=30");
        assertEquals("live", screen.getString("chain_source"));
        assertTrue(screen.getLong("age_seconds") < 3_600 + 300, screen.prettify());
        assertEquals(
                currency.equals("SOL") ? "usd" : "coin",
                screen.getString("candidates[0].premium_unit"),
                screen.prettify());
        for (Map<String, Object> one : screen.<Map<String, Object>>getList("candidates")) {
            Double yield = (Double) one.get("premium_yield_pct");
            assertTrue(yield == null || yield < 30, one.toString());
        }
    }

    // ------------------------------------------------------------------ hours that a test makes up

    private static final Instant END = Instant.parse("2025-06-30T23:00:00Z");

    private record Made(
            int hours,
            IntToDoubleFunction spot,
            IntToDoubleFunction atm,
            IntToDoubleFunction slope,
            IntToDoubleFunction gex) {}

    /** The last hour is END; functions are of the hour's number from 0. */
    private void store(Made made) {
        jdbi.useHandle(handle -> {
            var spots = handle.prepareBatch(
                    "insert into spot_snapshots values ('BTC', :at::timestamptz::date, :at, :spot, null, 1)");
            var vols = handle.prepareBatch("""
                    insert into vol_metrics_snapshots (currency, snapshot_date, source_timestamp, rv_7, rv_30, raw_id)
                    values ('BTC', :at::timestamptz::date, :at, 0.4, 0.4, 1)""");
            var surfaces = handle.prepareBatch("""
                    insert into surface_hourly (currency, hour, snapshot_date, atm_7, atm_30, risk_reversal_25, butterfly_25, skew_slope)
                    values ('BTC', :at, :at::timestamptz::date, :atm, :atm, 0, 0, :slope)""");
            var gex = handle.prepareBatch("""
                    insert into gex_hourly (currency, hour, snapshot_date, spot, net_gex, call_gex, put_gex, instruments, raw_id,
                      rounding_band, by_mark_vol, by_surface_vol, by_open_interest, left_out)
                    values ('BTC', :at, :at::timestamptz::date, 1, :gex, 0, 0, 1, 1, 0, 1, 0, 0, 0)""");
            for (int i = 0; i < made.hours(); i++) {
                Instant at = END.minus(Duration.ofHours(made.hours() - 1L - i));
                spots.bind("at", at).bind("spot", made.spot().applyAsDouble(i)).add();
                vols.bind("at", at).add();
                surfaces.bind("at", at)
                        .bind("atm", made.atm().applyAsDouble(i))
                        .bind("slope", made.slope().applyAsDouble(i))
                        .add();
                gex.bind("at", at).bind("gex", made.gex().applyAsDouble(i)).add();
            }
            List.of(spots, vols, surfaces, gex).forEach(batch -> batch.execute());
        });
    }

    private static IntToDoubleFunction walk(double start, double step, long seed, int n) {
        Random random = new Random(seed);
        double[] values = new double[n];
        values[0] = start;
        for (int i = 1; i < n; i++) {
            values[i] = values[i - 1] * Math.exp(step * random.nextGaussian());
        }
        return i -> values[i];
    }

    @Test
    void aFrozenSpotHasNoSpotVolAndNoStickiness() {
        int n = 31 * 24;
        store(new Made(n, i -> 60_000, walk(0.6, 0.01, 1, n), i -> -0.2, walk(5e6, 0.1, 2, n)));
        get("/api/analytics/spot-vol?currency=BTC&date=2025-06-30")
                .body("state", equalTo("ok"))
                .body("windows.beta", everyItem(nullValue()))
                .body("windows[0].reason", equalTo("no_variation"))
                .body("windows[1].reason", equalTo("no_variation"));
        get("/api/analytics/smile-tracking?currency=BTC&date=2025-06-30")
                .body("skew_stickiness_ratio.value", nullValue())
                .body("skew_stickiness_ratio.reason", equalTo("no_variation"))
                .body("spot_vol_beta.reason", equalTo("no_variation"))
                .body("skew_slope.value", closeTo(-0.2, 1e-15))
                .body("fixed_strike_change.reason", equalTo("no_surface_snapshot"));
    }

    @Test
    void aFrozenVolLikewise() {
        int n = 31 * 24;
        store(new Made(n, walk(60_000, 0.005, 3, n), i -> 0.6, i -> -0.2, walk(5e6, 0.1, 4, n)));
        get("/api/analytics/spot-vol?currency=BTC&date=2025-06-30")
                .body("windows.beta", everyItem(nullValue()))
                .body("windows[0].reason", equalTo("no_variation"));
        get("/api/analytics/smile-tracking?currency=BTC&date=2025-06-30")
                .body("skew_stickiness_ratio.value", nullValue())
                .body("skew_stickiness_ratio.reason", equalTo("no_variation"));
    }

    /** Vol that moves by 1.4 of what its own slope of the hour before would give sticks by 1.4, however the slope changes. */
    @Test
    void stickinessIsMeasuredHourByHour() {
        int n = 90 * 24;
        IntToDoubleFunction spot = walk(60_000, 0.004, 5, n);
        IntToDoubleFunction slope = i -> -0.2 - 0.15 * Math.sin(i / 50.0);
        double[] atm = new double[n];
        atm[0] = 0.6;
        for (int i = 1; i < n; i++) {
            atm[i] = atm[i - 1]
                    + 1.4 * slope.applyAsDouble(i - 1) * Math.log(spot.applyAsDouble(i) / spot.applyAsDouble(i - 1));
        }
        store(new Made(n, spot, i -> atm[i], slope, walk(5e6, 0.1, 6, n)));
        get("/api/analytics/smile-tracking?currency=BTC&date=2025-06-30")
                .body("skew_stickiness_ratio.state", equalTo("ok"))
                .body("skew_stickiness_ratio.value", closeTo(1.4, 1e-9))
                .body("windows.days", equalTo(List.of(7, 30, 90)))
                .body("windows.ratio", everyItem(closeTo(1.4, 1e-9)))
                .body("windows[2].sample.n", is(n - 1))
                .body("windows[2].sample.independent_n", is(n - 1));
        get("/api/analytics/thresholds?currency=BTC&date=2025-06-30")
                .body("state", equalTo("ok"))
                .body("metrics.find { it.metric == 'vrp' }.state", equalTo("ok"))
                .body("metrics.find { it.metric == 'vrp' }.now.value", closeTo(atm[n - 1] - 0.4, 1e-12))
                .body("metrics.find { it.metric == 'vrp' }.rank", notNullValue())
                .body("metrics.find { it.metric == 'vrp' }.sample.n", is(2_160))
                .body("metrics.find { it.metric == 'vrp' }.sample.coverage", is(1.0))
                .body("metrics.find { it.metric == 'vrp' }.sample.independent_n", is(90));
    }

    @Test
    void aShortHistoryHasNoRankAndHalfOfOneIsDegraded() {
        int n = 45 * 24;
        store(new Made(n, walk(6e4, 0.004, 7, n), walk(0.6, 0.01, 8, n), i -> -0.2, walk(5e6, 0.1, 9, n)));
        get("/api/analytics/thresholds?currency=BTC&date=2025-06-30")
                .body("metrics.find { it.metric == 'vrp' }.state", equalTo("degraded"))
                .body("metrics.find { it.metric == 'vrp' }.reason", equalTo("coverage_below_80_percent"))
                .body("metrics.find { it.metric == 'vrp' }.sample.coverage", is(0.5))
                .body("metrics.find { it.metric == 'vrp' }.rank", notNullValue());
        get("/api/analytics/thresholds?currency=BTC&date=2025-06-13")
                .body("metrics.find { it.metric == 'vrp' }.now.state", equalTo("ok"))
                .body("metrics.find { it.metric == 'vrp' }.state", equalTo("unavailable"))
                .body("metrics.find { it.metric == 'vrp' }.reason", equalTo("fewer_than_30_independent_observations"))
                .body("metrics.find { it.metric == 'vrp' }.rank", nullValue())
                .body("metrics.find { it.metric == 'vrp' }.percentiles", empty());
        get("/api/analytics/overview?currency=BTC&date=2025-07-03")
                .body("state", equalTo("stale"))
                .body("atm_iv30.state", equalTo("stale"))
                .body("atm_iv30.last_value", notNullValue())
                .body("atm_iv30.value", nullValue())
                .body("vrp_rank.value", nullValue());
    }

    @Test
    void aDegenerateSeriesLeavesTheOtherItsVerdict() {
        int n = 40 * 24;
        for (IntToDoubleFunction gex : List.<IntToDoubleFunction>of(
                i -> i == 0 ? 14.1e6 : 12.5e6, i -> i == n - 1 ? 6 : 5, i -> i % 2, i -> 7)) {
            freshStore();
            Random random = new Random(10);
            double[] vol = new double[n];
            for (int i = 1; i < n; i++) {
                vol[i] = 0.5 * vol[i - 1] + random.nextGaussian() * 0.01;
            }
            store(new Made(n, walk(6e4, 0.004, 11, n), i -> 0.6 + vol[i], i -> -0.2, gex));
            get("/api/analytics/regime?currency=BTC&date=2025-06-30")
                    .body("series[0].series", equalTo("net_gex"))
                    .body("series[0].verdict", nullValue())
                    .body("series[0].reason", equalTo("no_variation"))
                    .body("series[1].series", equalTo("vrp"))
                    .body("series[1].verdict", equalTo("stationary"))
                    .body("series[1].sample.n", is(n))
                    .body("series[1].sample.independent_n", is(40))
                    .body("series[1].state", equalTo("degraded"))
                    .body("series[1].tests", hasSize(2))
                    .body("series[1].tests.statistic", not(hasItem(nullValue())));
        }
    }

    /** Hours on either side of a gap are no neighbours. */
    @Test
    void onlyTheLongestRunWithoutAGapIsTested() {
        int n = 80 * 24;
        store(new Made(n, walk(6e4, 0.004, 12, n), walk(0.6, 0.02, 13, n), i -> -0.2, walk(5e6, 0.1, 14, n)));
        Instant hole = END.minus(50, ChronoUnit.DAYS);
        jdbi.useHandle(h -> h.execute("delete from gex_hourly where hour = ?", hole));
        get("/api/analytics/regime?currency=BTC&date=2025-06-30")
                .body("series[0].from", equalTo(hole.plus(1, ChronoUnit.HOURS).toString()))
                .body("series[0].to", equalTo(END.toString()))
                .body("series[0].sample.n", is(50 * 24))
                .body("series[1].sample.n", is(n));
        jdbi.useHandle(h -> h.execute(
                "delete from gex_hourly where hour in (?, ?)",
                END.minus(25, ChronoUnit.DAYS),
                END.minus(75, ChronoUnit.DAYS)));
        get("/api/analytics/regime?currency=BTC&date=2025-06-30")
                .body("series[0].verdict", nullValue())
                .body("series[0].reason", equalTo("fewer_than_30_independent_observations"));
    }

    @Test
    void realisedVolsStandBesideTheVendorsOfTheSameHour() {
        int n = 40 * 24;
        store(new Made(n, walk(6e4, 0.004, 15, n), i -> 0.6, i -> -0.2, i -> 1));
        get("/api/analytics/realised-vol?currency=BTC&date=2025-06-30")
                .body("state", equalTo("ok"))
                .body("as_of", equalTo(END.toString()))
                .body("windows.days", equalTo(List.of(7, 14, 30, 90)))
                .body("windows[2].estimates", hasSize(6))
                .body("windows[2].estimates.state", everyItem(equalTo("ok")))
                .body("windows[2].estimates[0].value", closeTo(0.004 * Math.sqrt(8_760), 0.03))
                .body("windows[3].estimates[0].state", equalTo("degraded"))
                .body("vendor.method", equalTo("hourly_close_to_close"))
                .body("vendor.rv30.value", is(0.4))
                .body("vendor.rv30.as_of", equalTo(END.toString()));
    }
}

package io.voldesk.snapshot.gex;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gamma of the recorded hour against sums written out here over the raw recording: a second method, without the kernel. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class RecordedGammaTest {
    private static final String DAY = "{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":%s}";
    private static final double SPOT = 71_291.17;
    private static final DateTimeFormatter HUMAN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss SSS");

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    GammaExposure exposure;

    @BeforeEach
    void freshStore() {
        given().delete(sandbox + "/control/faults").then().statusCode(204);
        jdbi.useHandle(handle -> handle.execute("""
                truncate snapshot, snapshot_run, gex_snapshots, gex_hourly, iv_surface_snapshots, surface_hourly,
                  vol_metrics_snapshots, spot_snapshots, oi_snapshots, remediation_event, raw_payload"""));
    }

    private static void capture(String types) {
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(DAY.formatted(types))
                .post("/api/admin/snapshot")
                .then()
                .statusCode(200);
    }

    private static JsonPath get(String path) {
        String body = given().get(path).then().statusCode(200).extract().asString();
        return JsonPath.from(body).using(new JsonPathConfig(JsonPathConfig.NumberReturnType.DOUBLE));
    }

    private record Row(double strike, double years, double inventory, double vol, double carry, double vendor) {
        /** Σ inventory × Γ × S² × 0.01, Γ = n(d1) ÷ (F·σ·√T) × F/S. */
        double gex(double spot) {
            double forward = spot * carry;
            double deviation = vol * Math.sqrt(years);
            double d1 = Math.log(forward / strike) / deviation + deviation / 2;
            double density = Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
            return inventory * density / (forward * deviation) * carry * spot * spot * 0.01;
        }
    }

    private static JsonNode recording(String name) throws IOException {
        return new ObjectMapper()
                .readTree(RecordedGammaTest.class.getResource("/recorded/amberdata/" + name))
                .path("payload")
                .path("data");
    }

    private static List<Row> rows() throws IOException {
        Map<String, JsonNode> quotes = new HashMap<>();
        for (JsonNode quote : recording("btc-level-1-quotes-2024-04-01.json")) {
            quotes.put(quote.path("instrumentNormalized").asText(), quote);
        }
        return recording("btc-gamma-exposures-2024-04-01.json")
                .valueStream()
                .map(row -> row(row, quotes.get(row.path("instrumentNormalized").asText())))
                .toList();
    }

    private static Row row(JsonNode row, JsonNode quote) {
        double index = row.path("indexPrice").asDouble();
        return new Row(
                row.path("strike").asDouble(),
                (instant(row, "expirationTimestamp").getEpochSecond()
                                - instant(row, "snapshotTimestamp").getEpochSecond())
                        / (365 * 86_400.0),
                row.path("dealerTotalInventory").asDouble(),
                quote.path("markIv").asDouble() / 100,
                quote.path("underlyingPrice").asDouble() / SPOT,
                row.path("gammaLevel").asDouble() * index * index * 0.01);
    }

    private static Instant instant(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isNumber()
                ? Instant.ofEpochMilli(value.asLong())
                : value.asText().contains("T")
                        ? Instant.parse(value.asText())
                        : LocalDateTime.parse(value.asText(), HUMAN).toInstant(ZoneOffset.UTC);
    }

    private static double net(List<Row> rows, double spot) {
        return rows.stream().mapToDouble(row -> row.gex(spot)).sum();
    }

    @Test
    void everyRouteSaysWhatTheRawRowsSumTo() throws IOException {
        capture("[\"iv_surface\",\"spot\",\"oi\",\"gex\"]");
        List<Row> rows = rows();
        assertEquals(912, rows.size());
        double net = net(rows, SPOT);
        assertEquals(-105_824, net, 1, "known from an independent computation in another language");

        JsonPath profile = get("/api/analytics/gamma-profile?currency=BTC&date=2024-04-01");
        JsonPath flow = get("/api/flow/gex?currency=BTC&from=2024-04-01&to=2024-04-01");
        GammaHour hour =
                exposure.latest("BTC", Instant.parse("2024-04-01T23:59:59Z")).orElseThrow();
        double stored = jdbi.withHandle(handle -> handle.createQuery(
                        "select net_gex from market_state('BTC', '2024-04-01T00:00Z', '2024-04-01T00:00Z')")
                .mapTo(Double.class)
                .one());
        for (double served :
                new double[] {profile.getDouble("net_gex"), flow.getDouble("points[0].net_gex"), hour.net(), stored}) {
            assertEquals(net, served, 1e-6 * Math.abs(net));
        }
        double vendor = rows.stream().mapToDouble(Row::vendor).sum();
        assertEquals(452_344.748, vendor, 1e-3, "the vendor's own, on the recording");
        assertEquals(vendor, profile.getDouble("vendor_net_gex"), 1e-6);
        assertEquals(vendor, flow.getDouble("points[0].vendor_net_gex"), 1e-6);

        // one deviation of a rounding error uniform over 1e-5
        double band = 1e-5
                / Math.sqrt(12)
                * SPOT
                * SPOT
                * 0.01
                * Math.sqrt(rows.stream()
                        .mapToDouble(row -> row.inventory() * row.inventory())
                        .sum());
        assertTrue(band > 2.3e6 && band < 2.4e6, () -> "band " + band);
        assertEquals(band, profile.getDouble("rounding_band"), 1e-6 * band);
        assertEquals(band, flow.getDouble("points[0].rounding_band"), 1e-6 * band);

        assertEquals(
                "undetermined",
                profile.getString("regime"),
                "the net lies within the band, no crossing within a daily deviation");
        assertEquals("undetermined", flow.getString("points[0].regime"));
        List<Double> flips = hour.flips();
        assertEquals(1, flips.size());
        assertEquals(76_521, flips.getFirst(), 1);
        assertEquals(0, net(rows, flips.getFirst()), 1, "the raw rows change their sign there");
        assertEquals(flips.getFirst(), profile.getDouble("nearest_flip"), 1e-6);
        assertEquals(flips.getFirst(), flow.getDouble("points[0].flip"), 1e-6);

        assertEquals(912, profile.getInt("instruments"));
        assertEquals(912, profile.getInt("by_mark_vol"));
        assertEquals(0, profile.getInt("left_out"));
        assertEquals("ok", profile.getString("state"));
        assertEquals(86_399, profile.getInt("age_seconds"));
    }

    @Test
    void levelsStandOnUnroundedGamma() throws IOException {
        capture("[\"iv_surface\",\"oi\",\"gex\"]");
        Map<Double, Double> byStrike = rows().stream()
                .collect(Collectors.groupingBy(
                        Row::strike, TreeMap::new, Collectors.summingDouble(row -> row.gex(SPOT))));
        GammaHour hour =
                exposure.latest("BTC", Instant.parse("2024-04-01T23:59:59Z")).orElseThrow();
        hour.byStrike()
                .forEach(level ->
                        assertEquals(byStrike.get(level.strike()), level.gex(), 1e-9 * Math.abs(level.gex()) + 1e-6));
        assertTrue(byStrike.get(50_000.0) > 0, "the rounded gamma says −1.12 M");
        List<Double> repellers = GexResource.strongest(hour).stream()
                .filter(level -> level.kind().equals("repeller"))
                .map(GexResource.Level::strike)
                .toList();
        List<Double> expected = byStrike.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(5)
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(expected, repellers);
        assertTrue(repellers.contains(68_000.0) && !repellers.contains(60_000.0), repellers::toString);
    }

    /** Without a chain the surface of the hour prices what it lists; when the chain comes later, the day is derived again. */
    @Test
    void aChainThatComesLaterIsTakenIn() {
        capture("[\"iv_surface\",\"gex\"]");
        JsonPath before = get("/api/analytics/gamma-profile?currency=BTC&date=2024-04-01");
        assertEquals(0, before.getInt("by_mark_vol"));
        assertTrue(before.getInt("by_surface_vol") > 800);
        double stored =
                get("/api/flow/gex?currency=BTC&from=2024-04-01&to=2024-04-01").getDouble("points[0].net_gex");
        assertEquals(before.getDouble("net_gex"), stored, 1e-6 * Math.abs(stored));
        capture("[\"oi\"]");
        JsonPath flow = get("/api/flow/gex?currency=BTC&from=2024-04-01&to=2024-04-01");
        assertEquals(-105_824, flow.getDouble("points[0].net_gex"), 1);
    }

    @Test
    void anOldHourIsStaleAndThenGone() {
        capture("[\"iv_surface\",\"oi\",\"gex\"]");
        JsonPath stale = get("/api/analytics/gamma-profile?currency=BTC&date=2024-04-03");
        assertEquals("stale", stale.getString("state"));
        assertEquals("older_than_36_hours", stale.getString("reason"));
        assertEquals(121, stale.getList("profile").size());
        JsonPath gone = get("/api/analytics/gamma-profile?currency=BTC&date=2024-04-09");
        assertEquals("missing", gone.getString("state"));
        assertEquals("older_than_7_days", gone.getString("reason"));
        assertEquals("2024-04-01T00:00:00Z", gone.getString("as_of"));
        assertEquals(0, gone.getList("profile").size());
        assertNull(gone.get("net_gex"));
    }
}

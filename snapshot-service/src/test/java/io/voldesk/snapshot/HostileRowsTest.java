package io.voldesk.snapshot;

import static io.voldesk.snapshot.SnapshotHouse.capture;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded answers with one value of a row replaced by a hostile one, every field by every value: the other rows are stored as
 * without it, the row itself is rejected with its place or stored with all its other values, and no capture fails.
 */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class HostileRowsTest {
    private static final long SEED = 20_240_401;

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

    private JsonNode captured(String type, String path, String body) throws IOException {
        ObjectNode fault = HostileValues.JSON.createObjectNode();
        fault.put("vendor", "amberdata")
                .put("kind", "garbage")
                .put("path", path)
                .put("times", -1);
        fault.put("body", body);
        house.noFaults();
        house.fault(HostileValues.JSON.writeValueAsString(fault));
        return HostileValues.JSON
                .readTree(capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":[\"%s\"]}"
                                .formatted(type))
                        .statusCode(200)
                        .body("snapshots[0].status", oneOf("ok", "suspicious"))
                        .extract()
                        .asString())
                .path("snapshots")
                .path(0);
    }

    /** The stored rows by what they are of, without the number of the archived answer. */
    private Map<String, String> stored(String table, String key) {
        Map<String, String> rows = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select %s, (to_jsonb(t) - 'raw_id')::text from %s t order by 1, 2".formatted(key, table))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(row -> rows.merge(row.getKey(), row.getValue(), (one, other) -> one + "\n" + other)));
        return rows;
    }

    /** Of a vendor row, as {@code key} gives it for a stored one. */
    private static String key(JsonNode row, String time, String name) {
        JsonNode at = row.path(time);
        String of = name == null ? "" : row.path(name).asText();
        return when(at) + "|" + (name != null && name.endsWith("Timestamp") ? when(row.path(name)) : of);
    }

    /** Epoch seconds; the vendor writes a time as milliseconds, in ISO 8601, or with spaces and three digits of milliseconds. */
    private static long when(JsonNode at) {
        return at.isNumber()
                ? at.asLong() / 1000
                : Instant.parse(at.asText().replaceFirst("^(\\S+) (\\S+) (\\d{3})$", "$1T$2.$3Z"))
                        .getEpochSecond();
    }

    @ParameterizedTest(name = "{0} of {2}")
    @CsvSource({
        "gex,gamma-exposures,btc-gamma-exposures-2024-04-01.json,snapshotTimestamp,instrumentNormalized,gex_snapshots,instrument",
        "oi,level-1-quotes,btc-level-1-quotes-2024-04-01.json,timestamp,instrument,oi_snapshots,instrument",
        "spot,implied-vs-realized,btc-implied-vs-realized-2024-04.json,timestamp,,spot_snapshots,''''''",
        "vol_metrics,implied-vs-realized,btc-implied-vs-realized-2024-04.json,timestamp,,vol_metrics_snapshots,''''''",
        "iv_surface,floating,btc-delta-surface-floating-2024-04-01.json,timestamp,expirationTimestamp,iv_surface_snapshots,extract(epoch from expiration)::bigint"
    })
    void oneValueCostsNoMoreThanItsRow(
            String type, String path, String recording, String time, String name, String table, String nameInTable)
            throws IOException {
        ObjectNode whole = HostileValues.recording(recording, name == null ? 24 : 60);
        String key = "extract(epoch from source_timestamp)::bigint || '|' || " + nameInTable;
        assertEquals(
                0,
                captured(type, path, HostileValues.JSON.writeValueAsString(whole))
                        .path("rejected")
                        .asInt());
        Map<String, String> asRecorded = stored(table, key);
        JsonNode vendorRows = whole.path("payload").path("data");
        int mutations = 0;
        for (HostileValues.Answer answer : HostileValues.of(whole, SEED)) {
            JsonNode result = captured(type, path, answer.body());
            Map<String, String> now = stored(table, key);
            Set<Integer> rejected = new HashSet<>();
            result.path("rejected_rows")
                    .forEach(row -> rejected.add(row.path("row").asInt()));
            assertEquals(result.path("rejected").asInt(), rejected.size());
            for (int row = 1; row <= vendorRows.size(); row++) {
                HostileValues.Change change = answer.changes().get(row);
                String of = key(vendorRows.get(row - 1), time, name);
                if (change == null) {
                    assertTrue(!rejected.contains(row), () -> "an unchanged row was rejected: " + result);
                    assertEquals(asRecorded.get(of), now.get(of), "an unchanged row");
                } else if (!rejected.contains(row)) {
                    mutations++;
                    if (!change.field().equals(time) && !change.field().equals(name)) {
                        assertTrue(now.containsKey(of), () -> "neither rejected nor stored: " + change);
                        assertOneValueDiffers(asRecorded.get(of), now.get(of), change);
                    }
                } else {
                    mutations++;
                    assertTrue(!now.containsKey(of), () -> "rejected and stored: " + change);
                }
            }
        }
        assertTrue(mutations > 300, "only " + mutations + " values were tried");
    }

    /** Of a row of several points nothing is compared: what of its points is told by a value in common differs in all. */
    private static void assertOneValueDiffers(String recorded, String now, HostileValues.Change change)
            throws IOException {
        if (recorded.contains("\n")) {
            return;
        }
        JsonNode before = HostileValues.JSON.readTree(recorded);
        List<String> differing = HostileValues.JSON.readTree(now).properties().stream()
                .filter(column -> !column.getKey().equals("suspicious")
                        && !column.getValue().equals(before.get(column.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        assertTrue(differing.size() <= 1, () -> change + " changed " + differing);
    }

    @Test
    void theBarsOfTheVolIndexCostNoMoreThanTheirOwnValue() throws IOException {
        ObjectNode whole = HostileValues.recording("btc-dvol-2024-04-01.json", 24);
        captured("vol_metrics", "volatility/index", HostileValues.JSON.writeValueAsString(whole));
        List<Double> asRecorded = dvols();
        assertEquals(24, asRecorded.size());
        for (HostileValues.Answer answer : HostileValues.of(whole, SEED)) {
            captured("vol_metrics", "volatility/index", answer.body());
            List<Double> now = dvols();
            for (int hour = 0; hour < 24; hour++) {
                if (!answer.changes().containsKey(24 - hour)) { // the latest bar comes first
                    assertEquals(asRecorded.get(hour), now.get(hour));
                }
            }
        }
    }

    private List<Double> dvols() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select dvol from vol_metrics_snapshots order by source_timestamp")
                        .map((row, context) -> (Double) row.getObject(1))
                        .list());
    }

    /** Rows that come twice, rows that are none, and one whose index price is of another world: the hour's gamma is as without them. */
    @Test
    void rowsTwiceAndRowsThatAreNoneLeaveTheHourAsItIs() throws IOException {
        ObjectNode whole = HostileValues.recording("btc-gamma-exposures-2024-04-01.json", 60);
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":[\"iv_surface\",\"oi\"]}");
        captured("gex", "gamma-exposures", HostileValues.JSON.writeValueAsString(whole));
        Map<String, String> hour = stored("gex_hourly", "hour");
        assertEquals(1, hour.size());
        ArrayNode rows = (ArrayNode) whole.path("payload").path("data");
        ObjectNode strange = rows.get(5).deepCopy();
        strange.put("instrumentNormalized", "BTC-STRANGE").put("indexPrice", 7e9);
        rows.insert(0, strange)
                .add(rows.get(9))
                .add(rows.get(9))
                .addNull()
                .add("row")
                .add(5)
                .addArray();
        JsonNode result = captured("gex", "gamma-exposures", HostileValues.JSON.writeValueAsString(whole));
        assertEquals(63, result.path("records").asInt());
        assertEquals(3, result.path("suspicious").asInt());
        assertEquals(4, result.path("rejected").asInt());
        assertEquals(64, result.path("rejected_rows").path(0).path("row").asInt());
        assertEquals(withoutLeftOut(hour), withoutLeftOut(stored("gex_hourly", "hour")));
    }

    private static String withoutLeftOut(Map<String, String> hour) {
        return hour.toString().replaceAll("\"left_out\": \\d+", "");
    }
}

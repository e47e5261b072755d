package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.post;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.Sandbox;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * Alpha's recorded rows with one hostile value in one field, every value in every field, each beside a row as it was recorded: the
 * sync goes on, the untouched rows are all in, and of the others each is either an execution or a rejected row with its place, by
 * itself.
 */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class HostileRowsTest {
    /** JSON texts; null for no such field. */
    private static final List<String> VALUES = new ArrayList<>(List.of(
            "null",
            "true",
            "{}",
            "[]",
            "[1]",
            "{\"a\":{\"b\":[1,2]}}",
            "0",
            "-0",
            "-1",
            "0.5",
            "7",
            "2147483648",
            "1e-13",
            "1e308",
            "-1e308",
            "1e2147483647",
            "0e-2147483647",
            "9".repeat(400),
            "0." + "1".repeat(400),
            text(""),
            text(" "),
            text("\\t"),
            text("7"),
            text(" 7 "),
            text("+7"),
            text("7f"),
            text("0x10"),
            text("1_000"),
            text("1,000"),
            text("NaN"),
            text("Infinity"),
            text("1e99999999999"),
            text("1e2147483647"),
            text("\u0661\u0662"),
            text("\uff11\uff12"),
            text("\\u0000"),
            text("a\\u0000b"),
            text("half \\ud83d"),
            text("\\udc00\\ud800"),
            text("\u4e2d".repeat(500)),
            text("\ud83d\ude00".repeat(250)),
            text("x".repeat(501)),
            text("x".repeat(9_000)),
            text("'; drop table execution; --"),
            text("%00%0d%0a"),
            text("\u202ertl"),
            text("0000-00-00"),
            text("2026-02-30"),
            text("2026-11-20"),
            text("+999999999-12-31"),
            text("-999999999-01-01"),
            text("1969-12-31"),
            text("10000-01-01"),
            text("+999999999-12-31T23:59:59Z"),
            text("-999999999-01-01T00:00:00Z"),
            text("+294277-01-01T00:00:00Z"),
            text("0001-01-01T00:00:00Z"),
            text("9999-12-31T23:59:59.999999999Z"),
            text("9999-12-31T23:59:59-18:00"),
            text("2026-11-20T15:00:00"),
            text("2026-11-20T15:00:60Z"),
            text("2026-11-20T24:00:00Z"),
            text("2026-11-20T15:00:00+19:00"),
            text("2026-11-20T15:00:00.123456789012Z"),
            text("2026-11-20T15:00:00Z[Asia/Kolkata]"),
            "1763647200000",
            text("MSTR  990229C00400000"),
            text("MSTR  271217C00000000"),
            text("MSTR  271217c00400000"),
            "[".repeat(3_000) + "]".repeat(3_000),
            "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000)));

    static {
        VALUES.add(null);
    }

    private static final int PAGE = 150;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private static String text(String escaped) {
        return "\"" + escaped + "\"";
    }

    /** A row that was sent; {@code hostile} is the field with the value in it, null for a row as it was recorded. */
    private record Sent(String id, String hostile, String raw) {}

    private record Place(int page, int position) {}

    /** Recorded rows of the feed in use, their fields' names and JSON as they came. */
    private List<JsonNode> recorded() throws Exception {
        String executions = given().header("Authorization", "Bearer " + Sandbox.ALPHA_KEY)
                .get(sandbox + "/alpha/v1/executions?portfolio_names=ICOI,IMST&limit=6")
                .asString();
        String export = given().header("Authorization", Sandbox.ALPHA_KEY)
                .get(sandbox + "/alpha/optionTrades/export?portfolios=ICOI,IMST&limit=6")
                .asString();
        JsonNode rows = isExport()
                ? JSON.readTree(export).path("trades")
                : JSON.readTree(executions).path("data");
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    boolean isExport() {
        return false;
    }

    private static String write(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private List<Sent> rows() throws Exception {
        List<JsonNode> recorded = recorded();
        List<Sent> rows = new ArrayList<>();
        List<String> names = new ArrayList<>(recorded.stream()
                .flatMap(row -> row.properties().stream().map(Map.Entry::getKey))
                .distinct()
                .toList());
        for (String name : names) {
            for (String value : VALUES) {
                JsonNode base = recorded.stream()
                        .filter(row -> row.has(name))
                        .skip(rows.size() / 2 % 2)
                        .findFirst()
                        .orElseGet(() -> recorded.stream()
                                .filter(row -> row.has(name))
                                .findFirst()
                                .orElseThrow());
                Map<String, String> fields = new LinkedHashMap<>();
                base.properties()
                        .forEach(field ->
                                fields.put(field.getKey(), field.getValue().toString()));
                String idName = fields.keySet().stream()
                        .filter(key -> key.matches("(source)?_?[tT]rade_?[iI]d"))
                        .findFirst()
                        .orElseThrow();
                String id = "H" + rows.size();
                fields.put(idName, text(id));
                rows.add(new Sent(id, null, write(fields)));
                id = "H" + rows.size();
                fields.put(idName, text(id));
                if (value == null) {
                    fields.remove(name);
                } else {
                    // ids are each their own, whatever stands in them
                    boolean ownId = name.equals(idName) && value.matches("\" *[^\\\\ \"].*");
                    fields.put(name, ownId ? value.replaceFirst("^(\" *)", "$1" + rows.size()) : value);
                }
                rows.add(new Sent(id, name, write(fields)));
            }
        }
        return rows;
    }

    @Test
    void eachHostileValueCostsAtMostItsOwnRow() throws Exception {
        var house = new SyncHouse(sandbox, jdbi);
        house.fresh();
        List<Sent> rows = rows();
        assertTrue(rows.size() > 2_000, "rows " + rows.size());
        int pages = (rows.size() + PAGE - 1) / PAGE;
        house.play(IntStream.range(0, pages)
                .mapToObj(page -> SyncHouse.page(
                        page + 1 < pages ? page + 1 : null,
                        rows.subList(page * PAGE, Math.min(rows.size(), (page + 1) * PAGE)).stream()
                                .map(Sent::raw)
                                .toArray(String[]::new)))
                .toArray(String[]::new));

        post("{\"full_scope_diagnostic\":true}").statusCode(200);
        var report = post(REAL).statusCode(200).extract();
        int inserted = report.path("inserted");
        int rejected = report.path("rejected");
        assertEquals(
                rows.size(),
                inserted + rejected + (int) report.path("duplicates"),
                "every row is the one or the other");
        assertTrue(rejected > 500 && inserted > rows.size() / 2, inserted + " in, " + rejected + " rejected");

        Map<String, String> cached = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select raw from execution")
                .mapTo(String.class)
                .forEach(raw -> cached.put(raw, raw)));
        Map<String, Place> quarantined = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select raw, page, position from rejected_execution where resolved_at is null")
                .map((row, context) -> Map.entry(row.getString(1), new Place(row.getInt(2), row.getInt(3))))
                .forEach(row -> quarantined.put(row.getKey(), row.getValue())));
        for (int i = 0; i < rows.size(); i++) {
            Sent sent = rows.get(i);
            if (sent.hostile() == null) {
                assertTrue(cached.containsKey(sent.raw()), "a row as it was recorded, beside a hostile one: " + sent);
            } else if (!cached.containsKey(sent.raw())) {
                assertEquals(new Place(i / PAGE + 1, i % PAGE + 1), quarantined.get(sent.raw()), sent.toString());
            }
        }
        assertEquals(inserted, cached.size());
        assertEquals(rejected, quarantined.size());
        // what is stored is what was sent; of a portfolio that nobody asked for it is named in every comparison
        int elsewhere = jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from execution where portfolio not in ('ICOI', 'IMST')")
                        .mapTo(Integer.class)
                        .one());
        post(FULL_PREVIEW)
                .statusCode(200)
                .body("source_row_count", equalTo(inserted))
                .body("mismatched_count", equalTo(0))
                .body("unmatched_source_count", equalTo(elsewhere));
    }
}

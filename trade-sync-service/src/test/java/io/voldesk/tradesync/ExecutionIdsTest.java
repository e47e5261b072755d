package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Alpha sets no alphabet for its ids: each is found again by path or query, and none runs in a spreadsheet. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class ExecutionIdsTest {
    private static final List<String> IDS = List.of(
            "IMST/2026/001",
            "IMST 2026 002",
            "A#3",
            "Ä-4",
            "50%5",
            "50%20",
            "x,10",
            "q\"9",
            "a|11",
            "a;b",
            "a?b=c&d",
            "..",
            "sync",
            "performance",
            "=1+1",
            "@SUM(A1)",
            "+7",
            "-2+3",
            "\t=1");

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private static ArrayNode rows() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (String id : IDS) {
            ObjectNode row = rows.addObject();
            row.put("trade_id", id).put("version", 1).put("portfolio", "IMST").put("status", "filled");
            row.put("recon_status", "matched")
                    .put("symbol", "MSTR  351221C00400000")
                    .put("underlying", "MSTR");
            row.put("side", "buy_to_open")
                    .put("quantity", "10")
                    .put("price", "12.5")
                    .put("multiplier", 100);
            row.put("fees", "6.50").put("currency", "USD").put("executed_at", "2026-11-20T15:00:00Z");
            row.put("updated_at", "2026-11-20T15:05:00Z").put("settle_date", "2026-11-23");
        }
        return rows;
    }

    private void stored() {
        new SyncHouse(sandbox, jdbi).fresh();
        String body = JsonNodeFactory.instance.objectNode().set("data", rows()).toString();
        given().body(body).put(sandbox + "/control/alpha/executions").then().statusCode(204);
        SyncHouse.post(SyncHouse.REAL).statusCode(200).body("inserted", equalTo(IDS.size()));
    }

    private static ValidatableResponse get(String target) {
        return given().urlEncodingEnabled(false)
                .get("/api/internal/trades" + target)
                .then();
    }

    @Test
    void eachIsFoundAgainAndNoneIsAFormula() throws IOException {
        stored();
        for (String id : IDS) {
            String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
            get("?id=" + encoded).statusCode(200).body("execution.source_trade_id", equalTo(id));
            // those that no path can name: a dot segment, a fixed word
            if (!List.of("..", "sync", "performance").contains(id)) {
                get("/" + encoded).statusCode(200).body("execution.source_trade_id", equalTo(id));
            }
        }
        get("?id=nobody").statusCode(404);

        String csv = given().accept("text/csv").get("/api/internal/trades").asString();
        List<CSVRecord> records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv))
                .getRecords();
        assertEquals(IDS.size(), records.size());
        for (CSVRecord row : records) {
            String id = row.get("source_trade_id");
            assertTrue(IDS.contains(id.startsWith("'") ? id.substring(1) : id), id);
            assertTrue("=+-@\t\r".indexOf(id.charAt(0)) < 0, id);
            assertEquals("-12506.5", row.get("net_premium_usd"), "a number stays a number");
        }
    }
}

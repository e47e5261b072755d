package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.admin;
import static io.voldesk.tradesync.SyncHouse.page;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of the executions' contracts, the operators' word on them, and what the export says of both. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class ContractTest {
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

    @Test
    void rootsOfEveryKindGoInWithAnIdentity() {
        given().post(sandbox + "/control/alpha/switch/flex").then().statusCode(204);
        post(REAL).body("inserted", equalTo(752)).body("rejected", equalTo(0));
        given().get(SYNC + "/status")
                .then()
                .body("contract_identities.flex_listed", equalTo(2))
                .body("contract_identities.standard_root_fallback", equalTo(1))
                .body("contract_identities.exact_listed", nullValue());
        given().get("/api/internal/trades?id=SBX-FLEX #2")
                .then()
                .body("execution.symbol", equalTo("2MSTR 351221C00400000"))
                .body("execution.identity", equalTo("flex_listed"))
                .body("contract.provider_root", equalTo("2MSTR"));
        given().get("/api/internal/contracts")
                .then()
                .body("items.root", contains("1COIN", "2MSTR", "COIN", "MSTR", "MSTR1"))
                .body("items.find { it.root == '2MSTR' }.flex_style", equalTo("european_physical"))
                .body("items.find { it.root == 'MSTR' }.identity.status", equalTo("exact_listed"))
                .body("items.executions.sum()", equalTo(752));

        String word = "{\"deliverable\":\"150 MSTR\",\"multiplier\":150,\"reason\":\"memo 50123\"}";
        given().contentType("application/json")
                .body(word)
                .post("/api/internal/contracts/MSTR1")
                .then()
                .statusCode(401);
        admin().body(word)
                .post("/api/internal/contracts/MSTR1")
                .then()
                .statusCode(200)
                .body("approval.approved_by", equalTo("admin-secret"))
                .body("analytics", notNullValue());
        String export = given().header("x-admin-secret", "test-secret")
                .get("/internal/executions/export?source=alpha_sync&after=752")
                .asString();
        assertTrue(export.contains("\"identity\":\"adjusted_authoritative\",\"deliverable\":\"150 MSTR\""), export);
        assertEquals(2, export.lines().count(), "a row and the count");
        given().get("/api/internal/trades?id=SBX-ADJUSTED ä")
                .then()
                .body("execution.identity", equalTo("adjusted_authoritative"))
                .body("contract.approval.reason", equalTo("memo 50123"));
        admin().body(word)
                .post("/api/internal/contracts/MSTR")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("root"));
        admin().body("{\"deliverable\":\"x\",\"multiplier\":0,\"reason\":\"y\"}")
                .post("/api/internal/contracts/MSTR1")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("multiplier"));
    }

    @Test
    void anApprovalThatFailsLeavesNoRunBehind() {
        jdbi.useHandle(handle -> handle.execute("alter table contract_approval rename to approval_away"));
        try {
            admin().body("{\"deliverable\":\"150 MSTR\",\"multiplier\":150,\"reason\":\"memo 50123\"}")
                    .post("/api/internal/contracts/MSTR1")
                    .then()
                    .statusCode(500);
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table approval_away rename to contract_approval"));
        }
        given().get(SYNC + "/runs").then().body("items", hasSize(0));
    }

    @Test
    void theExportSaysUnderWhichRootQuotesAreAskedAndTellsAChangeOfIt() {
        house.play(page(
                null,
                row("PLAIN"),
                row("FLEX", "symbol", "\"2MSTR 271217C00400000\""),
                row("ADJ", "symbol", "\"MSTR1 271217C00400000\"", "multiplier", "150"),
                row("ODD", "symbol", "\"5MSTR 271217C00400000\""),
                row("FOREIGN", "symbol", "\"2COIN 271217C00400000\"")));
        post(REAL).body("inserted", equalTo(5));
        assertEquals(
                Map.of("PLAIN", "MSTR", "FLEX", "2MSTR", "ADJ", "MSTR", "ODD", "null", "FOREIGN", "null"),
                providerRoots(0));

        approve("2MSTR", 100, "MSTR");
        assertEquals(Map.of("FLEX", "MSTR"), providerRoots(5));
        approve("MSTR1", 150, "MSTR2");
        assertEquals(Map.of("ADJ", "MSTR2"), providerRoots(6));
        // an approval that speaks of other contracts takes the first one back
        approve("MSTR1", 100, "MSTR2");
        assertEquals(Map.of("ADJ", "MSTR"), providerRoots(7));
        approve("5MSTR", 100, null);
        assertEquals(Map.of("ODD", "5MSTR"), providerRoots(8));
        // later judged unsupported: told at once, for marks of it speak of nothing any more
        approve("5MSTR", 10, null);
        assertEquals(Map.of("ODD", "null"), providerRoots(9));
    }

    private static void approve(String root, int multiplier, String provider) {
        admin().body("""
                        {"deliverable":"as approved","multiplier":%d,"provider_root":%s,"reason":"memo 50123"}""".formatted(multiplier, provider == null ? null : '"' + provider + '"'))
                .post("/api/internal/contracts/" + root)
                .then()
                .statusCode(200);
    }

    /** Of what has changed after a number: the root to look quotes up by, by id. */
    private static Map<String, String> providerRoots(int after) {
        return given().header("x-admin-secret", "test-secret")
                .get("/internal/executions/export?source=alpha_sync&after=" + after)
                .asString()
                .lines()
                .filter(line -> !line.startsWith("{\"rows\":"))
                .map(JsonPath::from)
                .collect(Collectors.toMap(
                        line -> line.getString("source_trade_id"),
                        line -> String.valueOf(line.getString("provider_root"))));
    }
}

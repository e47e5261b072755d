package io.voldesk.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.voldesk.database.TestDatabase;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
class GatewayTest {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @BeforeEach
    void nothingReceived() {
        Peers.RECEIVED.clear();
    }

    private int raw(String request) throws IOException {
        return new RawHttp(port).send(request);
    }

    private int rawPost(String target, String headers) throws IOException {
        return new RawHttp(port).post(target, headers);
    }

    @Test
    void aPublicRouteCrossesWithItsQueryAndNothingElse() {
        given().header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("X-Forwarded-For", "1.2.3.4")
                .header("X-Internal-Actor", "root")
                .header("Cookie", "a=b")
                .get("/api/internal/trades?portfolio=IMST&limit=5")
                .then()
                .statusCode(200)
                .body("answered", equalTo(true))
                .header("x-trace-id", "0af7651916cd43dd8448eb211c80319c");
        var received = Peers.RECEIVED.getFirst();
        assertEquals("/api/internal/trades?portfolio=IMST&limit=5", received.uri());
        for (String absent : new String[] {"x-forwarded-for", "x-internal-actor", "cookie", "x-admin-secret"}) {
            assertFalse(received.headers().containsKey(absent), absent);
        }
        assertTrue(received.headers().get("traceparent").getFirst().startsWith("00-0af7651916cd43dd8448eb211c80319c-"));
    }

    @Test
    void anAdminRouteNeedsTheOneRightSecret() {
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body("{\"dry_run\":true}")
                .post("/api/internal/trades/sync")
                .then()
                .statusCode(200);
        var received = Peers.RECEIVED.getFirst();
        assertEquals("{\"dry_run\":true}", received.body());
        assertEquals("admin-secret", received.headers().get("x-internal-actor").getFirst());
        Peers.RECEIVED.clear();
        given().body("{}")
                .post("/api/internal/trades/sync")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        Response wrong =
                given().header("x-admin-secret", "wrong-secret").body("{}").post("/api/internal/trades/sync");
        assertEquals(401, wrong.statusCode());
        assertFalse(wrong.asString().contains("wrong-secret"), "never echoed");
        given().headers("x-admin-secret", "test-secret", "x-admin-secret", "test-secret")
                .body("{}")
                .post("/api/internal/trades/sync")
                .then()
                .statusCode(401);
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin-proxy/../admin/snapshot",
                "/api/admin-proxy/%2e%2e/admin/snapshot",
                "/api/admin-proxy/%252e%252e/admin/snapshot",
                "/api/admin-proxy/..;/admin/snapshot",
                "/api/alerts/dispatch;x=1",
                "/api//alerts/dispatch",
                "/api/./alerts/dispatch",
                "/api/alerts/dispatch/",
                "/api/alerts/dispatch/.",
                "/api/alerts/dispatch/..",
                "/api/alerts/dispatch%20",
                "/api/alerts%2Fdispatch",
                "/api/alerts%5cdispatch",
                "/api/alerts\\dispatch",
                "/api/%c0%ae%c0%ae/alerts/dispatch",
                "/api/alerts/dispatch%00",
                "/api/alerts/dispatch%0d%0aX: y",
                "/api/alerts/dispatch%3fx=1",
                "/api/alerts/dispatch%23",
                "http://localhost/api/alerts/dispatch"
            })
    void anAmbiguousTargetIsRefusedBeforeRouting(String target) throws IOException {
        assertEquals(400, rawPost(target, "x-admin-secret: test-secret\r\n"));
        assertTrue(Peers.RECEIVED.isEmpty(), "nothing was forwarded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin-proxy/internal/enrichment",
                "/api/admin-proxy/api/admin/snapshot",
                "/api/admin-proxy/alerts/dispatchx",
                "/api/admin-proxy/alerts",
                "/api/admin-proxy",
                "/api/admin-proxy/ALERTS/dispatch",
                "/api/alerts/dispatchx",
                "*",
                "/API/alerts/dispatch",
                "/internal/enrichment"
            })
    void aPathOffTheTableIsNotFoundWithOrWithoutTheSecret(String target) throws IOException {
        assertEquals(404, rawPost(target, "x-admin-secret: test-secret\r\n"));
        assertEquals(404, rawPost(target, ""));
        assertTrue(Peers.RECEIVED.isEmpty(), "nothing was forwarded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"})
    void anotherMethodOnAnAdminRouteGoesNowhere(String method) throws IOException {
        int status = raw(method + " /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\n"
                + "x-admin-secret: test-secret\r\nX-HTTP-Method-Override: POST\r\nConnection: close\r\n\r\n");
        assertTrue(
                status == 404 || status == 405 || (method.equals("GET") && status == 200),
                method + " answered " + status);
        assertTrue(
                Peers.RECEIVED.stream().noneMatch(r -> r.method().equals("POST")), "no override turns it into a POST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-admin-secret: wrong\\r\\n|401",
                "Connection: x-admin-secret\\r\\n|401",
                "X-Original-URL: /api/admin/snapshot\\r\\n|401",
                "Transfer-Encoding: chunked\\r\\n|400,411",
                "Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked\\r\\n|400,411"
            })
    void headersGiveNoAuthority(String headers, String statuses) throws IOException {
        int status = rawPost("/api/internal/trades/sync", headers.replace("\\r\\n", "\r\n"));
        assertTrue(("," + statuses + ",").contains("," + status + ","), "answered " + status);
        assertTrue(Peers.RECEIVED.isEmpty(), "nothing was forwarded");
    }

    @Test
    void sizesAreBounded() throws IOException {
        assertEquals(
                413,
                raw("POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nx-admin-secret: test-secret\r\n"
                        + "Content-Length: 1048577\r\n\r\n"));
        assertEquals(
                411,
                raw("POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nx-admin-secret: test-secret\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"));
        int big = raw("GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Big: " + "a".repeat(65_536) + "\r\n\r\n");
        assertEquals(431, big);
        int path = raw("GET /api/" + "a".repeat(8_192) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(path == 414 || path == 400, "answered " + path);
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    @Test
    void aDeadServiceIsAProblemOfItsRouteOnly() {
        given().get("/api/alerts/signals")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("instance", equalTo("/api/alerts/signals"))
                .body("trace_id", notNullValue());
        given().get("/api/volume-24h?currency=BTC").then().statusCode(200);
        given().get("/api/health").then().statusCode(200).body("status", equalTo("ok"));
        given().get("/api/health/deep")
                .then()
                .statusCode(200)
                .body("status", equalTo("degraded"))
                .body("services.find { it.service == 'alert' }.status", equalTo("down"));
    }

    @Test
    void aShownNumberHasItsLineage() {
        given().get("/api/lineage?number=vrp")
                .then()
                .statusCode(200)
                .body("formula", startsWith("IV30 − RV30 of the same hour"))
                .body("table", notNullValue())
                .body("rows_reason", equalTo("no_currency_named"));
        given().get("/api/lineage?number=vrp&currency=BTC")
                .then()
                .statusCode(200)
                .body("rows.answered", equalTo(true));
        assertEquals(
                "/internal/lineage?tables=surface_hourly,vol_metrics_snapshots&currency=BTC",
                Peers.RECEIVED.getFirst().uri());
        assertEquals(List.of("test-secret"), Peers.RECEIVED.getFirst().headers().get("x-admin-secret"));
        given().get("/api/lineage?number=vrp&currency=b%26x").then().statusCode(400);
        given().get("/api/lineage?number=premium_usd&currency=BTC")
                .then()
                .body("rows_reason", equalTo("not_drawn_from_snapshots"));
        given().get("/api/lineage").then().statusCode(400).body("errors[0].field", equalTo("number"));
        given().get("/api/lineage?number=none").then().statusCode(404);
    }

    /** One peer stands for the services with jobs here; what does not answer as a list has none. */
    @Test
    void theJobsOfAllServicesAreOneList() {
        given().get("/api/jobs?status=running&limit=7")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("unavailable", notNullValue());
        assertTrue(
                Peers.RECEIVED.stream().allMatch(asked -> asked.uri().equals("/api/jobs?limit=7&status=running")),
                Peers.RECEIVED.toString());
        given().get("/api/jobs?status=lost").then().statusCode(400).body("errors[0].field", equalTo("status"));
        given().get("/api/jobs?limit=0").then().statusCode(400).body("errors[0].field", equalTo("limit"));
        given().get("/api/jobs?kind=x").then().statusCode(400).body("errors[0].field", equalTo("kind"));
    }

    @Test
    void pagesCarryTheirSecurityHeaders() {
        Response health = given().get("/api/health");
        assertTrue(health.header("Content-Security-Policy").contains("default-src 'self'"));
        assertEquals("nosniff", health.header("X-Content-Type-Options"));
        given().get("/api/openapi")
                .then()
                .statusCode(200)
                .body("openapi", equalTo("3.1.0"))
                .body("paths.'/api/session'.get", notNullValue())
                .body(
                        "paths.'/api/jobs'.get.responses.'200'.content.'application/json'.schema.$ref",
                        endsWith("gateway.Jobs"));
        given().get("/api/health/deep").then().body("services.service", hasItem("trade-sync"));
    }

    /** As happens to a kept connection when a browser breaks off the question before on it. */
    @ParameterizedTest
    @CsvSource({"GET,1,200,2", "GET,2,503,2", "POST,1,503,1"})
    void aReadThatLosesItsConnectionIsAskedOnceMoreAndAWriteNever(String method, int lost, int status, int received) {
        Peers.RECEIVED.clear();
        Peers.DROPPED.drainPermits();
        Peers.DROPPED.release(lost);
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(method.equals("POST") ? "{}" : "")
                .request(method, method.equals("POST") ? "/api/internal/trades/sync" : "/api/internal/trades?limit=1")
                .then()
                .statusCode(status);
        assertEquals(received, Peers.RECEIVED.size());
        assertEquals(0, Peers.DROPPED.drainPermits());
    }
}

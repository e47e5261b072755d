package io.voldesk.gateway;

import static io.restassured.RestAssured.given;
import static io.voldesk.gateway.Clients.as;
import static io.voldesk.gateway.Clients.newClient;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.voldesk.database.TestDatabase;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At the configured address, behind a proxy that ends TLS: sign-in, tokens, and what a browser may keep. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
@WithTestResource(RawPeer.class)
@Timeout(60)
class BehindTlsTest {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Test
    void browsersAreHeldToTlsWhereTheProxySaysThatTheyCameByIt() {
        as(newClient())
                .header("X-Forwarded-Proto", "https")
                .get("/api/health")
                .then()
                .header("Strict-Transport-Security", containsString("max-age="));
        as(newClient())
                .header("X-Forwarded-Proto", "http")
                .get("/api/health")
                .then()
                .header("Strict-Transport-Security", nullValue());
        as(newClient()).get("/api/health").then().header("Strict-Transport-Security", nullValue());
    }

    @Test
    void signInHappensAtTheConfiguredAddressOnly() throws Exception {
        for (String host :
                List.of("evil.example", "voldesk.example:8443", "voldesk.example@evil.example", "localhost")) {
            String answer = new RawHttp(port)
                    .untilClosed("GET /api/session/login?return_to=%2Ftrades HTTP/1.1\r\nHost: " + host
                            + "\r\nX-Forwarded-For: " + newClient() + "\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 303") || answer.startsWith("HTTP/1.1 400"), answer);
            assertFalse(answer.contains("evil"), answer);
            if (answer.startsWith("HTTP/1.1 303")) {
                assertTrue(
                        answer.toLowerCase(java.util.Locale.ROOT)
                                .contains(
                                        "location: https://voldesk.example/api/session/login?return_to=%2ftrades\r\n"),
                        answer);
            }
        }
        String answer = new RawHttp(port)
                .untilClosed("GET /api/session/login HTTP/1.1\r\nHost: voldesk.example\r\nX-Forwarded-For: "
                        + newClient() + "\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 302"), answer);
        assertTrue(answer.contains("redirect_uri=https%3A%2F%2Fvoldesk.example%2Fapi%2Fsession%2Flogin"), answer);
        assertTrue(answer.contains("; Secure"), "the state cookie goes over TLS only: " + answer);
        assertFalse(answer.contains("evil"), answer);
    }

    @Test
    void aPageIsAskedForAnewAndItsPartsAreKept() {
        Response page = as(newClient()).get("/trades");
        assertEquals(200, page.statusCode());
        page.then().header("Cache-Control", "no-cache").contentType(containsString("text/html"));
        String tag = page.header("ETag");
        for (String held : List.of(tag, "W/" + tag + ", \"other\"")) {
            as(newClient())
                    .header("If-None-Match", held)
                    .get("/trades")
                    .then()
                    .statusCode(304)
                    .header("ETag", tag);
        }
        as(newClient()).header("If-None-Match", "\"yesterday\"").get("/").then().statusCode(200);
        as(newClient()).get("/index.html").then().header("Cache-Control", "no-cache");
        as(newClient())
                .get("/assets/kept-0123abcd.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("immutable"));
        for (String path : List.of("/api/session", "/api/health", "/api/volume-24h", "/api/nothing")) {
            as(newClient()).get(path).then().header("Cache-Control", "no-store");
        }
    }

    @Test
    void aTokenMayLiveForAnHourAndNoLonger() {
        for (Map.Entry<String, Integer> token : Map.of(
                        "\"ttl\":3600", 200,
                        "\"ttl\":315360000", 401,
                        "\"ttl\":4200", 401,
                        "\"exp_as_written\":\"1e400\"", 401,
                        "\"exp_as_written\":\"9223372036854775807\"", 401,
                        "\"exp_as_written\":\"-1\"", 401)
                .entrySet()) {
            String bearer = given().body("{\"aud\":\"https://gateway.voldesk.example\"," + token.getKey() + "}")
                    .post(sandbox + "/control/token")
                    .asString();
            as(newClient())
                    .header("Authorization", "Bearer " + bearer)
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/admin/snapshot")
                    .then()
                    .statusCode(token.getValue());
        }
    }
}

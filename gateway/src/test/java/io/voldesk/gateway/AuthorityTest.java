package io.voldesk.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands for the admin secret: the scheduler's token on its route, an operator's session through the proxy; and nothing else. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
class AuthorityTest {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @BeforeEach
    void nothingReceived() {
        Peers.RECEIVED.clear();
    }

    private String token(String claims) {
        return given().body(claims).post(sandbox + "/control/token").asString();
    }

    private int snapshotWith(String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body("{}")
                .post("/api/admin/snapshot")
                .statusCode();
    }

    @Test
    void theSchedulersTokenOpensTheSnapshotRouteAndNoOther() {
        String good = token("{\"aud\":\"https://gateway.voldesk.example\"}");
        assertEquals(200, snapshotWith(good));
        assertEquals(
                "scheduler:scheduler@voldesk.example",
                Peers.RECEIVED.getFirst().headers().get("x-internal-actor").getFirst());
        Peers.RECEIVED.clear();
        assertEquals(
                401,
                given().header("Authorization", "Bearer " + good)
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/alerts/dispatch")
                        .statusCode());
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"aud\":\"https://other.example\"}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"iss\":\"https://evil.example\"}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"email\":\"someone@voldesk.example\"}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"email_verified\":false}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"nbf\":600}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"kid\":\"unknown\"}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"foreign\":true}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"foreign\":true,\"kid\":\"unknown\"}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"alg\":\"HS256\"}",
                "{\"aud\":\"https://gateway.voldesk.example\",\"ttl\":-60}"
            })
    void anyOtherTokenIsRefused(String claims) {
        assertEquals(401, snapshotWith(token(claims)));
        assertEquals(401, snapshotWith("eyJhbGciOiJub25lIn0.e30."));
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    @Test
    void anOperatorsSessionNeedsItsCsrfTokenThroughTheProxy() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String gateway = "http://localhost:" + port;
        HttpResponse<String> signIn = send(browser, gateway + "/api/session/login", null, Map.of());
        assertTrue(signIn.body().contains("Continue as operator@voldesk.example"), signIn.body());
        String action = signIn.body().replaceAll("(?s).*action=\"([^\"]+)\".*", "$1");
        send(browser, sandbox + action, "", Map.of());
        String session = send(browser, gateway + "/api/session", null, Map.of()).body();
        assertTrue(session.contains("\"email\":\"operator@voldesk.example\""), session);
        String csrf = session.replaceAll(".*\"csrf_token\":\"([^\"]+)\".*", "$1");

        String path = gateway + "/api/admin-proxy/internal/trades/sync";
        assertEquals(403, send(browser, path, "{}", Map.of()).statusCode());
        assertEquals(
                403, send(browser, path, "{}", Map.of("x-csrf-token", "forged")).statusCode());
        assertEquals(
                403,
                send(browser, path, "{}", Map.of("x-csrf-token", csrf, "sec-fetch-site", "cross-site"))
                        .statusCode());
        assertTrue(Peers.RECEIVED.isEmpty());
        assertEquals(
                200,
                send(browser, path, "{\"dry_run\":true}", Map.of("x-csrf-token", csrf, "x-admin-secret", "wrong"))
                        .statusCode());
        var received = Peers.RECEIVED.getFirst();
        assertEquals("/api/internal/trades/sync", received.uri());
        assertEquals("test-secret", received.headers().get("x-admin-secret").getFirst());
        assertEquals(
                "operator:operator@voldesk.example",
                received.headers().get("x-internal-actor").getFirst());
        assertEquals(
                401,
                send(browser, gateway + "/api/internal/trades/sync", "{}", Map.of("x-csrf-token", csrf))
                        .statusCode(),
                "the session opens the proxy only");
    }

    @Test
    void theSessionCookieIsKeptFromScriptsAndOtherSites() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        HttpClient.Builder planted = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
        HttpResponse<String> start = send(browser, "http://localhost:" + port + "/api/session/login", null, Map.of());
        assertEquals(302, start.statusCode());
        String set = String.join("\n", start.headers().allValues("set-cookie")).toLowerCase(Locale.ROOT);
        assertTrue(set.contains("httponly") && set.contains("samesite=lax"), set);
        // a session that somebody else has planted is none
        String session = send(
                        planted.build(),
                        "http://localhost:" + port + "/api/session",
                        null,
                        Map.of("Cookie", "q_session_Default_8080=planted-by-somebody"))
                .body();
        assertFalse(session.contains("\"signed_in\":true"), session);
        int through = send(
                        planted.build(),
                        "http://localhost:" + port + "/api/admin-proxy/internal/trades/sync",
                        "{}",
                        Map.of("Cookie", "q_session_Default_8080=planted-by-somebody", "x-csrf-token", "x"))
                .statusCode();
        assertEquals(401, through);
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    private static HttpResponse<String> send(HttpClient client, String url, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
        headers.forEach(request::header);
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void withoutASessionTheProxyAnswers401() throws IOException {
        assertEquals(
                401, new RawHttp(port).post("/api/admin-proxy/alerts/dispatch", "x-admin-secret: test-secret\r\n"));
        assertTrue(Peers.RECEIVED.isEmpty());
        given().get("/api/session").then().body("signed_in", equalTo(false)).body("sign_in_offered", equalTo(true));
    }
}

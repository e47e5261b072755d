package io.voldesk.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's session from sign-in to sign-out, and cookies that are none. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
@Timeout(60)
class SessionTest {
    private static final String COOKIE = "q_session_Default_8080";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    /** The cookies of a browser that has signed in, as it would send them. */
    private String signedIn() throws Exception {
        CookieManager cookies = new CookieManager();
        try (HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            String form = browser.send(
                            HttpRequest.newBuilder(URI.create(url("/api/session/login")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            String action = form.replaceAll("(?s).*action=\"([^\"]+)\".*", "$1");
            browser.send(
                    HttpRequest.newBuilder(URI.create(sandbox + action))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        List<HttpCookie> kept = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().startsWith("q_session"))
                .toList();
        assertEquals(List.of(COOKIE), kept.stream().map(HttpCookie::getName).toList(), "named after its port");
        assertTrue(kept.getFirst().isHttpOnly());
        return kept.stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private String url(String path) {
        return "http://localhost:" + port + path;
    }

    private HttpResponse<String> ask(String method, String path, String cookie, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(20))
                .header("Cookie", cookie)
                .method(
                        method,
                        method.equals("POST")
                                ? HttpRequest.BodyPublishers.ofString("{}")
                                : HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private String csrf(String cookie) throws Exception {
        return ask("GET", "/api/session", cookie, Map.of()).body().replaceAll(".*\"csrf_token\":\"([^\"]+)\".*", "$1");
    }

    private boolean isSignedIn(String cookie) throws Exception {
        return ask("GET", "/api/session", cookie, Map.of()).body().contains("\"signed_in\":true");
    }

    private int refresh(String cookie, String csrf) throws Exception {
        return ask("POST", "/api/admin-proxy/internal/trades/sync", cookie, Map.of("x-csrf-token", csrf))
                .statusCode();
    }

    @Test
    void signingOutEndsTheSessionForWhoeverHasACopyOfItsCookie() throws Exception {
        String cookie = signedIn();
        String csrf = csrf(cookie);
        assertEquals(200, refresh(cookie, csrf));
        assertEquals(405, ask("GET", "/api/session/logout", cookie, Map.of()).statusCode(), "a link does not sign out");
        assertEquals(403, ask("POST", "/api/session/logout", cookie, Map.of()).statusCode(), "nor does another site");
        assertEquals(
                403,
                ask("POST", "/api/session/logout", cookie, Map.of("x-csrf-token", csrf, "sec-fetch-site", "cross-site"))
                        .statusCode());
        assertTrue(isSignedIn(cookie));
        HttpResponse<String> out = ask("POST", "/api/session/logout", cookie, Map.of("x-csrf-token", csrf));
        assertEquals(204, out.statusCode());
        assertTrue(out.headers().allValues("set-cookie").stream()
                .anyMatch(set -> set.startsWith(COOKIE + "=;") && set.contains("Max-Age=0") && set.contains("Path=/")));
        assertFalse(isSignedIn(cookie));
        assertEquals(401, refresh(cookie, csrf));
        HttpResponse<String> again = ask("GET", "/api/session/login?return_to=%2Ftrades", cookie, Map.of());
        assertEquals(303, again.statusCode(), "the copy is no way in again");
        assertEquals(
                url("/api/session/login?return_to=%2Ftrades"),
                again.headers().firstValue("location").orElseThrow());
        assertFalse(isSignedIn(cookie));
    }

    @Test
    void aSessionThatAnotherGatewayEndedIsOverHereToo() throws Exception {
        String cookie = signedIn();
        assertTrue(isSignedIn(cookie));
        int ended = jdbi.withHandle(
                handle -> handle.execute(
                        "update session set closed_at = now() where actor = 'operator:operator@voldesk.example' and closed_at is null"));
        assertTrue(ended > 0);
        assertFalse(isSignedIn(cookie));
        assertTrue(isSignedIn(signedIn()), "and a new one begins");
        assertFalse(
                jdbi
                        .withHandle(handle -> handle.createQuery("select id from session")
                                .mapTo(String.class)
                                .list())
                        .stream()
                        .anyMatch(cookie::contains));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                COOKIE + "=undecodable",
                COOKIE + "=a.b.c.d.e",
                COOKIE + "_chunk_1=half",
                COOKIE + "=\"\"",
                "q_session=of-an-earlier-version",
                "q_session_Default_18080=of-another-system",
                "q_session_evil=of-nobody"
            })
    void aCookieThatIsNoSessionIsDroppedAndTheRequestGoesOn(String cookie) throws Exception {
        for (String path : List.of("/", "/trades", "/api/health", "/api/volume-24h", "/api/internal/trades?limit=1")) {
            assertEquals(200, ask("GET", path, cookie, Map.of()).statusCode(), path);
        }
        HttpResponse<String> session = ask("GET", "/api/session", cookie, Map.of());
        assertEquals(200, session.statusCode());
        assertTrue(session.body().contains("\"signed_in\":false"), session.body());
        boolean ours = cookie.startsWith(COOKIE);
        assertEquals(
                ours,
                session.headers().allValues("set-cookie").stream().anyMatch(set -> set.contains("Max-Age=0")),
                "what is another system's is left to it");
        assertEquals(401, refresh(cookie, "x"));
        assertEquals(302, ask("GET", "/api/session/login", cookie, Map.of()).statusCode());
    }

    @Test
    void aSessionCannotBeCarriedBesideAnothersCookie() throws Exception {
        String cookie = "q_session_Default_18080=of-another-system; " + signedIn();
        assertTrue(isSignedIn(cookie), "two systems on one machine do not end each other's sessions");
    }

    @Test
    void aSignInThatItsIssuerDoesNotBearOutIsAProblem() throws Exception {
        HttpResponse<String> answer =
                ask("GET", "/api/session/login?code=x&state=y", "q_auth_Default_8080_y=y", Map.of());
        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 401, "answered " + answer.statusCode());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("content-type").orElse("none"));
    }
}

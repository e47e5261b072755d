package io.voldesk.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.voldesk.database.TestDatabase;
import java.io.IOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge itself answers: parameters, methods, ids of any alphabet, its own paths, refusals and what it notes of them. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
class EdgeTest {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @BeforeEach
    void nothingReceived() {
        Peers.RECEIVED.clear();
    }

    private int get(String target) throws IOException {
        return new RawHttp(port).send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "IMST%202026%20002,IMST%202026%20002",
                "A%233,A%233",
                "%C3%84-4,%C3%84-4",
                "%c3%84-4,%C3%84-4",
                "50%255,50%255",
                "x%2C10,x%2C10",
                "q%229,q%229",
                "a%7C11,a%7C11",
                "a%3Fb,a%3Fb",
                "a%3Bb,a%3Bb",
                "a%2Bb,a%2Bb",
                "%3D1%2B1,%3D1%2B1",
                "%40SUM(A1),%40SUM%28A1%29",
                "a%2E.b,a..b",
                "%41-1,A-1",
                "50%2520,50%2520",
                "a:b=c,a:b=c",
                "%F0%9F%98%80,%F0%9F%98%80"
            })
    void anIdOfAnyAlphabetCrossesEncodedOnce(String sent, String seen) throws IOException {
        for (String rest : List.of("", "/analytics")) {
            Peers.RECEIVED.clear();
            assertEquals(200, get("/api/internal/trades/" + sent + rest), sent);
            assertEquals(
                    "/api/internal/trades/" + seen + rest,
                    Peers.RECEIVED.getFirst().uri());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMST%2F2026%2F001", "sync", "performance", "..%2F..%2Fx", "a%5Cb", "%2509", "%252e%252e"})
    void theQueryFormTakesTheIdsThatNoPathCan(String id) throws IOException {
        for (String path : List.of("/api/internal/trades", "/api/internal/trades/analytics")) {
            Peers.RECEIVED.clear();
            assertEquals(200, get(path + "?id=" + id));
            assertEquals(path + "?id=" + id, Peers.RECEIVED.getFirst().uri());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/internal/trades?portfolo=IMST,portfolo,is not a parameter",
        "/api/internal/trades?limit=1&limit=2,limit,more than once",
        "/api/internal/trades?Limit=1,Limit,is not a parameter",
        "/api/internal/trades?%6Cimit=1,%6Cimit,is not a parameter",
        "/api/internal/trades/A-1?limit=1,limit,it takes none",
        "/api/volume-24h?currency=BTC&x,x,it takes currency",
        "/api/lineage?number=vrp&page=2,page,is not a parameter",
        "/api/health?verbose=1,verbose,it takes none",
        "/api/jobs/snapshot-1?x=1,x,it takes none"
    })
    void aParameterThatARouteDoesNotTakeIsRefusedByName(String target, String field, String message) {
        given().urlEncodingEnabled(false)
                .get(target)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message))
                .body("trace_id", notNullValue())
                .body("instance", equalTo(target.substring(0, target.indexOf('?'))));
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    @Test
    void eachWrongParameterIsNamedAndEmptyOnesAreNone() throws IOException {
        given().get("/api/internal/trades?a=1&limit=2&b=2")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("a", "b")));
        given().header("x-admin-secret", "test-secret")
                .body("{}")
                .post("/api/internal/trades/sync?dry_run=false")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("dry_run"));
        assertTrue(Peers.RECEIVED.isEmpty());
        assertEquals(400, get("/api/internal/trades?=1"));
        assertTrue(Peers.RECEIVED.isEmpty());
        for (String query : List.of("?", "?limit=1&", "?&limit=1&&q=%20x%2F")) {
            assertEquals(200, get("/api/internal/trades" + query), query);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/health",
                "/api/health/deep",
                "/api/session",
                "/api/internal/trades?limit=1",
                "/api/volume-24h"
            })
    void headIsAnsweredWhereGetIs(String path) {
        int length = given().get(path).asByteArray().length;
        Peers.RECEIVED.clear();
        var head = given().head(path);
        assertEquals(200, head.statusCode());
        assertEquals(0, head.asByteArray().length);
        if (path.startsWith("/api/internal") || path.startsWith("/api/volume")) {
            assertEquals("HEAD", Peers.RECEIVED.getFirst().method());
            assertEquals(String.valueOf(length), head.header("Content-Length"));
        }
        // the connection is still in step
        given().get(path).then().statusCode(200);
        given().head("/api/nothing").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/internal/trades/sync,POST",
        "HEAD,/api/internal/trades/sync,POST",
        "POST,/api/health,'GET, HEAD'",
        "PUT,/api/internal/trades/A-1,'GET, HEAD'",
        "OPTIONS,/api/internal/trades,'GET, HEAD'",
        "PATCH,/api/alerts/silences,'GET, HEAD, POST'",
        "POST,/api/jobs/trade-sync-1,'DELETE, GET, HEAD'",
        "POST,/trades,'GET, HEAD'",
        "DELETE,/,'GET, HEAD'"
    })
    void anotherMethodIsToldWhichAreAllowed(Method method, String path, String allowed) {
        given().request(method, path).then().statusCode(405).header("Allow", equalTo(allowed));
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal",
                "/internal/metrics",
                "/internal/metrics/x",
                "/internal/health",
                "/internal/health/ready",
                "/internal/openapi",
                "/internal/about",
                "/q/health",
                "/q/metrics"
            })
    void itsOwnManagementIsNotServedAtTheFront(String path) {
        for (Method method : List.of(Method.GET, Method.HEAD, Method.POST)) {
            given().request(method, path).then().statusCode(404);
        }
        given().get(path).then().body(not(containsString("jvm_")));
    }

    @Test
    void aTokenThatIsRefusedIsAnsweredAndNotedLikeAnyOtherRefusal() {
        List<String> audit = new CopyOnWriteArrayList<>();
        try (var log = new Noted("voldesk.audit", audit)) {
            String wrong = given().body("{\"aud\":\"https://other.example\"}")
                    .post(sandbox + "/control/token")
                    .asString();
            for (String token : List.of(wrong, "eyJhbGciOiJub25lIn0.e30.", "nonsense")) {
                audit.clear();
                given().header("Authorization", "Bearer " + token)
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/admin/snapshot")
                        .then()
                        .statusCode(401)
                        .contentType("application/problem+json")
                        .header("WWW-Authenticate", containsString("Bearer"))
                        .body("status", equalTo(401))
                        .body("trace_id", notNullValue())
                        .body("instance", equalTo("/api/admin/snapshot"));
                assertEquals(1, audit.size(), () -> audit.toString());
                assertTrue(audit.getFirst().contains("POST /api/admin/snapshot"), audit.getFirst());
                assertTrue(audit.getFirst().contains("outcome=denied"), audit.getFirst());
                assertFalse(audit.getFirst().contains(token), "a token is no business of the log");
            }
        }
    }

    @Test
    @Timeout(30)
    void aClientThatHangsUpIsNotTheServicesFault() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (var log = new Noted("io.voldesk.gateway.edge.ServiceProxy", said);
                Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET /api/internal/trades?" + Peers.NEVER + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (Peers.RECEIVED.isEmpty()) {
                Thread.sleep(10);
            }
            socket.close();
            while (said.isEmpty()) {
                Thread.sleep(10);
            }
            assertTrue(said.getFirst().contains("the client hung up"), said.getFirst());
            assertTrue(said.stream().noneMatch(line -> line.contains("not there")), said.toString());
        } finally {
            Peers.OVER.release();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%2Fperformance%3Ftrade%3DIMST%252F2026%252F001%26portfolio%3DIMST,/performance?trade=IMST%2F2026%2F001&portfolio=IMST",
        "%2Ftrades,/trades",
        "%2F%3Fcurrency%3DETH,/?currency=ETH",
        "%2F%2Fevil.example,/",
        "%2F%5Cevil.example,/",
        "%5C%5Cevil.example,/",
        "https%3A%2F%2Fevil.example,/",
        "%2F%09%2Fevil.example,/",
        "%2Ftrades%0D%0ASet-Cookie%3A%20a%3Db,/",
        "%2Ftrades%2F..%2F%2Fevil.example,/",
        "%252F%252Fevil.example,/",
        "%2Fapi%2Fsession%2Flogout,/",
        "%2Ftrades%3Fq%3D%5C,/",
        "%2Ftrades%3Fq%3D%25zz,/",
        "%2Ftrades%3Fq%3D%252,/",
        "%2Ftrades%3Fq%3D%25C3,/",
        "%2Ftrades%3Fq%3D%25C3%25A4,/trades?q=%C3%A4",
        "evil.example,/",
        "%40evil.example,/"
    })
    void signInLeadsBackToThePageItWasAskedFromAndNowhereElse(String returnTo, String expected) throws Exception {
        String gateway = "http://localhost:" + port;
        try (HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            String login = gateway + "/api/session/login?return_to=" + returnTo;
            String form =
                    send(browser, HttpRequest.newBuilder(URI.create(login))).body();
            String action = form.replaceAll("(?s).*action=\"([^\"]+)\".*", "$1");
            HttpResponse<String> back = send(
                    browser,
                    HttpRequest.newBuilder(URI.create(sandbox + action)).POST(HttpRequest.BodyPublishers.noBody()));
            assertEquals(gateway + expected, back.uri().toString());
        }
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aHeadRequestIsForwardedWithoutABody() {
        given().head("/api/internal/trades/A-1").then().statusCode(200);
        assertEquals("", Peers.RECEIVED.getFirst().body());
        given().get("/api/internal/trades?a=1").then().body("errors", hasSize(1));
    }

    /** Keeps what a logger says while it is open. */
    private static final class Noted extends Handler implements AutoCloseable {
        private final Logger logger;
        private final List<String> lines;

        Noted(String name, List<String> lines) {
            this.logger = Logger.getLogger(name);
            this.lines = lines;
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(
                    record instanceof org.jboss.logmanager.ExtLogRecord full
                            ? full.getFormattedMessage()
                            : record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}

package io.voldesk.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed requests, smuggling, floods: nothing of them reaches a service, and the others are served meanwhile. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
class GatewayAttackTest {
    private static final String SYNC = "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\n";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private RawHttp gateway;

    @BeforeEach
    void nothingReceived() {
        Peers.RECEIVED.clear();
        gateway = new RawHttp(port);
    }

    static Stream<Arguments> attacks() {
        String secret = "x-admin-secret: test-secret\r\n";
        return Stream.of(
                attack(
                        "content length and chunks at once",
                        SYNC + secret + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        411),
                attack(
                        "two content lengths",
                        SYNC + secret + "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}",
                        400),
                attack("a negative content length", SYNC + secret + "Content-Length: -2\r\n\r\n{}", 400),
                attack("a content length that is none", SYNC + secret + "Content-Length: 0x2\r\n\r\n{}", 400),
                attack(
                        "an unknown transfer coding",
                        SYNC + secret + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                        400,
                        411,
                        501),
                attack(
                        "a hidden transfer coding",
                        SYNC + secret + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                        400,
                        411),
                attack(
                        "a secret in a folded header",
                        SYNC + "X-A: b\r\n x-admin-secret: test-secret\r\nContent-Length: 2\r\n\r\n{}",
                        400,
                        401),
                attack(
                        "a secret behind a bare LF",
                        SYNC + "X-A: b\nX-Admin: c\rx-admin-secret: test-secret\r\nContent-Length: 2\r\n\r\n{}",
                        400,
                        401),
                attack(
                        "a NUL in a header",
                        SYNC + "x-admin-secret: test-secret\0\r\nContent-Length: 2\r\n\r\n{}",
                        400,
                        401),
                attack("no host", "POST /api/internal/trades/sync HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 400, 401),
                attack("an encoded body", SYNC + secret + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 415),
                attack(
                        "200 headers",
                        SYNC + secret + "X-Many: 1\r\n".repeat(200) + "Content-Length: 2\r\n\r\n{}",
                        431,
                        400),
                attack("a header of 64 KiB", SYNC + "X-Big: " + "a".repeat(65_536) + "\r\n\r\n", 431),
                attack("a body over the limit", SYNC + secret + "Content-Length: 1048577\r\n\r\n", 413),
                attack(
                        "a body where none belongs",
                        "GET /api/internal/trades HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
                        400),
                attack(
                        "no such protocol",
                        "POST /api/internal/trades/sync HTTP/9.9\r\n" + secret + "\r\n",
                        400,
                        501,
                        505,
                        0),
                attack("no request at all", "GARBAGE\r\n\r\n", 400, 0),
                attack(
                        "CONNECT",
                        "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n" + secret + "\r\n",
                        400,
                        404,
                        405,
                        0),
                attack(
                        "TRACE",
                        "TRACE /api/internal/trades HTTP/1.1\r\nHost: localhost\r\n" + secret + "\r\n",
                        404,
                        405),
                attack(
                        "an expectation without the secret",
                        SYNC + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
                        401,
                        417),
                attack(
                        "a method override in the query",
                        "GET /api/internal/trades/sync?_method=POST HTTP/1.1\r\nHost: localhost\r\n" + secret + "\r\n",
                        404,
                        405,
                        200));
    }

    private static Arguments attack(String what, String request, Integer... statuses) {
        return Arguments.of(what, request, List.of(statuses));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void nothingOfItIsForwarded(String what, String request, List<Integer> statuses) throws IOException {
        int status = gateway.send(request);
        assertTrue(statuses.contains(status), what + " answered " + status);
        assertTrue(
                Peers.RECEIVED.stream().noneMatch(r -> r.method().equals("POST")),
                () -> "forwarded: " + Peers.RECEIVED);
    }

    /** A path that takes an id of any alphabet, and what must not come in by it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a%2fb",
                "a%5Cb",
                "%2e",
                "%2E%2e",
                ".%2e",
                "%2e%2e%2fsync",
                "..%2fsync",
                "a%00",
                "a%0d%0aX-Admin-Secret:%20x",
                "a%09",
                "a%7f",
                "%c2%85",
                "%c0%ae",
                "%c0%af",
                "%e0%80%af",
                "%f0%80%80%af",
                "%ed%a0%80",
                "%f5%80%80%80",
                "%80",
                "%c3",
                "a%252fb",
                "a%255cb",
                "%252e%252e",
                "%25252e",
                "a%2500",
                "a%25c0%25ae",
                "a%",
                "a%2",
                "a%zz",
                "a%u002f",
                "%+2f",
                "a;b",
                "a\\b",
                "%73ync",
                "%70erformance",
                "%61nalytics"
            })
    void anIdIsNoWayIn(String id) throws IOException {
        assertEquals(
                400,
                gateway.send("GET /api/internal/trades/" + id
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assertTrue(Peers.RECEIVED.isEmpty(), () -> "forwarded: " + Peers.RECEIVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61pi/internal/trades",
                "/api/%69nternal/trades/A-1",
                "/api/internal/%74rades/A-1",
                "/api/%61dmin-proxy/internal/trades/sync",
                "/api/admin-proxy/internal/trades/%73ync",
                "/api/jobs/trade-sync-1/%65vents",
                "/%74rades",
                "/index%2ehtml",
                "/assets/%2e%2e/x",
                "/internal%2fmetrics",
                "/%69nternal/metrics"
            })
    void aFixedWordOfAPathIsSpelledAsItIs(String target) throws IOException {
        assertEquals(400, gateway.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=a;limit=1", "q=%00", "q=%c0%ae", "q=%zz", "q=a%2", "q=\u00e4", "q=a#b", "q=a\"b c"})
    void anAmbiguousQueryIsRefused(String query) throws IOException {
        assertEquals(
                400,
                gateway.send("GET /api/internal/trades?" + query
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assertTrue(Peers.RECEIVED.isEmpty());
    }

    /** What a client may say about the way it came is not believed and not passed on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Prefix: /api/admin",
                "Forwarded: for=127.0.0.1;host=evil.example",
                "X-Original-URL: /api/admin/snapshot",
                "X-Rewrite-URL: /api/admin/snapshot",
                "X-Internal-Actor: operator:root",
                "X-HTTP-Method-Override: POST",
                "X-Method-Override: DELETE",
                "x-admin-secret: test-secret",
                "Authorization: Bearer abc",
                "Range: bytes=0-0,1-1,2-2",
                "Upgrade: websocket",
                "Connection: Upgrade, X-Hop",
                "TE: trailers",
                "Proxy-Authorization: Basic eA=="
            })
    void aHeaderOfTheWayIsDropped(String header) throws IOException {
        int status = gateway.send("GET /api/internal/trades?limit=1 HTTP/1.1\r\nHost: evil.example\r\n" + header
                + "\r\nX-Hop: 1\r\nConnection: close\r\n\r\n");
        assertEquals(200, status);
        var received = Peers.RECEIVED.getFirst();
        String name = header.substring(0, header.indexOf(':')).toLowerCase(java.util.Locale.ROOT);
        if (!name.equals("connection")) {
            assertFalse(received.headers().containsKey(name), name + " crossed");
        }
        assertFalse(received.headers().getOrDefault("host", List.of()).contains("evil.example"), "the host crossed");
        if (header.contains("X-Hop")) {
            assertFalse(received.headers().containsKey("x-hop"), "a hop-by-hop header crossed");
        }
    }

    @Test
    void theHostIsNotReflected() {
        given().header("Host", "evil.example")
                .get("/api/nothing")
                .then()
                .statusCode(404)
                .body(not(containsString("evil")));
    }

    @Test
    @Timeout(30)
    void slowAndIdleClientsHoldNobodyUp() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket("localhost", port);
                sockets.add(socket);
                String begun = switch (i % 3) {
                    case 0 -> "";
                    case 1 -> SYNC + "x-admin-secret: te";
                    default -> SYNC + "x-admin-secret: test-secret\r\nContent-Length: 1000\r\n\r\n{";
                };
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            }
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                given().get("/api/volume-24h?currency=BTC")
                        .then()
                        .statusCode(200)
                        .body("answered", equalTo(true));
            }
            assertTrue(
                    Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(10)) < 0,
                    "other requests waited for the slow ones");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** The second half is only sent once the first has arrived: an answer held back until it is whole would never come. */
    @Test
    @Timeout(20)
    void anAnswerStreams() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET /api/internal/trades?" + Peers.IN_TWO_PARTS
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertEquals(200, RawHttp.status(in));
            assertTrue(in.readNBytes(Peers.PART).length == Peers.PART, "the first half");
            Peers.FIRST_PART_SEEN.release();
            byte[] rest = in.readAllBytes();
            assertTrue(rest.length >= Peers.PART, "the second half, of which " + rest.length + " came");
        }
    }

    @Test
    void everyLockedRouteIsLocked() throws IOException {
        for (var route : io.voldesk.gateway.route.RouteTable.ROUTES) {
            if (route.authority() == io.voldesk.gateway.route.Route.Authority.PUBLIC) {
                continue;
            }
            String path = route.template().replaceAll("\\{[a-z]+}", "x");
            String request =
                    route.method() + " " + path + " HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: 2\r\n\r\n{}";
            assertEquals(401, gateway.send(request.formatted("")), path);
            assertEquals(401, gateway.send(request.formatted("x-admin-secret: guess\r\n")), path);
            String viaProxy =
                    request.formatted("x-admin-secret: test-secret\r\n").replace(" /api/", " /api/admin-proxy/");
            assertEquals(route.adminProxy() ? 401 : 404, gateway.send(viaProxy), "through the proxy " + path);
        }
        assertTrue(Peers.RECEIVED.isEmpty(), () -> "forwarded: " + Arrays.toString(Peers.RECEIVED.toArray()));
    }
}

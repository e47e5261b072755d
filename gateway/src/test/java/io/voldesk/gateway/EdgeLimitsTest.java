package io.voldesk.gateway;

import static io.restassured.RestAssured.given;
import static io.voldesk.gateway.Clients.as;
import static io.voldesk.gateway.Clients.newClient;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.voldesk.database.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, rates and places at the edge, with small ones. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
@WithTestResource(RawPeer.class)
@Timeout(60)
class EdgeLimitsTest {
    private static final String PERFORMANCE = "/api/internal/trades/performance?portfolio=";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private static long millis(Runnable what) {
        long start = System.nanoTime();
        what.run();
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    @ParameterizedTest
    @CsvSource({"never,504", "dead,503", "reset,503", "cut-head,503"})
    void aServiceThatDoesNotAnswerIsAProblemWithinItsRoutesTime(String kind, int status) {
        long took = millis(() -> as(newClient())
                .get(PERFORMANCE + kind)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status)));
        assertTrue(took < 4_000, "answered after " + took + " ms");
    }

    @Test
    void aRunHasATimeOfItsOwnAndIsNotIdle() {
        long took = millis(() -> as(newClient())
                .header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body("{}")
                .post("/api/internal/trades/analytics/backfill")
                .then()
                .statusCode(200));
        assertTrue(took >= 3_000, "longer than a read may take and than an idle connection is kept: " + took + " ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut-chunked", "cut-length", "stall"})
    void anAnswerThatIsCutIsSeenToBeCut(String kind) throws Exception {
        String request = "GET " + PERFORMANCE + kind + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + newClient()
                + "\r\n\r\n";
        String answer = new RawHttp(port).untilClosed(request);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertFalse(answer.contains("\r\n0\r\n\r\n"), "a chunked answer that ends as if it were whole: " + answer);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest same = HttpRequest.newBuilder(URI.create("http://localhost:" + port + PERFORMANCE + kind))
                    .header("X-Forwarded-For", newClient())
                    .timeout(Duration.ofSeconds(10))
                    .build();
            assertThrows(IOException.class, () -> client.send(same, HttpResponse.BodyHandlers.ofString()));
        }
    }

    @Test
    void aWholeAnswerKeepsItsCount() {
        as(newClient())
                .get(PERFORMANCE + "rows")
                .then()
                .statusCode(200)
                .header("Voldesk-Rows", "1")
                .body(equalTo("{\"id\":\"A\"}\n{\"rows\":1}\n"));
    }

    @Test
    void whoAsksMoreThanHisShareWaitsAndNobodyElseDoes() {
        String greedy = newClient();
        Response refused = null;
        for (int i = 0; i < 60 && refused == null; i++) {
            Response answer = as(greedy).get("/api/volume-24h");
            refused = answer.statusCode() == 429 ? answer : null;
        }
        assertTrue(refused != null, "40 reads are allowed at once, and one more each second");
        refused.then().contentType("application/problem+json").body("status", equalTo(429));
        int wait = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(wait >= 1 && wait <= 2, "Retry-After: " + wait);
        as(newClient()).get("/api/volume-24h").then().statusCode(200);
        // another door of the same client
        as(greedy)
                .header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body("{}")
                .post("/api/internal/trades/sync")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/snapshots/coverage?from=2026-01-01,8",
        "/api/snapshots/export?type=gex,2",
        "/api/internal/trades,2"
    })
    void aCostlyReadTakesMoreOfTheShare(String path, int allowed) {
        String client = newClient();
        for (int i = 0; i <= allowed; i++) {
            as(client)
                    .accept(path.endsWith("trades") ? "text/csv" : "*/*")
                    .get(path)
                    .then()
                    .statusCode(i < allowed ? 200 : 429);
        }
        as(newClient()).get(path).then().statusCode(200);
    }

    @Test
    void guessesAreCountedLikeTheRightSecret() {
        String guessing = newClient();
        List<Integer> statuses = java.util.stream.IntStream.range(0, 14)
                .mapToObj(i -> as(guessing)
                        .header("x-admin-secret", "guess-" + i)
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/internal/trades/sync")
                        .statusCode())
                .toList();
        assertTrue(statuses.subList(0, 10).stream().allMatch(s -> s == 401), statuses.toString());
        assertTrue(statuses.contains(429), statuses.toString());
        String bearing = newClient();
        List<Integer> tokens = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> as(bearing)
                        .header("Authorization", "Bearer nonsense")
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/admin/snapshot")
                        .statusCode())
                .toList();
        assertEquals(List.of(401, 401, 429, 429), tokens);
    }

    @Test
    void onlySoManyOfAKindRunAtOnce() throws Exception {
        int before = RawPeer.ASKED.get();
        try (Socket first = new Socket("localhost", port)) {
            first.getOutputStream()
                    .write(("GET /api/jobs/analytics-1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 500 && RawPeer.ASKED.get() == before; i++) {
                Thread.sleep(10);
            }
            Response second = null;
            for (int i = 0; i < 20 && (second == null || second.statusCode() != 503); i++) {
                second = as(newClient()).get("/api/jobs/trade-sync-1/events");
            }
            second.then().statusCode(503).header("Retry-After", "1").contentType("application/problem+json");
            as(newClient()).get("/api/volume-24h").then().statusCode(200);
        }
        int status = 0;
        for (int i = 0; i < 50 && status != 200; i++) {
            status = as(newClient()).get("/api/jobs/trade-sync-1/events").statusCode();
        }
        assertEquals(200, status, "the place is given back when the client hangs up");
    }

    @Test
    void aHeadThatDribblesIsCut() throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            long start = System.nanoTime();
            assertThrows(IOException.class, () -> {
                for (byte b : "GET /api/health HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                        .getBytes(StandardCharsets.US_ASCII)) {
                    socket.getOutputStream().write(b);
                    socket.getOutputStream().flush();
                    Thread.sleep(100);
                }
            });
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 5_000);
        }
    }

    @Test
    void aConnectionOnWhichNothingIsAskedIsClosed() throws IOException {
        RawHttp gateway = new RawHttp(port);
        assertEquals("", gateway.untilClosed(""), "a new one that says nothing");
        String answer = gateway.untilClosed("GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200"), "a kept one, after its answer: " + answer);
        assertFalse(answer.contains(" 408 "), answer);
    }

    /** The address it came from stands last; what the client wrote before that is its own invention. */
    @Test
    void aClientCannotChooseWhomItIsCountedAgainst() {
        String honest = newClient();
        Response last = null;
        for (int i = 0; i < 60 && (last == null || last.statusCode() == 200); i++) {
            last = given().header("X-Forwarded-For", "10.0.0." + i + ", " + honest)
                    .get("/api/volume-24h");
        }
        assertEquals(429, last.statusCode());
    }
}

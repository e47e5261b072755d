package io.voldesk.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two servers might read differently is refused, and nothing more is read from its connection. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "gateway"))
class WireTest {
    private static final String NEXT = "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private RawHttp gateway;

    @BeforeEach
    void nothingReceived() {
        Peers.RECEIVED.clear();
        gateway = new RawHttp(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
                "GET /api/volume-24h HTTP/1.1\r\n\r\n",
                "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\n\r\n",
                "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n\tc\r\n\r\n",
                "GET /api/volume-24h HTTP/1.1\r\n Host: localhost\r\n\r\n",
                "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\nX-A: b\r\n\r\n",
                "GET /api/volume-24h HTTP/1.1\nHost: localhost\n\n",
                "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\r\nX-A: b\rc\r\n\r\n",
                "GET /api/volume-24h HTTP/1.2\r\nHost: localhost\r\n\r\n",
                "GET /api/volume-24h HTTP/2.0\r\nHost: localhost\r\n\r\n",
                "GET /api/volume-24h HTTP/0.9\r\n\r\n",
                "GET /api/volume-24h\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\tX: X\r\n\r\n0\r\n\r\n",
                "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: \u00a0chunked\r\n\r\n0\r\n\r\n",
                "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "POST /trades HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "GET /api/internal/trades HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
                "GET /api/snapshots/export HTTP/1.0\r\nHost: localhost\r\n\r\n",
                "GET /api/volume-24h?x=%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api//volume-24h HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void anAmbiguousRequestIsTheLastOfItsConnection(String request) throws IOException {
        String answer = gateway.untilClosed(request + NEXT);
        assertTrue(answer.matches("(?s)HTTP/1\\.[01] (400|411|415|501|505) .*"), answer);
        assertEquals(1, answer.split("HTTP/1\\.[01] \\d", -1).length - 1, answer);
        assertTrue(Peers.RECEIVED.isEmpty(), () -> "forwarded: " + Peers.RECEIVED);
    }

    @Test
    void theHeadIsFollowedThroughBodiesAndPipelines() throws IOException {
        String post = "POST /api/internal/trades/sync HTTP/1.1\r\nHost: localhost\r\nx-admin-secret: test-secret\r\n"
                + "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"a\":\"\n b\r\n c\"";
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            byte[] all = ("\r\n" + post + NEXT + NEXT.replace("Host", "Connection: close\r\nHost"))
                    .getBytes(StandardCharsets.US_ASCII);
            for (byte b : all) {
                socket.getOutputStream().write(b);
            }
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertEquals(3, answers.split("HTTP/1.1 200", -1).length - 1, answers);
        }
        assertEquals(3, Peers.RECEIVED.size());
    }

    /** @param pieces how many bytes are sent at once: each alone, or all */
    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void aBadRequestIsRefusedAfterTheAnswersToThoseBeforeIt(int pieces) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            socket.setTcpNoDelay(true);
            byte[] all = (NEXT + NEXT + NEXT.replace("24h", "24h?x=%zz") + NEXT).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < all.length; i += pieces) {
                socket.getOutputStream().write(all, i, Math.min(pieces, all.length - i));
            }
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(
                    answers.matches("(?s)HTTP/1.1 200 .*HTTP/1.1 200 .*HTTP/1.1 400 .*application/problem\\+json.*"),
                    answers);
            assertEquals(3, answers.split("HTTP/1.1 \\d", -1).length - 1, answers);
        }
        assertEquals(2, Peers.RECEIVED.size());
    }

    @Test
    void aConnectionDoesNotTurnToHttp2() throws IOException {
        String answer = gateway.untilClosed(
                "GET /api/volume-24h HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
                        + NEXT.replace("Host", "Connection: close\r\nHost"));
        assertEquals(2, answer.split("HTTP/1.1 200", -1).length - 1, answer);
        assertFalse(answer.contains("101 Switching"), answer);
    }
}

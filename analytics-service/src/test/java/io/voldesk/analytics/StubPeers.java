package io.voldesk.analytics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Execution sync and market data as analytics meets them over HTTP, with answers the test sets. */
public final class StubPeers implements QuarkusTestResourceLifecycleManager {
    /** An answer whose connection breaks in the middle of it. */
    static final String RESET = "{\"change_seq\":1";

    static volatile Function<HttpExchange, String> answer = exchange -> null;

    private HttpServer server;

    /** A whole page of the export: its lines and the count it ends with. */
    static String export(String lines) {
        return lines + "{\"rows\":"
                + lines.lines().filter(line -> !line.isBlank()).count() + "}\n";
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/internal/")
                    && !"test-secret".equals(exchange.getRequestHeaders().getFirst("x-admin-secret"))) {
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
                return;
            }
            String body = answer.apply(exchange);
            byte[] bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", path.contains("export") ? "application/x-ndjson" : "application/json");
            boolean reset = RESET.equals(body);
            exchange.sendResponseHeaders(
                    body == null ? 503 : 200, bytes.length == 0 ? -1 : reset ? 2 * bytes.length : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "TRADE_SYNC_URL",
                url,
                "SNAPSHOT_URL",
                url,
                "ADMIN_SECRET",
                "test-secret",
                "voldesk.projection.poll",
                "1h",
                "voldesk.healing.every",
                "1h");
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}

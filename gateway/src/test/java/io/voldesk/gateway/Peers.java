package io.voldesk.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.voldesk.sandbox.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A service behind the gateway that records what reaches it, a dead one, and the sandbox's token issuer. */
public final class Peers implements QuarkusTestResourceLifecycleManager {
    /** What crossed: header names in lower case. */
    record Received(String method, String uri, Map<String, List<String>> headers, String body) {}

    /** Queries that are answered in two parts, and not before the test is over. */
    static final String IN_TWO_PARTS = "q=in-two-parts";

    static final String NEVER = "q=never";
    static final Semaphore OVER = new Semaphore(0);

    static final int PART = 1 << 16;
    static final Semaphore FIRST_PART_SEEN = new Semaphore(0);
    /** How many connections are still to be closed in place of an answer. */
    static final Semaphore DROPPED = new Semaphore(0);

    static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();

    private HttpServer server;
    private Sandbox sandbox;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", exchange -> {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            RECEIVED.add(new Received(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
            if (IN_TWO_PARTS.equals(exchange.getRequestURI().getQuery())) {
                inTwoParts(exchange);
                return;
            }
            if (NEVER.equals(exchange.getRequestURI().getQuery())) {
                awaitTheEnd();
                exchange.close();
                return;
            }
            if (DROPPED.tryAcquire()) {
                exchange.close();
                return;
            }
            byte[] answer = "{\"answered\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().add("Content-Length", String.valueOf(answer.length));
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        sandbox = Sandbox.start(0);
        int port = freePort();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.ofEntries(
                Map.entry("TRADE_SYNC_URL", url),
                Map.entry("ANALYTICS_URL", url),
                Map.entry("SNAPSHOT_URL", url),
                Map.entry("ALERT_URL", "http://localhost:1"),
                Map.entry("ADMIN_SECRET", "test-secret"),
                Map.entry("quarkus.http.test-port", String.valueOf(port)),
                Map.entry("PUBLIC_URL", "http://localhost:" + port),
                Map.entry("COOKIE_SECURE", "false"),
                Map.entry("SESSION_SECRET", "a-session-secret-of-these-tests-alone"),
                Map.entry("OIDC_ENABLED", "true"),
                Map.entry("OIDC_ISSUER", sandbox.url() + "/google"),
                Map.entry("OIDC_CLIENT_SECRET", "client-secret-of-the-sandbox-000000"),
                Map.entry("OPERATORS", "operator@voldesk.example"),
                Map.entry("SCHEDULER_OIDC_ENABLED", "true"),
                Map.entry("SCHEDULER_ISSUER", sandbox.url() + "/google"),
                Map.entry("SCHEDULER_AUDIENCE", "https://gateway.voldesk.example"),
                Map.entry("SCHEDULER_EMAIL", "scheduler@voldesk.example"),
                Map.entry("voldesk.test.sandbox-url", sandbox.url()));
    }

    /** The address of sign-in is configured, so the port must be known before the start. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitTheEnd() {
        try {
            OVER.tryAcquire(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends the second half only once the first has been seen at the other end. */
    private static void inTwoParts(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(new byte[PART]);
            out.flush();
            if (FIRST_PART_SEEN.tryAcquire(10, TimeUnit.SECONDS)) {
                out.write(new byte[PART]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        server.stop(0);
        sandbox.close();
    }
}

package io.voldesk.alert;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The other services as alerts meet them over HTTP, with readings the test turns. */
public final class StubServices implements QuarkusTestResourceLifecycleManager {
    static volatile boolean inverted;
    static volatile boolean stale;
    static volatile String alarms = "";
    /** The secrets that came with reads of {@code /internal}; an empty one where none did. */
    static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/internal/")) {
                SECRETS.add(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("x-admin-secret"), ""));
            }
            byte[] body = answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "SNAPSHOT_URL", url, "TRADE_SYNC_URL", url, "ANALYTICS_URL", url, "SLACK_READ_TIMEOUT_MS", "1500");
    }

    private static String answer(String path) {
        return switch (path) {
            case "/api/analytics/overview" ->
                "{\"rv30\":%s,\"atm_iv7\":%s,\"atm_iv30\":%s,\"vrp\":%s,\"dvol\":%s}"
                        .formatted(figure(0.45), figure(inverted ? 0.6 : 0.45), figure(0.5), figure(0.05), figure(0.5));
            case "/api/internal/trades/sync/status" ->
                "{\"last_successful_sync_at\":null,\"owed_enrichment\":{\"count\":0},\"alarms\":[%s]}"
                        .formatted(alarms);
            case "/api/internal/trades/analytics/status" -> "{\"freshness\":{\"last_error\":null}}";
            case "/api/snapshots/status" ->
                "{\"latest_complete_date\":\"2026-11-23\",\"items\":[{\"type\":\"gex\",\"currency\":\"BTC\",\"status\":\"ok\"}]}";
            default -> "{\"state\":\"unavailable\",\"reason\":\"none\"}";
        };
    }

    private static String figure(double value) {
        return stale
                ? "{\"value\":null,\"state\":\"stale\",\"reason\":\"older_than_tolerance\",\"as_of\":\"2026-11-01T00:00:00Z\"}"
                : "{\"value\":%s,\"state\":\"ok\",\"reason\":null,\"as_of\":\"%s\",\"age_seconds\":0}"
                        .formatted(value, Instant.now());
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}

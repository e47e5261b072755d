package io.voldesk.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.voldesk.kit.json.JsonRules;
import io.voldesk.model.Figure;
import io.voldesk.model.MarketFigures;
import io.voldesk.model.QualityState;
import io.voldesk.model.ServiceStatus;
import io.voldesk.model.SourceAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** The other services as alerts meet them over HTTP, with readings the test turns; they answer in the records of the border. */
public final class StubServices implements QuarkusTestResourceLifecycleManager {
    static final String CARD = "/api/internal/trades/sync/status";
    static final String OVERVIEW = "/api/analytics/overview";

    static volatile boolean inverted;
    static volatile boolean stale;
    /** Paths whose connection breaks in the middle of the answer. */
    static final Set<String> DYING = ConcurrentHashMap.newKeySet();
    /** Paths that answer something else. */
    static final Map<String, String> INSTEAD = new ConcurrentHashMap<>();

    /** The secrets that came with reads of {@code /internal}; an empty one where none did. */
    static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

    private static final ObjectMapper JSON = JsonRules.apply(new ObjectMapper().registerModule(new JavaTimeModule()));

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", StubServices::answer);
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "SNAPSHOT_URL", url, "TRADE_SYNC_URL", url, "ANALYTICS_URL", url, "SLACK_READ_TIMEOUT_MS", "1500");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/internal/")) {
            SECRETS.add(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("x-admin-secret"), ""));
        }
        String query = exchange.getRequestURI().getQuery();
        String currency = query == null ? "BTC" : query.replaceFirst(".*currency=([A-Z]+).*", "$1");
        String text = INSTEAD.containsKey(path) ? INSTEAD.get(path) : json(answer(path, currency));
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, DYING.contains(path) ? body.length / 2 : body.length);
        exchange.close();
    }

    private static Object answer(String path, String currency) {
        return switch (path) {
            case OVERVIEW ->
                new MarketFigures.Overview(
                        currency, figure(inverted ? 0.6 : 0.45), figure(0.5), figure(0.45), figure(0.05), figure(0.5));
            case "/api/analytics/thresholds" -> new MarketFigures.Thresholds(currency, List.of());
            case "/api/analytics/gex-levels" ->
                new MarketFigures.Levels(
                        currency,
                        QualityState.MISSING,
                        "no_gex_snapshot",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "no_surface",
                        List.of());
            case "/internal/market-history" -> new MarketFigures.History(currency, List.of());
            case "/api/snapshots/status" ->
                new ServiceStatus.Snapshots(
                        LocalDate.parse("2026-11-23"),
                        List.of(new ServiceStatus.Snapshot("gex", "BTC", "ok")),
                        List.of());
            case "/api/snapshots/readiness" -> new ServiceStatus.Densities(List.of());
            case CARD -> new ServiceStatus.Sync(null, null, new ServiceStatus.Owed(0), List.of());
            case "/api/internal/trades/analytics/status" ->
                new ServiceStatus.Analytics(new ServiceStatus.Freshness(null, null, null));
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static Figure figure(double value) {
        return stale
                ? new Figure.Stale(value, "older_than_tolerance", Instant.parse("2026-11-01T00:00:00Z"), 86_400L)
                : new Figure.Known(value, Instant.now(), 0L, SourceAuthority.DIRECT_SOURCE);
    }

    private static String json(Object answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}

package io.voldesk.gateway.route;

import static io.voldesk.gateway.route.Route.Authority.ADMIN;
import static io.voldesk.gateway.route.Route.Authority.ADMIN_OR_SCHEDULER;
import static io.voldesk.gateway.route.Route.Authority.PUBLIC;
import static io.voldesk.gateway.route.Route.Service.ALERT;
import static io.voldesk.gateway.route.Route.Service.ANALYTICS;
import static io.voldesk.gateway.route.Route.Service.GATEWAY;
import static io.voldesk.gateway.route.Route.Service.SNAPSHOT;
import static io.voldesk.gateway.route.Route.Service.TRADE_SYNC;

import io.voldesk.gateway.route.Route.Authority;
import io.voldesk.gateway.route.Route.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every route there is: router, admin-proxy allowlist, limits and documentation in one. What is not here is not found. */
public final class RouteTable {
    /** The browser's way to the admin routes: this prefix in place of {@code /api}. */
    public static final String ADMIN_PROXY = "/api/admin-proxy";

    private static final long LARGEST_BODY = 1 << 20;

    private static final List<Route> NAMED = List.of(
            get("/api/health", GATEWAY),
            get("/api/health/deep", GATEWAY),
            get("/api/openapi", GATEWAY),
            get("/api/lineage", GATEWAY),
            get("/api/session", GATEWAY),
            get("/api/session/login", GATEWAY),
            get("/api/session/logout", GATEWAY),
            get("/api/internal/trades", TRADE_SYNC),
            get("/api/internal/trades/{id}", TRADE_SYNC),
            get("/api/internal/trades/sync/status", TRADE_SYNC),
            get("/api/internal/trades/sync/runs", TRADE_SYNC),
            get("/api/internal/trades/sync/rejected", TRADE_SYNC),
            post("/api/internal/trades/sync", TRADE_SYNC, ADMIN),
            post("/api/internal/trades/sync/rejected/{id}/dismiss", TRADE_SYNC, ADMIN),
            get("/api/internal/trades/diagnostics", TRADE_SYNC),
            post("/api/internal/trades/diagnostics/{id}/acknowledge", TRADE_SYNC, ADMIN),
            get("/api/internal/contracts", TRADE_SYNC),
            post("/api/internal/contracts/{root}", TRADE_SYNC, ADMIN),
            get("/api/internal/trades/performance", ANALYTICS),
            get("/api/internal/trades/analytics/status", ANALYTICS),
            get("/api/internal/trades/{id}/analytics", ANALYTICS),
            post("/api/internal/trades/analytics/backfill", ANALYTICS, ADMIN),
            post("/api/internal/trades/outcomes/backfill", ANALYTICS, ADMIN),
            post("/api/admin/snapshot", SNAPSHOT, ADMIN_OR_SCHEDULER),
            post("/api/admin/snapshot/backfill", SNAPSHOT, ADMIN),
            post("/api/admin/snapshot/rederive", SNAPSHOT, ADMIN),
            get("/api/snapshots/status", SNAPSHOT),
            get("/api/snapshots/coverage", SNAPSHOT),
            get("/api/snapshots/readiness", SNAPSHOT),
            get("/api/snapshots/remediation", SNAPSHOT),
            get("/api/snapshots/export", SNAPSHOT),
            get("/api/snapshots/raw/{id}", SNAPSHOT),
            get("/api/snapshots/{type}/{currency}/{date}", SNAPSHOT),
            get("/api/reference-rates", SNAPSHOT),
            get("/api/volume-24h", SNAPSHOT),
            get("/api/analytics/overview", SNAPSHOT),
            get("/api/analytics/gamma-profile", SNAPSHOT),
            get("/api/analytics/gex-levels", SNAPSHOT),
            get("/api/analytics/thresholds", SNAPSHOT),
            get("/api/analytics/spot-vol", SNAPSHOT),
            get("/api/analytics/smile-tracking", SNAPSHOT),
            get("/api/analytics/regime", SNAPSHOT),
            get("/api/analytics/realised-vol", SNAPSHOT),
            get("/api/analytics/term-structure", SNAPSHOT),
            get("/api/analytics/surface", SNAPSHOT),
            get("/api/probability/density", SNAPSHOT),
            get("/api/probability/conditional", SNAPSHOT),
            get("/api/probability/touch", SNAPSHOT),
            get("/api/probability/candidates", SNAPSHOT),
            get("/api/flow/gex", SNAPSHOT),
            get("/api/flow/conditional-returns", SNAPSHOT),
            get("/api/alerts/signals", ALERT),
            get("/api/alerts/dispatches", ALERT),
            get("/api/alerts/silences", ALERT),
            post("/api/alerts/refresh", ALERT, ADMIN),
            post("/api/alerts/dispatch", ALERT, ADMIN),
            post("/api/alerts/silences", ALERT, ADMIN));

    /** A job's id begins with the service that runs it. */
    private static final List<Route> JOBS = Stream.of(TRADE_SYNC, ANALYTICS, SNAPSHOT)
            .flatMap(service -> {
                String job = "/api/jobs/" + service.key() + "-{id}";
                return Stream.of(
                        get(job, service),
                        get(job + "/events", service),
                        new Route("DELETE", job, service, ADMIN, true, LARGEST_BODY));
            })
            .toList();

    public static final List<Route> ROUTES =
            Stream.concat(NAMED.stream(), JOBS.stream()).toList();

    private RouteTable() {}

    private static Route get(String template, Service service) {
        return new Route("GET", template, service, PUBLIC, false, 0);
    }

    /** Every admin route is on the proxy's allowlist: the dashboard offers each of them. */
    private static Route post(String template, Service service, Authority authority) {
        return new Route("POST", template, service, authority, true, LARGEST_BODY);
    }

    public static Optional<Route> find(String method, List<String> segments) {
        return ROUTES.stream()
                .filter(route -> route.matches(method, segments))
                .max(Comparator.comparingLong(Route::literals));
    }

    /** Whether some other method is known for the path: then the method, not the path, is wrong. */
    public static boolean knowsPath(List<String> segments) {
        return ROUTES.stream().anyMatch(route -> route.matches(route.method(), segments));
    }
}

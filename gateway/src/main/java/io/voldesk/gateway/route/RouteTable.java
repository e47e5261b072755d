package io.voldesk.gateway.route;

import static io.voldesk.gateway.route.Route.Authority.ADMIN;
import static io.voldesk.gateway.route.Route.Authority.ADMIN_OR_SCHEDULER;
import static io.voldesk.gateway.route.Route.Authority.OPERATOR;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every route there is: router, admin-proxy allowlist, query parameters, limits and documentation in one. A path that is not here
 * is not found, a parameter that is not here is refused; the house's architecture rules hold it against the services' resources.
 */
public final class RouteTable {
    /** The browser's way to the admin routes: this segment after {@code /api}. */
    public static final String ADMIN_PROXY = "admin-proxy";

    /** A change names what it changes; a run may name what it accepts, id by id. */
    private static final long CHANGE = 1 << 16;

    private static final long REQUEST = 1 << 20;

    private static final List<Route> NAMED = List.of(
            get("/api/health", GATEWAY),
            range("/api/health/deep", GATEWAY),
            range("/api/openapi", GATEWAY),
            get("/api/lineage", GATEWAY, "number", "currency"),
            get("/api/session", GATEWAY),
            get("/api/session/login", GATEWAY, "return_to"),
            Route.of("POST", "/api/session/logout", GATEWAY, OPERATOR, false, Work.WRITE, CHANGE),
            get("/api/jobs", GATEWAY, "status", "limit"),
            get(
                    "/api/internal/trades",
                    TRADE_SYNC,
                    "id",
                    "portfolio",
                    "status",
                    "recon_status",
                    "underlying",
                    "from",
                    "to",
                    "q",
                    "sort",
                    "limit",
                    "cursor"),
            get("/api/internal/trades/{id}", TRADE_SYNC),
            get("/api/internal/trades/sync/status", TRADE_SYNC, "source", "portfolio_names", "include_pending"),
            get("/api/internal/trades/sync/runs", TRADE_SYNC, "source", "limit", "cursor"),
            get("/api/internal/trades/sync/rejected", TRADE_SYNC, "source", "state", "limit", "cursor"),
            run("/api/internal/trades/sync", TRADE_SYNC, ADMIN),
            change("/api/internal/trades/sync/rejected/{id}/dismiss", TRADE_SYNC, ADMIN),
            get(
                    "/api/internal/trades/diagnostics",
                    TRADE_SYNC,
                    "source",
                    "portfolio_names",
                    "include_pending",
                    "state",
                    "kind",
                    "portfolio",
                    "limit",
                    "cursor"),
            run("/api/internal/trades/diagnostics/{id}/acknowledge", TRADE_SYNC, ADMIN),
            get("/api/internal/contracts", TRADE_SYNC, "source"),
            run("/api/internal/contracts/{root}", TRADE_SYNC, ADMIN),
            range("/api/internal/trades/performance", ANALYTICS, "source", "portfolio", "authority"),
            get("/api/internal/trades/analytics/status", ANALYTICS, "source", "portfolio"),
            get("/api/internal/trades/{id}/analytics", ANALYTICS),
            get("/api/internal/trades/analytics", ANALYTICS, "id"),
            run("/api/internal/trades/analytics/backfill", ANALYTICS, ADMIN),
            run("/api/internal/trades/outcomes/backfill", ANALYTICS, ADMIN),
            run("/api/admin/snapshot", SNAPSHOT, ADMIN_OR_SCHEDULER),
            run("/api/admin/snapshot/backfill", SNAPSHOT, ADMIN),
            run("/api/admin/snapshot/rederive", SNAPSHOT, ADMIN),
            get("/api/snapshots/status", SNAPSHOT),
            range("/api/snapshots/coverage", SNAPSHOT, "from", "to", "currency"),
            get("/api/snapshots/readiness", SNAPSHOT),
            get("/api/snapshots/remediation", SNAPSHOT, "limit", "cursor"),
            export("/api/snapshots/export", SNAPSHOT, "type", "currency", "date"),
            get("/api/snapshots/raw/{id}", SNAPSHOT),
            get("/api/snapshots/{type}/{currency}/{date}", SNAPSHOT, "limit", "cursor"),
            get("/api/reference-rates", SNAPSHOT, "asset"),
            get("/api/volume-24h", SNAPSHOT, "currency"),
            get("/api/analytics/overview", SNAPSHOT, "currency", "date"),
            get("/api/analytics/gamma-profile", SNAPSHOT, "currency", "date"),
            get("/api/analytics/gex-levels", SNAPSHOT, "currency"),
            get("/api/analytics/thresholds", SNAPSHOT, "currency", "date"),
            get("/api/analytics/spot-vol", SNAPSHOT, "currency", "date"),
            get("/api/analytics/smile-tracking", SNAPSHOT, "currency", "date"),
            get("/api/analytics/regime", SNAPSHOT, "currency", "date"),
            get("/api/analytics/realised-vol", SNAPSHOT, "currency", "date"),
            get("/api/analytics/term-structure", SNAPSHOT, "currency", "date"),
            get("/api/analytics/surface", SNAPSHOT, "currency", "date"),
            get("/api/probability/density", SNAPSHOT, "currency", "dte", "date"),
            get("/api/probability/conditional", SNAPSHOT, "currency", "dte", "date", "band_pct"),
            get("/api/probability/touch", SNAPSHOT, "currency", "dte", "date", "levels"),
            get("/api/probability/candidates", SNAPSHOT, "currency", "dte", "date"),
            range("/api/flow/gex", SNAPSHOT, "currency", "from", "to"),
            range("/api/flow/conditional-returns", SNAPSHOT, "currency", "from", "to"),
            get("/api/alerts/rules", ALERT),
            get("/api/alerts/signals", ALERT),
            get("/api/alerts/dispatches", ALERT, "limit", "cursor"),
            get("/api/alerts/silences", ALERT, "state", "limit", "cursor"),
            run("/api/alerts/refresh", ALERT, ADMIN),
            run("/api/alerts/dispatch", ALERT, ADMIN),
            change("/api/alerts/silences", ALERT, ADMIN),
            delete("/api/alerts/silences/{id}", ALERT));

    /** A job's id begins with the service that runs it. */
    private static final List<Route> JOBS = Service.WITH_JOBS.stream()
            .flatMap(service -> {
                String job = "/api/jobs/" + service.key() + "-{id}";
                return Stream.of(get(job, service), events(job + "/events", service), delete(job, service));
            })
            .toList();

    public static final List<Route> ROUTES =
            Stream.concat(NAMED.stream(), JOBS.stream()).toList();

    /** The routes by how many segments they have, the most literal first. */
    private static final Map<Integer, List<Route>> BY_LENGTH = ROUTES.stream()
            .sorted(Comparator.comparingInt(Route::literals).reversed())
            .collect(Collectors.groupingBy(route -> route.segments().size()));

    private RouteTable() {}

    private static Route get(String template, Service service, String... parameters) {
        return read(Work.READ, template, service, parameters);
    }

    private static Route range(String template, Service service, String... parameters) {
        return read(Work.RANGE, template, service, parameters);
    }

    private static Route export(String template, Service service, String... parameters) {
        return read(Work.EXPORT, template, service, parameters);
    }

    private static Route events(String template, Service service) {
        return read(Work.EVENTS, template, service);
    }

    private static Route read(Work work, String template, Service service, String... parameters) {
        return Route.of("GET", template, service, PUBLIC, false, work, 0, parameters);
    }

    /** Every admin route is on the proxy's allowlist: the dashboard offers each of them. */
    private static Route run(String template, Service service, Authority authority) {
        return Route.of("POST", template, service, authority, true, Work.RUN, REQUEST);
    }

    private static Route change(String template, Service service, Authority authority) {
        return Route.of("POST", template, service, authority, true, Work.WRITE, CHANGE);
    }

    private static Route delete(String template, Service service) {
        return Route.of("DELETE", template, service, ADMIN, true, Work.WRITE, CHANGE);
    }

    /**
     * The route a path means. A literal template is meant before one with holes, whatever its method: the path of an admin route
     * is nobody's id.
     *
     * @param segments decoded
     */
    public static Optional<Route> find(String method, List<String> segments) {
        int literals = -1;
        for (Route route : sameLength(segments)) {
            if (!route.matches(segments)) {
                continue;
            }
            if (route.literals() < literals) {
                break;
            }
            literals = route.literals();
            if (route.takes(method)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    /** The methods a path takes, for the {@code Allow} of a 405; none where there is no such path. */
    public static List<String> methods(List<String> segments) {
        List<Route> matching =
                sameLength(segments).stream().filter(r -> r.matches(segments)).toList();
        return matching.stream()
                .filter(route -> route.literals() == matching.getFirst().literals())
                .flatMap(route -> route.method().equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(route.method()))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether every route that the path may mean has a hole wherever the path has an escape. */
    public static boolean takesEscapes(RequestTarget.Plain path) {
        List<Route> matching = sameLength(path.segments()).stream()
                .filter(route -> route.matches(path.segments()))
                .toList();
        return !matching.isEmpty() && matching.stream().allMatch(route -> route.takesEscapes(path.escaped()));
    }

    /** Whether a path goes through the admin proxy. */
    public static boolean viaProxy(RequestTarget.Plain target) {
        return target.segments().size() > 1
                && target.segments().get(0).equals("api")
                && target.segments().get(1).equals(ADMIN_PROXY);
    }

    /** The target of the route that is meant: the admin proxy's is the one without its own segment. */
    public static RequestTarget.Plain asRouted(RequestTarget.Plain target) {
        return viaProxy(target) && (target.escaped() & 0b11) == 0 ? target.without(1) : target;
    }

    private static List<Route> sameLength(List<String> segments) {
        return BY_LENGTH.getOrDefault(segments.size(), List.of());
    }
}

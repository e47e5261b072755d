package io.voldesk.gateway.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.admin.AdminAuthority;
import io.voldesk.gateway.admin.AuditLog;
import io.voldesk.gateway.route.RequestTarget;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.RouteTable;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry to the gateway: reads the target strictly, finds the route, checks the authority, cleans the request and passes it
 * on. The dashboard's pages are answered with its one document.
 */
@ApplicationScoped
public class ApiRouter {
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Set<String> PAGES =
            Set.of("/trades", "/performance", "/data", "/analytics", "/probability", "/flow");
    private static final int MOST_HEADERS = 100;
    private static final String TARGET = "voldesk.target";

    private final ServiceProxy services;
    private final AdminAuthority authority;
    private final AuditLog audit;

    public ApiRouter(ServiceProxy services, AdminAuthority authority, AuditLog audit) {
        this.services = services;
        this.authority = authority;
        this.audit = audit;
    }

    /** Before everything else, authentication included: what is ambiguous goes no further. */
    void guard(@Observes Filters filters) {
        filters.register(this::readTarget, 10_000);
    }

    /** After authentication, before the gateway's own resources. */
    void routes(@Observes Router router) {
        router.route("/api/*").order(-10).handler(this::api);
        router.route("/api").order(-10).handler(this::api);
        router.get().order(-9).handler(context -> {
            if (PAGES.contains(context.request().path())) {
                context.reroute("/index.html");
            } else {
                context.next();
            }
        });
    }

    private void readTarget(RoutingContext context) {
        if (context.get(TARGET) != null) {
            context.next();
            return;
        }
        if (context.request().headers().entries().size() > MOST_HEADERS) {
            Problems.send(
                    context.response(),
                    431,
                    "Request header fields too large",
                    "a request may have " + MOST_HEADERS + " headers at most",
                    null,
                    traceId(context.request()));
            return;
        }
        switch (RequestTarget.read(context.request().uri())) {
            case RequestTarget.Refused refused ->
                Problems.send(
                        context.response(), 400, "Bad request", refused.reason(), null, traceId(context.request()));
            case RequestTarget.Plain plain -> {
                context.put(TARGET, plain);
                context.next();
            }
        }
    }

    private void api(RoutingContext context) {
        RequestTarget.Plain target = context.get(TARGET);
        HttpServerRequest request = context.request();
        String traceId = traceId(request);
        context.response().putHeader("x-trace-id", traceId);
        boolean viaProxy = target.path().startsWith(RouteTable.ADMIN_PROXY + "/")
                || target.path().equals(RouteTable.ADMIN_PROXY);
        List<String> segments = viaProxy ? withoutProxy(target.segments()) : target.segments();
        Optional<Route> found =
                RouteTable.find(request.method().name(), segments).filter(route -> !viaProxy || route.adminProxy());
        if (found.isEmpty()) {
            boolean wrongMethod = !viaProxy && RouteTable.knowsPath(segments);
            refuse(
                    context,
                    wrongMethod ? 405 : 404,
                    wrongMethod ? "Method not allowed" : "Not found",
                    wrongMethod ? "this path takes another method" : "there is no such route");
            return;
        }
        Route route = found.get();
        if (route.service() == Route.Service.GATEWAY) {
            context.next();
            return;
        }
        Optional<BodyProblem> bodyProblem = BodyProblem.of(request, route.largestBody());
        if (bodyProblem.isPresent()) {
            refuse(
                    context,
                    bodyProblem.get().status(),
                    bodyProblem.get().title(),
                    bodyProblem.get().detail());
            return;
        }
        if (route.authority() == Route.Authority.PUBLIC) {
            cross(context, route, traceId, null);
            return;
        }
        switch (authority.judge(context, route, viaProxy)) {
            case AdminAuthority.Verdict.Granted granted -> {
                audit.follow(context, granted.actor(), route, traceId);
                cross(context, route, traceId, granted.actor());
            }
            case AdminAuthority.Verdict.Denied denied -> {
                audit.denied(context, denied.reason(), route, traceId);
                refuse(
                        context,
                        denied.status(),
                        denied.status() == 403 ? "Forbidden" : "Unauthorized",
                        denied.reason());
            }
        }
    }

    private void cross(RoutingContext context, Route route, String traceId, String actor) {
        HttpServerRequest request = context.request();
        HeaderHygiene.clean(request.headers());
        request.headers().set("x-request-id", traceId);
        request.headers().set("traceparent", "00-" + traceId + "-" + traceId.substring(16) + "-01");
        if (actor != null) {
            request.headers().set(AdminSecret.HEADER, authority.secret());
            request.headers().set(Actor.HEADER, actor);
        }
        services.pass(request, route.service());
    }

    private static List<String> withoutProxy(List<String> segments) {
        List<String> rest = new java.util.ArrayList<>(segments);
        rest.remove(1);
        return rest;
    }

    private static void refuse(RoutingContext context, int status, String title, String detail) {
        RequestTarget.Plain target = context.get(TARGET);
        if (status == 413) {
            context.response().putHeader("connection", "close");
        }
        Problems.send(
                context.response(),
                status,
                title,
                detail,
                target.path(),
                context.response().headers().get("x-trace-id"));
    }

    private static String traceId(HttpServerRequest request) {
        String header = request.getHeader("traceparent");
        Matcher match = TRACEPARENT.matcher(header == null ? "" : header);
        return match.matches() ? match.group(1) : UUID.randomUUID().toString().replace("-", "");
    }
}

package io.voldesk.gateway.edge;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.admin.AdminAuthority;
import io.voldesk.gateway.admin.AuditLog;
import io.voldesk.gateway.route.Pages;
import io.voldesk.gateway.route.QueryText;
import io.voldesk.gateway.route.RequestTarget;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.RouteTable;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The entry to the gateway: reads the target strictly, finds the route, checks the authority, cleans the request and passes it
 * on. The dashboard's pages are answered with its one document.
 */
@ApplicationScoped
public class ApiRouter {
    /** Health, metrics and the like of the gateway itself, which answer on the management port. */
    private static final String MANAGEMENT = "/internal";

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
        router.route("/api/*").order(-10).handler(this::api).failureHandler(this::refusedToken);
        router.route("/api").order(-10).handler(this::api);
        router.route().order(-9).handler(this::page);
    }

    private void page(RoutingContext context) {
        String path = context.request().path();
        HttpMethod method = context.request().method();
        if (path.equals(MANAGEMENT) || path.startsWith(MANAGEMENT + "/")) {
            refuse(context, 404, "Not found", "there is no such route");
        } else if (!Pages.has(path)) {
            context.next();
        } else if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            wrongMethod(context, List.of("GET", "HEAD"));
        } else if (path.equals("/")) {
            context.next();
        } else {
            context.reroute("/index.html");
        }
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
                    TraceId.of(context.request()));
            return;
        }
        switch (RequestTarget.read(context.request().uri())) {
            case RequestTarget.Refused refused ->
                Problems.send(
                        context.response(), 400, "Bad request", refused.reason(), null, TraceId.of(context.request()));
            case RequestTarget.Plain plain -> {
                if (plain.escaped() != 0 && !RouteTable.takesEscapes(asRouted(plain))) {
                    Problems.send(
                            context.response(),
                            400,
                            "Bad request",
                            "the path holds an escape where none belongs",
                            null,
                            TraceId.of(context.request()));
                    return;
                }
                context.put(TARGET, plain);
                context.next();
            }
        }
    }

    private void api(RoutingContext context) {
        RequestTarget.Plain target = context.get(TARGET);
        HttpServerRequest request = context.request();
        String traceId = TraceId.of(request);
        context.response().putHeader("x-trace-id", traceId);
        boolean viaProxy = viaProxy(target);
        RequestTarget.Plain routed = asRouted(target);
        Optional<Route> found = RouteTable.find(request.method().name(), routed.segments())
                .filter(route -> !viaProxy || route.adminProxy());
        if (found.isEmpty()) {
            List<String> methods = viaProxy ? List.of() : RouteTable.methods(routed.segments());
            if (methods.isEmpty()) {
                refuse(context, 404, "Not found", "there is no such route");
            } else {
                wrongMethod(context, methods);
            }
            return;
        }
        Route route = found.get();
        if (!QueryText.fits(target.query(), route.parameters())) {
            Problems.sendBadParameters(
                    context.response(), QueryText.faults(target.query(), route.parameters()), target.path(), traceId);
            return;
        }
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
            cross(context, route, routed, traceId, null);
            return;
        }
        switch (authority.judge(context, route, viaProxy)) {
            case AdminAuthority.Verdict.Granted granted -> {
                audit.follow(context, granted.actor(), route, traceId);
                cross(context, route, routed, traceId, granted.actor());
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

    private void cross(RoutingContext context, Route route, RequestTarget.Plain target, String traceId, String actor) {
        HttpServerRequest request = context.request();
        HeaderHygiene.clean(request.headers());
        request.headers().set("x-request-id", traceId);
        request.headers().set("traceparent", "00-" + traceId + "-" + traceId.substring(16) + "-01");
        if (actor != null) {
            request.headers().set(AdminSecret.HEADER, authority.secret());
            request.headers().set(Actor.HEADER, actor);
        }
        services.pass(request, route.service(), target.uri());
    }

    /** A token that is refused before its route is looked at: answered and noted like any other refusal. */
    private void refusedToken(RoutingContext context) {
        RequestTarget.Plain target = context.get(TARGET);
        HttpServerRequest request = context.request();
        if (target == null
                || !(context.failure() instanceof AuthenticationFailedException)
                || !request.headers().contains("authorization")) {
            context.next();
            return;
        }
        String traceId = TraceId.of(request);
        RouteTable.find(request.method().name(), asRouted(target).segments())
                .ifPresent(route -> audit.denied(context, "the bearer token is refused", route, traceId));
        context.response().putHeader("x-trace-id", traceId).putHeader("www-authenticate", "Bearer");
        refuse(context, 401, "Unauthorized", "the bearer token is refused");
    }

    private static boolean viaProxy(RequestTarget.Plain target) {
        return target.segments().size() > 1
                && target.segments().get(0).equals("api")
                && target.segments().get(1).equals(RouteTable.ADMIN_PROXY);
    }

    /** The target of the route that is meant: the admin proxy's is the one without its own segment. */
    private static RequestTarget.Plain asRouted(RequestTarget.Plain target) {
        return viaProxy(target) && (target.escaped() & 0b11) == 0 ? target.without(1) : target;
    }

    private static void wrongMethod(RoutingContext context, List<String> methods) {
        context.response().putHeader("allow", String.join(", ", methods));
        refuse(context, 405, "Method not allowed", "this path takes another method");
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
                Objects.requireNonNullElseGet(
                        context.response().headers().get("x-trace-id"), () -> TraceId.of(context.request())));
    }
}

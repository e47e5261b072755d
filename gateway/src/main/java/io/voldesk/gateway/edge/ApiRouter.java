package io.voldesk.gateway.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.admin.AdminAuthority;
import io.voldesk.gateway.admin.AuditLog;
import io.voldesk.gateway.identity.Operators;
import io.voldesk.gateway.identity.SignIn;
import io.voldesk.gateway.route.QueryText;
import io.voldesk.gateway.route.RequestTarget;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.RouteTable;
import io.voldesk.gateway.route.Work;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The way of a request to the API: its route, its allowance, its authority; then clean and on to its service. */
@ApplicationScoped
public class ApiRouter {
    private static final Logger LOG = Logger.getLogger(ApiRouter.class);

    private static final String SESSION = "/api/session";
    private static final String LOGIN = SESSION + "/login";

    private final ServiceProxy services;
    private final AdminAuthority authority;
    private final AuditLog audit;
    private final Allowances allowances;
    private final Operators operators;
    private final SignIn signIn;

    public ApiRouter(
            ServiceProxy services,
            AdminAuthority authority,
            AuditLog audit,
            Allowances allowances,
            Operators operators,
            SignIn signIn) {
        this.services = services;
        this.authority = authority;
        this.audit = audit;
        this.allowances = allowances;
        this.operators = operators;
        this.signIn = signIn;
    }

    /** Before the gateway's own resources. */
    void routes(@Observes Router router) {
        router.route("/api/*").order(-10).handler(this::api);
        router.route("/api").order(-10).handler(this::api);
    }

    private void api(RoutingContext context) {
        RequestTarget.Plain target = context.get(RequestGuard.TARGET);
        HttpServerRequest request = context.request();
        String traceId = TraceId.of(request);
        // an answer of the API is of its moment and of its caller
        context.response().putHeader("x-trace-id", traceId).putHeader("cache-control", "no-store");
        boolean viaProxy = RouteTable.viaProxy(target);
        RequestTarget.Plain routed = RouteTable.asRouted(target);
        Optional<Route> found = RouteTable.find(request.method().name(), routed.segments())
                .filter(route -> !viaProxy || route.adminProxy());
        if (found.isEmpty()) {
            List<String> methods = viaProxy ? List.of() : RouteTable.methods(routed.segments());
            if (methods.isEmpty()) {
                Problems.send(context, 404, "Not found", "there is no such route");
            } else {
                wrongMethod(context, methods);
            }
            return;
        }
        Route route = found.get();
        if (!QueryText.fits(target.query(), route.parameters()) && !isReturnOfSignIn(route, target)) {
            Problems.sendBadParameters(context, QueryText.faults(target.query(), route.parameters()));
            return;
        }
        Optional<BodyProblem> bodyProblem = BodyProblem.of(request, route.largestBody());
        if (bodyProblem.isPresent()) {
            BodyProblem problem = bodyProblem.get();
            Problems.sendAndClose(context, problem.status(), problem.title(), problem.detail());
            return;
        }
        Call call = new Call(context, routed, route, viaProxy, traceId);
        if (request.version() == HttpVersion.HTTP_1_0 && call.work().isStream()) {
            // it would have to be held in memory whole: HTTP/1.0 has no way to say that a stream was cut
            Problems.send(context, 505, "HTTP version not supported", "a stream is answered to HTTP/1.1 only");
            return;
        }
        admit(call);
    }

    /** What an issuer sends back with a browser is for the sign-in to judge; issuers add to it as they please. */
    private static boolean isReturnOfSignIn(Route route, RequestTarget.Plain target) {
        return route.template().equals(LOGIN) && ("&" + target.query()).contains("&state=");
    }

    /** The caller's allowance first: a guess at a secret costs as much as the secret. */
    private void admit(Call call) {
        Work work = call.work();
        Optional<Allowances.Refusal> refusal = allowances
                .spend(call.request(), Door.of(call.request(), call.route(), call.viaProxy()), work)
                .or(() -> allowances.enter(work));
        if (refusal.isPresent()) {
            Allowances.Refusal now = refusal.get();
            call.context().response().putHeader("retry-after", Long.toString(now.retryAfterSeconds()));
            Problems.send(call.context(), now.status(), now.title(), now.detail());
            return;
        }
        call.context().addEndHandler(end -> allowances.leave(work));
        if (call.route().authority() == Route.Authority.PUBLIC) {
            if (call.route().service() == Route.Service.GATEWAY) {
                own(call);
            } else {
                cross(call, null);
            }
            return;
        }
        authority
                .judge(call.context(), call.route(), call.viaProxy())
                .onSuccess(verdict -> decided(call, verdict))
                .onFailure(failure -> unknown(call, failure));
    }

    private void decided(Call call, AdminAuthority.Verdict verdict) {
        switch (verdict) {
            case AdminAuthority.Verdict.Granted granted -> {
                audit.follow(call.context(), granted.actor(), call.route(), call.traceId());
                if (call.route().service() == Route.Service.GATEWAY) {
                    call.context().next();
                } else {
                    cross(call, granted.actor());
                }
            }
            case AdminAuthority.Verdict.Denied denied -> {
                audit.denied(call.context(), denied.reason(), call.route(), call.traceId());
                if (denied.status() == 401) {
                    call.context().response().putHeader("www-authenticate", scheme(call.route()));
                }
                Problems.send(
                        call.context(),
                        denied.status(),
                        denied.status() == 403 ? "Forbidden" : "Unauthorized",
                        denied.reason());
            }
        }
    }

    private static String scheme(Route route) {
        return route.authority() == Route.Authority.ADMIN_OR_SCHEDULER ? "Bearer" : "Secret realm=\"voldesk\"";
    }

    /** The gateway's own routes: sign-in happens at the configured address, and the session is read where it is asked for. */
    private void own(Call call) {
        RoutingContext context = call.context();
        switch (call.route().template()) {
            case LOGIN ->
                signIn.elsewhere(context.request())
                        .ifPresentOrElse(
                                address -> context.response()
                                        .setStatusCode(303)
                                        .putHeader("location", address)
                                        .end(),
                                context::next);
            case SESSION ->
                operators
                        .of(context)
                        .onSuccess(operator -> context.next())
                        .onFailure(failure -> unknown(call, failure));
            default -> context.next();
        }
    }

    private static void unknown(Call call, Throwable failure) {
        LOG.warnf("%s: who asks could not be found out: %s", call.target().path(), failure);
        Problems.send(call.context(), 503, "Service unavailable", "who asks cannot be found out now");
    }

    private void cross(Call call, String actor) {
        HttpServerRequest request = call.request();
        HeaderHygiene.clean(request.headers());
        request.headers().set("x-request-id", call.traceId());
        request.headers()
                .set(
                        "traceparent",
                        "00-" + call.traceId() + "-" + call.traceId().substring(16) + "-01");
        if (actor != null) {
            request.headers().set(AdminSecret.HEADER, authority.secret());
            request.headers().set(Actor.HEADER, actor);
        }
        services.pass(request, call.route().service(), call.target().uri(), call.work());
    }

    static void wrongMethod(RoutingContext context, List<String> methods) {
        context.response().putHeader("allow", String.join(", ", methods));
        Problems.send(context, 405, "Method not allowed", "this path takes another method");
    }

    static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}

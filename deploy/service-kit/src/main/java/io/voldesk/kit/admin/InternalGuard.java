package io.voldesk.kit.admin;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.problem.ProblemMappers;
import io.voldesk.kit.problem.TraceFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What a service answers under {@code /internal} is for the other services: reads too need the shared secret, metrics and the API
 * document among them. Health is open to whoever probes it.
 */
@ApplicationScoped
public class InternalGuard {
    private static final String INTERNAL = "/internal";
    private static final String HEALTH = INTERNAL + "/health";
    /** Before whatever answers. */
    private static final int PRIORITY = 9_000;

    private final AdminSecret secret;

    public InternalGuard(AdminSecret secret) {
        this.secret = secret;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        String sent = context.request().path();
        String meant = context.normalizedPath();
        boolean open = open(sent) && open(meant);
        if (open || secret.matches(context.request().headers().getAll(AdminSecret.HEADER))) {
            context.next();
            return;
        }
        Problem refused = Problem.unauthorized();
        String traceId = TraceFilter.traceId(context.request().getHeader("traceparent"));
        context.response()
                .setStatusCode(refused.status())
                .putHeader("content-type", ProblemMappers.PROBLEM_JSON)
                .putHeader("x-trace-id", traceId)
                .end(new JsonObject(refused.body(sent, traceId)).toBuffer());
    }

    private static boolean open(String path) {
        return path != null
                && (!path.startsWith(INTERNAL) || path.equals(HEALTH) || path.startsWith(HEALTH + "/"))
                // a path that two readers could take for different ones is not open
                && !path.contains("..")
                && !path.startsWith("//");
    }
}

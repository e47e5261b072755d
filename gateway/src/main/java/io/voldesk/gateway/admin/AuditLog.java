package io.voldesk.gateway.admin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.route.Route;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** One line for every admin action or attempt: who, what, outcome; the log gives the time. */
@ApplicationScoped
public class AuditLog {
    private static final Logger LOG = Logger.getLogger("voldesk.audit");

    public void follow(RoutingContext context, String actor, Route route, String traceId) {
        context.addEndHandler(end -> LOG.infof(
                "actor=%s action=\"%s %s\" outcome=%d trace_id=%s",
                actor, route.method(), route.template(), context.response().getStatusCode(), traceId));
    }

    public void denied(RoutingContext context, String reason, Route route, String traceId) {
        denied(context.request(), route.method() + " " + route.template(), reason, traceId);
    }

    public void denied(HttpServerRequest request, String action, String reason, String traceId) {
        LOG.warnf(
                "actor=unknown remote=%s action=\"%s\" outcome=denied reason=\"%s\" trace_id=%s",
                request.remoteAddress().hostAddress(), action, reason, traceId);
    }
}

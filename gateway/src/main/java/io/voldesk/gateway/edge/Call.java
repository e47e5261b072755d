package io.voldesk.gateway.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.route.RequestTarget;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.Work;
import java.util.Locale;

/**
 * A request whose route has been found.
 *
 * @param target as its route's service is to see it
 * @param viaProxy whether it came through the admin proxy
 */
record Call(RoutingContext context, RequestTarget.Plain target, Route route, boolean viaProxy, String traceId) {
    HttpServerRequest request() {
        return context.request();
    }

    /** A list that is asked for as a sheet or line by line is a stream of rows. */
    Work work() {
        String accept = route.work() == Work.READ ? request().getHeader("accept") : null;
        if (accept == null) {
            return route.work();
        }
        String lower = accept.toLowerCase(Locale.ROOT);
        return lower.contains("text/csv") || lower.contains("ndjson") ? Work.EXPORT : route.work();
    }
}

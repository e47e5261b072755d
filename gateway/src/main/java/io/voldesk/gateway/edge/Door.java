package io.voldesk.gateway.edge;

import io.vertx.core.http.HttpServerRequest;
import io.voldesk.gateway.route.Route;
import io.voldesk.kit.admin.AdminSecret;
import java.util.Locale;

/** By which way a request comes in. Each has an allowance of its own, so that none is shut by what is spent at another. */
enum Door {
    PUBLIC,
    OPERATOR,
    SECRET,
    SCHEDULER;

    /** By what the request claims, whether or not it turns out true: guesses cost too. */
    static Door of(HttpServerRequest request, Route route, boolean viaProxy) {
        if (viaProxy || route.authority() == Route.Authority.OPERATOR) {
            return OPERATOR;
        }
        if (route.authority() == Route.Authority.PUBLIC) {
            return PUBLIC;
        }
        return request.headers().contains(AdminSecret.HEADER) || route.authority() != Route.Authority.ADMIN_OR_SCHEDULER
                ? SECRET
                : SCHEDULER;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

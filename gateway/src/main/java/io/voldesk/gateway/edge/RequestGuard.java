package io.voldesk.gateway.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.route.RequestTarget;
import io.voldesk.gateway.route.RouteTable;
import io.voldesk.gateway.wire.HeadGuard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Before everything else, authentication included: what is ambiguous goes no further. */
@ApplicationScoped
public class RequestGuard {
    /** Where a request's {@link RequestTarget.Plain} is kept. */
    static final String TARGET = "voldesk.target";

    private static final int MOST_HEADERS = 100;
    private static final String A_YEAR_OF_TLS = "max-age=31536000";

    private final Forwarding forwarding;

    public RequestGuard(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, 10_000);
    }

    private void check(RoutingContext context) {
        if (context.get(TARGET) != null) {
            context.next();
            return;
        }
        HttpServerRequest request = context.request();
        if (HeadGuard.isOver(request.connection())) {
            return;
        }
        context.addEndHandler(end -> HeadGuard.answered(request.connection()));
        if (forwarding.secure(request)) {
            context.response().putHeader("strict-transport-security", A_YEAR_OF_TLS);
        }
        if (request.headers().entries().size() > MOST_HEADERS) {
            Problems.sendAndClose(
                    context,
                    431,
                    "Request header fields too large",
                    "a request may have " + MOST_HEADERS + " headers at most");
        } else if (request.headers().contains("transfer-encoding")) {
            Problems.sendAndClose(context, 411, "Length required", "a body needs a Content-Length");
        } else if (request.version() == HttpVersion.HTTP_2 && !plainHeaders(request)) {
            Problems.sendAndClose(context, 400, "Bad request", "a header holds a control character");
        } else {
            readTarget(context);
        }
    }

    private static void readTarget(RoutingContext context) {
        switch (RequestTarget.read(context.request().uri())) {
            case RequestTarget.Refused refused -> Problems.sendAndClose(context, 400, "Bad request", refused.reason());
            case RequestTarget.Plain plain -> {
                if (plain.escaped() != 0 && !RouteTable.takesEscapes(RouteTable.asRouted(plain))) {
                    Problems.sendAndClose(context, 400, "Bad request", "the path holds an escape where none belongs");
                    return;
                }
                context.put(TARGET, plain);
                context.next();
            }
        }
    }

    /** HTTP/2 carries any octet in a value; on the HTTP/1 behind us some of them would begin another header. */
    private static boolean plainHeaders(HttpServerRequest request) {
        for (Map.Entry<String, String> header : request.headers()) {
            if (!plain(header.getKey()) || !plain(header.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean plain(String text) {
        return text.chars().noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
    }
}

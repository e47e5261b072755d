package io.voldesk.kit.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives each request a trace id: the caller's W3C traceparent where it sends a well-formed one, a fresh one otherwise. */
public class TraceFilter {
    public static final String TRACE_ID = "trace_id";
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    @ServerRequestFilter(preMatching = true)
    public void begin(ContainerRequestContext request) {
        MDC.put(TRACE_ID, traceId(request.getHeaderString("traceparent")));
    }

    /** @param traceparent as the caller sent it; null for none */
    public static String traceId(String traceparent) {
        var match = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        return match.matches() ? match.group(1) : UUID.randomUUID().toString().replace("-", "");
    }

    @ServerResponseFilter
    public void end(ContainerResponseContext response) {
        response.getHeaders().putSingle("x-trace-id", MDC.get(TRACE_ID));
    }
}

package io.voldesk.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.voldesk.gateway.route.QueryText;
import io.voldesk.gateway.route.RequestTarget;
import io.voldesk.gateway.wire.HeadGuard;
import java.util.List;

/** Problem+json for what is refused before a service is asked. */
final class Problems {
    private Problems() {}

    static Buffer body(int status, String title, String detail, String instance, String traceId) {
        return body(status, title, detail, new JsonArray(), instance, traceId);
    }

    private static Buffer body(
            int status, String title, String detail, JsonArray errors, String instance, String traceId) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", instance)
                .put("errors", errors)
                .put("trace_id", traceId)
                .toBuffer();
    }

    static Future<Void> send(RoutingContext context, int status, String title, String detail) {
        String traceId = traceId(context);
        return end(context.response(), status, traceId, body(status, title, detail, instance(context), traceId));
    }

    /**
     * For a request that somebody else might read otherwise, or whose body has not been read: what follows on its connection is not
     * to be taken for the next one.
     */
    static void sendAndClose(RoutingContext context, int status, String title, String detail) {
        boolean http1 = context.request().version() != HttpVersion.HTTP_2;
        if (http1) {
            HeadGuard.isLast(context.request().connection());
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Future<Void> sent = send(context, status, title, detail);
        if (http1) {
            sent.onComplete(done -> context.request().connection().close());
        }
    }

    /** 400 naming each parameter that is wrong. */
    static void sendBadParameters(RoutingContext context, List<QueryText.Fault> faults) {
        JsonArray errors = new JsonArray();
        faults.forEach(fault ->
                errors.add(new JsonObject().put("field", fault.parameter()).put("message", fault.message())));
        String detail = faults.getFirst().parameter() + ": " + faults.getFirst().message();
        String traceId = traceId(context);
        end(context.response(), 400, traceId, body(400, "Bad request", detail, errors, instance(context), traceId));
    }

    private static String instance(RoutingContext context) {
        RequestTarget.Plain target = context.get(RequestGuard.TARGET);
        return target == null ? null : target.path();
    }

    private static String traceId(RoutingContext context) {
        String known = context.response().headers().get("x-trace-id");
        return known == null ? TraceId.of(context.request()) : known;
    }

    private static Future<Void> end(HttpServerResponse response, int status, String traceId, Buffer body) {
        if (response.ended() || response.headWritten()) {
            return Future.succeededFuture();
        }
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader("x-trace-id", traceId)
                .end(body);
    }
}

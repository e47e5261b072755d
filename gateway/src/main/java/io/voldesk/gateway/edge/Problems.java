package io.voldesk.gateway.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voldesk.gateway.route.QueryText;
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

    static void send(
            HttpServerResponse response, int status, String title, String detail, String instance, String traceId) {
        end(response, status, traceId, body(status, title, detail, instance, traceId));
    }

    /** 400 naming each parameter that is wrong. */
    static void sendBadParameters(
            HttpServerResponse response, List<QueryText.Fault> faults, String instance, String traceId) {
        JsonArray errors = new JsonArray();
        faults.forEach(fault ->
                errors.add(new JsonObject().put("field", fault.parameter()).put("message", fault.message())));
        String detail = faults.getFirst().parameter() + ": " + faults.getFirst().message();
        end(response, 400, traceId, body(400, "Bad request", detail, errors, instance, traceId));
    }

    private static void end(HttpServerResponse response, int status, String traceId, Buffer body) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader("x-trace-id", traceId)
                .end(body);
    }
}

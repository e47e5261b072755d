package io.voldesk.gateway.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Problem+json for what is refused before a service is asked. */
final class Problems {
    private Problems() {}

    static Buffer body(int status, String title, String detail, String instance, String traceId) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", instance)
                .put("errors", new JsonArray())
                .put("trace_id", traceId)
                .toBuffer();
    }

    static void send(
            HttpServerResponse response, int status, String title, String detail, String instance, String traceId) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader("x-trace-id", traceId)
                .end(body(status, title, detail, instance, traceId));
    }
}

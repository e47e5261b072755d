package io.voldesk.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A Slack incoming webhook that keeps what it got. */
final class SlackSink {
    record Message(Instant at, JsonNode body) {}

    private final ObjectMapper json;
    private final List<Message> messages = new ArrayList<>();

    SlackSink(ObjectMapper json) {
        this.json = json;
    }

    synchronized void webhook(RoutingContext context) {
        try {
            JsonNode body = json.readTree(context.body().asString());
            if (body == null || !body.isObject()) {
                context.response().setStatusCode(400).end("invalid_payload");
            } else if (!body.hasNonNull("text") && !body.hasNonNull("blocks")) {
                context.response().setStatusCode(400).end("no_text");
            } else {
                messages.add(new Message(Instant.now(), body));
                context.response().putHeader("Content-Type", "text/plain").end("ok");
            }
        } catch (JsonProcessingException e) {
            context.response().setStatusCode(400).end("invalid_payload");
        }
    }

    /** Keeps a message without answering, for a time-out after delivery. */
    synchronized void keep(String body) {
        try {
            messages.add(new Message(Instant.now(), json.readTree(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    synchronized void clear() {
        messages.clear();
    }
}

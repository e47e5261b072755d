package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * One input of a signal: a value that may be used, or the reason why not.
 *
 * @param unit for example {@code vol}, {@code USD per 1 %}
 */
@RegisterForReflection // written as JSON text into a column, which no resource signature shows
public record Reading(String name, Double value, String unit, String state, String reason, Instant asOf) {
    public boolean ok() {
        return "ok".equals(state) && value != null;
    }

    static Reading known(String name, double value, String unit, Instant asOf) {
        return new Reading(name, value, unit, "ok", null, asOf);
    }

    static Reading unknown(String name, String unit, String reason) {
        return new Reading(name, null, unit, "unavailable", reason, null);
    }

    /** From a figure as the services show it: {@code value, state, reason, as_of}. */
    static Reading figure(String name, String unit, JsonNode figure) {
        if (figure == null || !figure.hasNonNull("state")) {
            return unknown(name, unit, "not_served");
        }
        return new Reading(
                name,
                figure.hasNonNull("value") ? (Double) figure.path("value").asDouble() : null,
                unit,
                figure.path("state").asText(),
                figure.hasNonNull("reason") ? figure.path("reason").asText() : null,
                time(figure.path("as_of")));
    }

    static Instant time(JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.asText()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}

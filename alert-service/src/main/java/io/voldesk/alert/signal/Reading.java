package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.model.AgeRule;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * One input of a signal: a value that may be used, or the reason why not; never both.
 *
 * @param unit for example {@code vol}, {@code USD per 1 %}
 * @param asOf the time of its source, {@code ageSeconds} before the evaluation; both null where there is no source
 */
@RegisterForReflection // written as JSON text into a column, which no resource signature shows
public record Reading(
        String name, Double value, String unit, String state, String reason, Instant asOf, Long ageSeconds) {
    public Reading {
        value = "ok".equals(state) ? value : null;
    }

    public boolean ok() {
        return "ok".equals(state) && value != null;
    }

    static Reading known(String name, double value, String unit, Instant asOf, Instant now) {
        Long age = asOf == null
                ? null
                : (Long) Math.max(Duration.between(asOf, now).toSeconds(), 0);
        return new Reading(name, value, unit, "ok", null, asOf, age);
    }

    static Reading unknown(String name, String unit, String reason) {
        return new Reading(name, null, unit, "unavailable", reason, null, null);
    }

    /** A value of a source that tells only its time: ok, or what its age makes of it. */
    static Reading aged(String name, double value, String unit, Instant asOf, AgeRule rule, Instant now) {
        AgeRule.Age age = rule.of(asOf, now, "no_source_time");
        return new Reading(name, value, unit, age.state().code(), age.reason(), asOf, age.seconds());
    }

    /** From a figure as the services show it: {@code value, state, reason, as_of, age_seconds}. */
    static Reading figure(String name, String unit, JsonNode figure) {
        if (figure == null || !figure.hasNonNull("state")) {
            return unknown(name, unit, "not_served");
        }
        return new Reading(
                name,
                number(figure, "value"),
                unit,
                figure.path("state").asText(),
                text(figure, "reason"),
                time(figure.path("as_of")),
                figure.hasNonNull("age_seconds")
                        ? (Long) figure.path("age_seconds").asLong()
                        : null);
    }

    static Double number(JsonNode node, String field) {
        return node.hasNonNull(field) ? (Double) node.path(field).asDouble() : null;
    }

    static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }

    static Instant time(JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.asText()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}

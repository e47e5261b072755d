package io.voldesk.alert.input;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import java.time.Duration;
import java.time.Instant;

/**
 * One input of a signal: a value that may be used, or the reason why not; never both.
 *
 * @param unit for example {@code vol}, {@code USD per 1 %}
 * @param asOf the time of its source, {@code ageSeconds} before the evaluation; both null where there is no source
 */
@RegisterForReflection // written as JSON text into a column, which no resource signature shows
public record Reading(
        String name, Double value, String unit, QualityState state, String reason, Instant asOf, Long ageSeconds) {
    public Reading {
        value = state == QualityState.OK ? value : null;
    }

    public boolean ok() {
        return state == QualityState.OK && value != null;
    }

    /** Why it may not be used. */
    public String why() {
        return reason == null ? state.code() : reason;
    }

    /** @param asOf null where its source keeps no time */
    public static Reading known(String name, double value, String unit, Instant asOf, Instant now) {
        return new Reading(name, value, unit, QualityState.OK, null, asOf, age(asOf, now));
    }

    public static Reading unknown(String name, String unit, String reason) {
        return new Reading(name, null, unit, QualityState.UNAVAILABLE, reason, null, null);
    }

    /** A value of a source that tells only its time: ok, or what its age makes of it. */
    public static Reading aged(String name, double value, String unit, Instant asOf, AgeRule rule, Instant now) {
        AgeRule.Age age = rule.of(asOf, now, "no_source_time");
        return new Reading(name, value, unit, age.state(), age.reason(), asOf, age.seconds());
    }

    /** @param figure null where the service serves none */
    public static Reading figure(String name, String unit, Figure figure) {
        return figure == null
                ? unknown(name, unit, "not_served")
                : new Reading(
                        name,
                        figure.value(),
                        unit,
                        figure.state(),
                        figure.reason(),
                        figure.asOf(),
                        figure.ageSeconds());
    }

    /** Whole seconds from a source's time to now, never negative; null where it has none. */
    public static Long age(Instant asOf, Instant now) {
        return asOf == null ? null : (Long) Math.max(Duration.between(asOf, now).toSeconds(), 0);
    }
}

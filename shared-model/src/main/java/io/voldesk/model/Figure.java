package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number or a reason, never a guess. {@link Known} has a finite value and its age; {@link Stale} has no value to calculate with,
 * only the last one there was, to be shown as what it is; {@link Unknown} has a state and a machine-readable reason. In JSON all show
 * {@code value, state, reason, as_of, age_seconds, authority, last_value}.
 */
public sealed interface Figure {
    @JsonProperty("value")
    Double value();

    @JsonProperty("state")
    QualityState state();

    @JsonProperty("reason")
    @Nullable
    String reason();

    /** The time of the source the figure speaks of, null where there is none. */
    @JsonProperty("as_of")
    @Nullable
    Instant asOf();

    /** From the source's time to the moment the figure was asked for; null where there is no source. */
    @JsonProperty("age_seconds")
    Long ageSeconds();

    @JsonProperty("authority")
    SourceAuthority authority();

    /** The value of a stale figure; null for any other. */
    @JsonProperty("last_value")
    default Double lastValue() {
        return null;
    }

    record Known(Double value, Instant asOf, Long ageSeconds, SourceAuthority authority) implements Figure {
        public Known {
            requireFinite(value);
            Objects.requireNonNull(asOf, "a known figure has a time");
            Objects.requireNonNull(ageSeconds, "a known figure has an age");
            Objects.requireNonNull(authority, "a known figure has an authority");
        }

        @Override
        public QualityState state() {
            return QualityState.OK;
        }

        @Override
        public String reason() {
            return null;
        }
    }

    record Stale(Double lastValue, String reason, Instant asOf, Long ageSeconds) implements Figure {
        public Stale {
            requireFinite(lastValue);
        }

        @Override
        public Double value() {
            return null;
        }

        @Override
        public QualityState state() {
            return QualityState.STALE;
        }

        @Override
        public SourceAuthority authority() {
            return SourceAuthority.STALE_SOURCE;
        }
    }

    record Unknown(QualityState state, String reason, Instant asOf, Long ageSeconds) implements Figure {
        public Unknown {
            Objects.requireNonNull(reason, "an unknown figure has a reason");
            if (state == QualityState.OK || state == QualityState.STALE) {
                throw new IllegalArgumentException("an unknown figure is not " + state.code());
            }
        }

        @Override
        public Double value() {
            return null;
        }

        @Override
        public SourceAuthority authority() {
            return state == QualityState.PENDING ? SourceAuthority.PENDING : SourceAuthority.UNAVAILABLE;
        }
    }

    static Figure unknown(QualityState state, String reason, Instant asOf) {
        return new Unknown(state, reason, asOf, null);
    }

    private static void requireFinite(Double value) {
        if (value == null || !Double.isFinite(value)) {
            throw new IllegalArgumentException("a figure's value is finite, not " + value);
        }
    }

    @JsonCreator
    static Figure of(
            @JsonProperty("value") Double value,
            @JsonProperty("state") QualityState state,
            @JsonProperty("reason") String reason,
            @JsonProperty("as_of") Instant asOf,
            @JsonProperty("age_seconds") Long ageSeconds,
            @JsonProperty("authority") SourceAuthority authority,
            @JsonProperty("last_value") Double lastValue) {
        return switch (state) {
            case OK -> new Known(value, asOf, ageSeconds, authority);
            case STALE -> new Stale(lastValue, reason, asOf, ageSeconds);
            default -> new Unknown(state, reason, asOf, ageSeconds);
        };
    }
}

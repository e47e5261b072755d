package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;

/**
 * A number or a reason, never a guess: either {@link Known} with a finite value, or {@link Unknown} with a state and a
 * machine-readable reason and no value. In JSON both show {@code value, state, reason, as_of}.
 */
public sealed interface Figure {
    @JsonProperty("value")
    Double value();

    @JsonProperty("state")
    QualityState state();

    @JsonProperty("reason")
    String reason();

    /** The time of the source the figure speaks of, null where there is none. */
    @JsonProperty("as_of")
    Instant asOf();

    record Known(Double value, Instant asOf) implements Figure {
        public Known {
            if (value == null || !Double.isFinite(value)) {
                throw new IllegalArgumentException("a known figure is finite, not " + value);
            }
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

    record Unknown(QualityState state, String reason, Instant asOf) implements Figure {
        public Unknown {
            Objects.requireNonNull(reason, "an unknown figure has a reason");
            if (state == QualityState.OK) {
                throw new IllegalArgumentException("an unknown figure is not ok");
            }
        }

        @Override
        public Double value() {
            return null;
        }
    }

    static Figure known(double value, Instant asOf) {
        return new Known(value, asOf);
    }

    static Figure unknown(QualityState state, String reason, Instant asOf) {
        return new Unknown(state, reason, asOf);
    }

    /** Known where the value is there and finite; otherwise missing for {@code reason}. */
    static Figure ofNullable(Double value, String reason, Instant asOf) {
        return value != null && Double.isFinite(value)
                ? new Known(value, asOf)
                : new Unknown(QualityState.MISSING, reason, asOf);
    }

    @JsonCreator
    static Figure of(
            @JsonProperty("value") Double value,
            @JsonProperty("state") QualityState state,
            @JsonProperty("reason") String reason,
            @JsonProperty("as_of") Instant asOf) {
        return state == QualityState.OK ? new Known(value, asOf) : new Unknown(state, reason, asOf);
    }

    /** The same figure turned stale when it is older than {@code oldest}; unknown ones stay as they are. */
    default Figure notBefore(Instant oldest) {
        return this instanceof Known known
                        && known.asOf() != null
                        && known.asOf().isBefore(oldest)
                ? new Unknown(QualityState.STALE, "older_than_tolerance", known.asOf())
                : this;
    }
}

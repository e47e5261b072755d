package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a figure may or may not be used. Only {@code ok} carries a value that calculations may take. */
public enum QualityState {
    OK,
    STALE,
    MISSING,
    PENDING,
    UNMAPPED,
    UNAVAILABLE,
    DEGRADED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static QualityState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

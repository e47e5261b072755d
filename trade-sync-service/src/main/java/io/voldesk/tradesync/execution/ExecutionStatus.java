package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far an execution is, in our words; a feed profile says which of its source mean them. */
public enum ExecutionStatus {
    FILLED,
    PARTIALLY_FILLED,
    PENDING,
    CANCELLED,
    CORRECTED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

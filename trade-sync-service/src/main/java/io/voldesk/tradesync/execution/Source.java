package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where executions come from. */
public enum Source {
    ALPHA_SYNC;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

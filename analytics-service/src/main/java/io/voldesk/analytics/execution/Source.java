package io.voldesk.analytics.execution;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where executions come from. */
public enum Source {
    ALPHA_SYNC;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of the source that is meant; the only one there is where none is named. */
    public static String of(Source source) {
        return (source == null ? ALPHA_SYNC : source).code();
    }
}

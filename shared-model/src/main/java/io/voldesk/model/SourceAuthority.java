package io.voldesk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * On whose word a figure stands. Only {@link #DIRECT_SOURCE} enters an average that does not say otherwise; what stands on less is
 * counted and shown apart.
 */
public enum SourceAuthority {
    /** Observed at the source, or computed by an exact formula from what was. */
    DIRECT_SOURCE,
    /** Observed on another market that the desk takes for this one. */
    APPROVED_PROXY,
    /** Worked out by a model: a mark on a surface, a fitted curve, an intrinsic value. */
    ESTIMATED_MODEL,
    /** Observed, but too long ago. */
    STALE_SOURCE,
    /** Not there yet: it is expected and will be asked for again. */
    PENDING,
    UNAVAILABLE,
    /** Nobody offers it. */
    UNSUPPORTED,
    /** The vendor offers it, and this key does not include it (401, 402, 403). */
    NOT_ENTITLED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static SourceAuthority of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package io.voldesk.alert.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of signal; each has one row in the table of rules. */
public enum Kind {
    TERM_INVERSION,
    VRP_NEGATIVE,
    IV_RV_GAP,
    DVOL_JUMP,
    GAMMA_FLIP_CROSSED,
    NEAR_LEVEL,
    RISK_REVERSAL_EXTREME,
    GEX_EXTREME,
    SNAPSHOT_HEALTH,
    DENSITY_DEGRADED,
    SYNC_OVERDUE,
    SYNC_ALARM,
    ENRICHMENT_PARTIAL,
    /** Rules that had no data, one signal for each currency and one for the desk. */
    DATA_QUALITY;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Kind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

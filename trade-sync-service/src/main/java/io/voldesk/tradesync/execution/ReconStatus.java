package io.voldesk.tradesync.execution;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the custodian's reconciliation says of an execution. */
public enum ReconStatus {
    MATCHED,
    UNMATCHED,
    BREAK,
    NOT_RECONCILED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

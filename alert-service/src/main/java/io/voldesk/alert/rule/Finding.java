package io.voldesk.alert.rule;

import io.voldesk.alert.input.Reading;
import io.voldesk.model.Severity;
import java.util.List;

/** What a rule found. */
public sealed interface Finding {
    Kind kind();

    /** @param direction tells two ways of one kind apart in the fingerprint, for example {@code high} */
    record Firing(Kind kind, String currency, String direction, Severity severity, String text, List<Reading> inputs)
            implements Finding {
        public String fingerprint() {
            return Finding.fingerprint(kind, currency, direction);
        }
    }

    /** The condition does not hold. */
    record Resolved(Kind kind, String fingerprint) implements Finding {}

    /** The rule could not judge: an input is not ok. A signal that fires goes on firing. */
    record NoData(Kind kind, String currency, Reading input) implements Finding {}

    static String fingerprint(Kind kind, String currency, String direction) {
        return kind.code() + "|" + (currency == null ? "" : currency) + "|" + direction;
    }
}

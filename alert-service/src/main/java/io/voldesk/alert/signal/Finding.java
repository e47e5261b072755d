package io.voldesk.alert.signal;

import java.util.List;

/** What a rule found. */
public sealed interface Finding {
    String fingerprint();

    /** @param direction tells two ways of one kind apart in the fingerprint, for example {@code high} */
    record Raise(String kind, String currency, String direction, String severity, String text, List<Reading> inputs)
            implements Finding {
        @Override
        public String fingerprint() {
            return Finding.fingerprint(kind, currency, direction);
        }
    }

    /** The condition does not hold. */
    record Quiet(String fingerprint) implements Finding {}

    /** The rule could not judge: an input is not ok. What stands stays as it is. */
    record Blind(String kind, String currency, Reading input) implements Finding {
        @Override
        public String fingerprint() {
            return Finding.fingerprint(kind, currency, "blind");
        }
    }

    static String fingerprint(String kind, String currency, String direction) {
        return kind + "|" + (currency == null ? "" : currency) + "|" + direction;
    }
}

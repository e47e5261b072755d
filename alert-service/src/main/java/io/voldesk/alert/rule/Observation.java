package io.voldesk.alert.rule;

import io.voldesk.alert.input.Reading;
import io.voldesk.model.Severity;
import java.util.List;
import java.util.Map;

/** What a rule's inputs come to, before its bounds are held against it. */
sealed interface Observation {
    Kind kind();

    /** Null for the desk's own workings. */
    String currency();

    /**
     * @param value in the rule's unit
     * @param severity where the input itself says how grave it is; null where the value does
     * @param words for the names in the rule's text
     */
    record Measured(
            Kind kind,
            String currency,
            String direction,
            double value,
            Severity severity,
            Map<String, String> words,
            List<Reading> inputs)
            implements Observation {
        String fingerprint() {
            return Finding.fingerprint(kind, currency, direction);
        }
    }

    /** An input is not ok: nothing can be said. */
    record NoData(Kind kind, String currency, Reading input) implements Observation {}
}

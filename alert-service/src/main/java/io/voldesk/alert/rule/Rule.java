package io.voldesk.alert.rule;

import io.voldesk.model.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the table: what is measured, from where it fires, and what the signal says.
 *
 * @param of {@code currency}: judged for each; {@code desk}: of the desk's own workings
 * @param directions the ways it can fire, each a signal of its own; empty where the input names them
 * @param unit of the measured value and of both bounds
 * @param grades how severe a firing signal is, the mildest first
 * @param repeatInterval a signal already delivered is a duplicate for so long
 * @param text with the names of figures in braces
 */
record Rule(
        Kind kind,
        String of,
        List<String> directions,
        String measure,
        String unit,
        Bound bound,
        List<Grade> grades,
        Duration repeatInterval,
        String text) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_0-9]+)}");

    /**
     * @param from the value from which it holds; absent where the measurement itself says which of the grades it is
     * @param when the same in words
     */
    record Grade(Severity severity, Double from, String when) {}

    /** The gravest grade the value has reached; one that still fires below the first bound keeps the first grade. */
    Severity severity(double value) {
        Severity severity = grades.getFirst().severity();
        for (Grade grade : grades) {
            if (grade.from() != null && value >= grade.from()) {
                severity = grade.severity();
            }
        }
        return severity;
    }

    /** @throws IllegalArgumentException where a name of the text has no words */
    String text(Map<String, String> words) {
        return NAME.matcher(text).replaceAll(name -> {
            String word = words.get(name.group(1));
            if (word == null) {
                throw new IllegalArgumentException(kind.code() + " has no words for {" + name.group(1) + "}");
            }
            return Matcher.quoteReplacement(word);
        });
    }
}

package io.voldesk.alert.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of rules, as it is applied. */
@Path("/api/alerts/rules")
public class RuleResource {
    private final RuleTable table;

    RuleResource(RuleTable table) {
        this.table = table;
    }

    /** @param when the state of a signal: what it means here */
    public record State(String state, String when) {}

    /**
     * @param of {@code currency} or {@code desk}: what the rule is judged for
     * @param directions the ways it fires, each a signal of its own; empty where the input names them
     * @param comparison of the measured value with both bounds: {@code > >= <} or {@code <=}
     * @param firesAt in {@code unit}; a firing signal keeps firing to {@code holdsAt}
     * @param repeatIntervalSeconds a delivered signal is a duplicate for so long
     * @param text with the names of figures in braces
     */
    public record Row(
            Kind kind,
            String of,
            List<String> directions,
            String measure,
            String unit,
            String comparison,
            double firesAt,
            double holdsAt,
            List<Grade> severities,
            long repeatIntervalSeconds,
            String text) {}

    /** @param from the value from which it holds; absent where {@code when} does not speak of the value */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Grade(
            io.voldesk.model.Severity severity,
            Double from,
            @Nullable String when) {}

    public record Rules(List<State> states, List<Row> items) {}

    private static final List<State> STATES = List.of(
            new State("firing", "the measured value has met the bound it fires at, and since then the one it holds to"),
            new State("resolved", "it does not meet the bound"),
            new State(
                    "no data",
                    "an input is missing, stale or degraded: nothing is judged, a firing signal goes on firing,"
                            + " and data_quality names the rule and the reason"));

    @GET
    public Rules rules() {
        return new Rules(STATES, table.rules().stream().map(RuleResource::row).toList());
    }

    private static Row row(Rule rule) {
        return new Row(
                rule.kind(),
                rule.of(),
                rule.directions(),
                rule.measure(),
                rule.unit(),
                rule.bound().comparison().sign(),
                rule.bound().firesAt(),
                rule.bound().holdsAt(),
                rule.grades().stream()
                        .map(grade -> new Grade(grade.severity(), grade.from(), grade.when()))
                        .toList(),
                rule.repeatInterval().toSeconds(),
                rule.text());
    }
}

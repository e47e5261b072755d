package io.voldesk.analytics.performance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An average over known values, with the count of what was left out and why. It is summed exactly, so that neither the order of
 * the values nor what is left out moves a digit of it. Not thread-safe.
 */
final class Average {
    private BigDecimal sum = BigDecimal.ZERO;
    private long n;
    private final Map<String, Map<String, Long>> leftOut = new TreeMap<>();

    /** @param reason null where the state says it all */
    record LeftOut(String state, @Nullable String reason, long executions) {}

    /** @param mean null where there is nothing to average */
    record Shown(Double mean, @Nullable BigDecimal total, long n, long leftOut, List<LeftOut> leftOutBy) {}

    /** Some values by their sum. */
    void add(BigDecimal sumOfValues, long values) {
        sum = sum.add(sumOfValues);
        n += values;
    }

    /** @param reason null where the state says it all */
    void leaveOut(String state, String reason, long executions) {
        leftOut.computeIfAbsent(state, s -> new TreeMap<>()).merge(reason == null ? "" : reason, executions, Long::sum);
    }

    void addAll(Average other) {
        add(other.sum, other.n);
        other.leftOut.forEach(
                (state, reasons) -> reasons.forEach((reason, executions) -> leaveOut(state, reason, executions)));
    }

    long n() {
        return n;
    }

    Shown shown() {
        List<LeftOut> by = leftOut.entrySet().stream()
                .flatMap(state -> state.getValue().entrySet().stream()
                        .map(reason -> new LeftOut(
                                state.getKey(), reason.getKey().isEmpty() ? null : reason.getKey(), reason.getValue())))
                .toList();
        return new Shown(
                n == 0
                        ? null
                        : (Double) sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL64)
                                .doubleValue(),
                n == 0 ? null : sum,
                n,
                by.stream().mapToLong(LeftOut::executions).sum(),
                by);
    }
}

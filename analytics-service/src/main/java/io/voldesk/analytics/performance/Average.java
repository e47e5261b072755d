package io.voldesk.analytics.performance;

import java.util.Map;
import java.util.TreeMap;

/** An average over known values, with the count of what was left out and why. Not thread-safe. */
final class Average {
    private double sum;
    private long n;
    private final Map<String, Long> leftOut = new TreeMap<>();

    /** @param leftOut count by state and reason, for example {@code unavailable: wide_spread} */
    record Shown(Double mean, Double total, long n, long leftOut, Map<String, Long> leftOutBy) {}

    void add(double value) {
        sum += value;
        n++;
    }

    void leaveOut(String why) {
        leftOut.merge(why, 1L, Long::sum);
    }

    Shown shown() {
        return new Shown(
                n == 0 ? null : (Double) (sum / n),
                n == 0 ? null : (Double) sum,
                n,
                leftOut.values().stream().mapToLong(Long::longValue).sum(),
                leftOut);
    }
}

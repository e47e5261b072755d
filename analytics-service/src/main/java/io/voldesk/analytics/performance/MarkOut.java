package io.voldesk.analytics.performance;

import io.voldesk.quant.Stats;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * P&L of executions at one horizon. Executions of one day share the market's move, so the interval of the mean clusters them by
 * UTC day of execution. Not thread-safe.
 */
final class MarkOut {
    private static final int FEWEST_MARKS = 30;
    private static final int FEWEST_DAYS = 10;

    private final int horizonDays;
    private final Average pnl = new Average();
    private final Map<LocalDate, Day> days = new TreeMap<>();
    private long gains;
    private long pending;
    private long stale;

    private record Day(BigDecimal sum, long n) {
        Day plus(Day other) {
            return new Day(sum.add(other.sum), n + other.n);
        }
    }

    MarkOut(int horizonDays) {
        this.horizonDays = horizonDays;
    }

    /**
     * @param hitRate share of marks with a gain
     * @param interval 95 %, of the mean P&L in USD; null with its reason
     * @param pending horizons that have not matured, {@code stale} marks that were too old: both are left out
     */
    record Shown(
            int horizonDays,
            Average.Shown pnlUsd,
            List<Double> interval,
            String intervalReason,
            Double hitRate,
            long pending,
            long stale) {}

    void add(PerformanceStore.Marks marks) {
        switch (marks.state()) {
            case "unrealized_mark" -> {
                pnl.add(marks.pnlUsd(), marks.executions());
                days.merge(marks.day(), new Day(marks.pnlUsd(), marks.executions()), Day::plus);
                gains += marks.gains();
            }
            default -> {
                pnl.leaveOut(marks.state(), marks.reason(), marks.executions());
                pending += marks.state().equals("pending") ? marks.executions() : 0;
                stale += "stale".equals(marks.markQuality()) ? marks.executions() : 0;
            }
        }
    }

    void addAll(MarkOut other) {
        pnl.addAll(other.pnl);
        other.days.forEach((day, sum) -> days.merge(day, sum, Day::plus));
        gains += other.gains;
        pending += other.pending;
        stale += other.stale;
    }

    Shown shown() {
        String reason = pnl.n() < FEWEST_MARKS
                ? "fewer_than_30_marks"
                : days.size() < FEWEST_DAYS ? "fewer_than_10_days" : null;
        return new Shown(
                horizonDays,
                pnl.shown(),
                reason == null ? interval() : null,
                reason,
                pnl.n() == 0 ? null : (Double) ((double) gains / pnl.n()),
                pending,
                stale);
    }

    private List<Double> interval() {
        double[] bounds = Stats.clusteredMeanInterval(
                days.values().stream()
                        .mapToDouble(day -> day.sum().doubleValue())
                        .toArray(),
                days.values().stream().mapToLong(Day::n).toArray());
        return List.of(bounds[0], bounds[1]);
    }
}

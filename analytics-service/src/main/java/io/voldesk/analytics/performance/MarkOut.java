package io.voldesk.analytics.performance;

import io.voldesk.model.SourceAuthority;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * P&L of executions at one horizon. Executions of one day share the market's move, so the interval of the mean clusters them by
 * UTC day of execution. Not thread-safe.
 */
final class MarkOut {
    private static final int FEWEST_MARKS = 30;

    private final int horizonDays;
    private final boolean withEstimates;
    private final Average pnl = new Average();
    private final DayClusters days = new DayClusters();
    private long gains;
    private long pending;
    private long stale;
    private long rolled;
    private long estimated;

    /** @param withEstimates whether marks of a model are averaged with those of quotes */
    MarkOut(int horizonDays, boolean withEstimates) {
        this.horizonDays = horizonDays;
        this.withEstimates = withEstimates;
    }

    /**
     * @param hitRate share of marks with a gain
     * @param interval 95 %, of the mean P&L in USD; null with its reason
     * @param independentN days it stands on
     * @param pending horizons that have not matured or whose vendor failed, {@code stale} marks that were too old: both are left out
     * @param rolled of those averaged, how many were marked at an open later than the horizon, the market being closed at it
     * @param estimated marks of a model (intrinsic value at expiry) or of a contract that may not be its own, left out unless they are asked for
     */
    record Shown(
            int horizonDays,
            Average.Shown pnlUsd,
            @Nullable List<Double> interval,
            @Nullable String intervalReason,
            int independentN,
            Double hitRate,
            @Nullable String hitRateReason,
            long pending,
            long stale,
            long rolled,
            long estimated) {}

    void add(PerformanceStore.Marks marks) {
        estimated += marks.estimate() != null ? marks.executions() : 0;
        if (!marks.state().equals("unrealized_mark")) {
            pnl.leaveOut(marks.state(), marks.reason(), marks.executions());
            pending += marks.state().equals("pending") ? marks.executions() : 0;
            stale += "stale".equals(marks.markQuality()) ? marks.executions() : 0;
        } else if (marks.estimate() != null && !withEstimates) {
            pnl.leaveOut(SourceAuthority.ESTIMATED_MODEL.code(), marks.estimate(), marks.executions());
        } else {
            pnl.add(marks.pnlUsd(), marks.executions());
            days.add(marks.day(), marks.pnlUsd(), BigDecimal.valueOf(marks.executions()));
            gains += marks.gains();
            rolled += marks.rolled();
        }
    }

    void addAll(MarkOut other) {
        pnl.addAll(other.pnl);
        days.addAll(other.days);
        gains += other.gains;
        pending += other.pending;
        stale += other.stale;
        rolled += other.rolled;
        estimated += other.estimated;
    }

    Shown shown() {
        String reason = pnl.n() < FEWEST_MARKS ? "fewer_than_30_marks" : days.tooFew();
        return new Shown(
                horizonDays,
                pnl.shown(),
                reason == null ? days.interval() : null,
                reason,
                days.days(),
                pnl.n() == 0 ? null : (Double) ((double) gains / pnl.n()),
                pnl.n() == 0 ? "no_mark_to_average" : null,
                pending,
                stale,
                rolled,
                estimated);
    }
}

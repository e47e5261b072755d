package io.voldesk.model;

/**
 * How much a statistic over a window stands on.
 *
 * @param n observations used
 * @param asked observations there would be in a window without gaps
 * @param coverage n ÷ asked, in [0, 1]
 * @param independentN how many of them count as independent: readings of a level that persists count once a UTC day, changes over
 *     periods that do not overlap count each, changes over overlapping periods once a period
 */
public record Sample(int n, int asked, double coverage, int independentN) {
    /** Below this share of its window a statistic is degraded. */
    public static final double LEAST_COVERAGE = 0.8;

    /** Below this there is no interval, rank or verdict. */
    public static final int FEWEST_INDEPENDENT = 30;

    public static Sample of(int n, int asked, int independentN) {
        return new Sample(n, asked, asked == 0 ? 0 : Math.min(1, (double) n / asked), independentN);
    }

    /** {@code unavailable}, {@code degraded} or {@code ok}. */
    public QualityState state() {
        if (independentN < FEWEST_INDEPENDENT) {
            return QualityState.UNAVAILABLE;
        }
        return coverage < LEAST_COVERAGE ? QualityState.DEGRADED : QualityState.OK;
    }

    /** Why the state is not ok; null where it is. */
    public String reason() {
        return switch (state()) {
            case OK -> null;
            case DEGRADED -> "coverage_below_80_percent";
            default -> "fewer_than_30_independent_observations";
        };
    }
}

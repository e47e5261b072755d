package io.voldesk.snapshot.context;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The known values of one measure over the days up to a moment that moves forward, in order of size. What it tells depends on
 * the values in the window alone, never on where the walk began. Not thread-safe.
 */
final class TrailingValues {
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final long length;
    /** Values in [first, end), by time; compacted when the arrays are full. */
    private long[] times = new long[4_096];

    private double[] values = new double[4_096];
    private int first;
    private int end;
    /** The same values by size. */
    private double[] sorted = new double[4_096];

    private int days;

    TrailingValues(Duration length) {
        this.length = length.toSeconds();
    }

    /** Moves on to a later moment, with its value; null where it has none. */
    void add(Instant at, Double value) {
        long now = at.getEpochSecond();
        while (first < end && times[first] <= now - length) {
            int out = Arrays.binarySearch(sorted, 0, end - first, values[first]);
            System.arraycopy(sorted, out + 1, sorted, out, end - first - out - 1);
            first++;
            if (first == end || day(first) != day(first - 1)) {
                days--;
            }
        }
        if (value == null) {
            return;
        }
        makeRoom();
        // negative zero sorts below zero, and would be looked for there in vain
        double known = value + 0.0;
        int in = Arrays.binarySearch(sorted, 0, end - first, known);
        in = in < 0 ? -in - 1 : in;
        System.arraycopy(sorted, in, sorted, in + 1, end - first - in);
        sorted[in] = known;
        times[end] = now;
        values[end] = known;
        if (first == end || day(end) != day(end - 1)) {
            days++;
        }
        end++;
    }

    private long day(int index) {
        return Math.floorDiv(times[index], DAY);
    }

    private void makeRoom() {
        if (end < times.length) {
            return;
        }
        int held = end - first;
        int room = held > times.length / 2 ? times.length * 2 : times.length;
        times = Arrays.copyOf(Arrays.copyOfRange(times, first, end), room);
        values = Arrays.copyOf(Arrays.copyOfRange(values, first, end), room);
        sorted = Arrays.copyOf(sorted, room);
        first = 0;
        end = held;
    }

    int count() {
        return end - first;
    }

    /** UTC days with a value: a level persists, so the values of one day count as one observation. */
    int days() {
        return days;
    }

    /** NaN where there is no value; {@link #most} likewise. */
    double least() {
        return count() == 0 ? Double.NaN : sorted[0];
    }

    double most() {
        return count() == 0 ? Double.NaN : sorted[end - first - 1];
    }

    /** Share of the values below, ties counted half, in [0, 1]; as {@link io.voldesk.quant.Stats#rank}. */
    double rank(double value) {
        int below = bound(value, false);
        return (below + 0.5 * (bound(value, true) - below)) / count();
    }

    /** How many values are below, or with {@code withTies} not above. */
    private int bound(double value, boolean withTies) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || withTies && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

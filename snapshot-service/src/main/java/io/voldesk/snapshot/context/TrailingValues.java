package io.voldesk.snapshot.context;

import io.voldesk.quant.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The known values of one measure over the days up to a moment that moves forward. What it tells depends on the values in the
 * window alone, to the last bit, never on where the walk began. Not thread-safe.
 */
final class TrailingValues {
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final long length;
    /** Values in [first, end), by time; compacted when the arrays are full. */
    private long[] times = new long[4_096];

    private double[] values = new double[4_096];
    private int first;
    private int end;
    /** The same values by size; null where nobody asks for their order. */
    private double[] sorted;

    /** The whole days between the window's first and last one, which hold still for a day. */
    private Moments inner = Moments.NONE;

    private long innerAfter = Long.MIN_VALUE;
    private long innerBefore = Long.MIN_VALUE;

    private TrailingValues(Duration length, double[] sorted) {
        this.length = length.toSeconds();
        this.sorted = sorted;
    }

    static TrailingValues of(Duration length) {
        return new TrailingValues(length, null);
    }

    /** Knows the least, the most and ranks besides. */
    static TrailingValues ordered(Duration length) {
        return new TrailingValues(length, new double[4_096]);
    }

    /** Moves on to a later moment, with its value; null where it has none. */
    void add(Instant at, Double value) {
        long now = at.getEpochSecond();
        while (first < end && times[first] <= now - length) {
            if (sorted != null) {
                int out = Arrays.binarySearch(sorted, 0, end - first, values[first]);
                System.arraycopy(sorted, out + 1, sorted, out, end - first - out - 1);
            }
            first++;
        }
        if (value == null) {
            return;
        }
        makeRoom();
        // negative zero sorts below zero, and would be looked for there in vain
        double known = value + 0.0;
        if (sorted != null) {
            int in = Arrays.binarySearch(sorted, 0, end - first, known);
            in = in < 0 ? -in - 1 : in;
            System.arraycopy(sorted, in, sorted, in + 1, end - first - in);
            sorted[in] = known;
        }
        times[end] = now;
        values[end] = known;
        end++;
    }

    private void makeRoom() {
        if (end < times.length) {
            return;
        }
        int held = end - first;
        int room = held > times.length / 2 ? times.length * 2 : times.length;
        times = Arrays.copyOf(Arrays.copyOfRange(times, first, end), room);
        values = Arrays.copyOf(Arrays.copyOfRange(values, first, end), room);
        sorted = sorted == null ? null : Arrays.copyOf(sorted, room);
        first = 0;
        end = held;
    }

    int count() {
        return end - first;
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[end - first - 1];
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

    /** Sample standard deviation, added up by UTC days. */
    double deviation() {
        long firstDay = Math.floorDiv(times[first], DAY);
        long lastDay = Math.floorDiv(times[end - 1], DAY);
        int innerFirst = firstOf(firstDay + 1);
        int innerEnd = Math.max(innerFirst, firstOf(lastDay));
        if (innerAfter != firstDay || innerBefore != lastDay) {
            inner = Moments.NONE;
            for (int from = innerFirst; from < innerEnd; ) {
                int to = firstOf(Math.floorDiv(times[from], DAY) + 1);
                inner = inner.plus(Moments.of(values, from, to));
                from = to;
            }
            innerAfter = firstDay;
            innerBefore = lastDay;
        }
        return Moments.of(values, first, innerFirst)
                .plus(inner)
                .plus(Moments.of(values, innerEnd, end))
                .deviation();
    }

    /** Index of the first value of a day or later. */
    private int firstOf(long day) {
        int at = Arrays.binarySearch(times, first, end, day * DAY);
        return at < 0 ? -at - 1 : at;
    }
}

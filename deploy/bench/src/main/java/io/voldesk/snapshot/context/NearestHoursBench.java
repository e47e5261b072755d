package io.voldesk.snapshot.context;

import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The product's own merge of instants with hours, all in memory.
 *
 * <p>{@code NearestHoursBench ROWS REPETITIONS} prints median seconds as JSON: of the merge, of sorting and merging, and of
 * both with the statistics of the 90 days before each hour.
 */
public final class NearestHoursBench {
    private static final Duration TOLERANCE = Duration.ofMinutes(90);

    private NearestHoursBench() {}

    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[0]);
        int repetitions = Integer.parseInt(arguments[1]);
        Instant start = Instant.parse("2026-11-24T00:00:00Z").minus(Duration.ofHours(rows));
        List<Hour> bare = hours(rows, start, false);
        List<Hour> full = hours(rows, start, true);
        double[][] seconds = new double[3][repetitions];
        // two more, not counted: the compiler's
        for (int n = -2; n < repetitions; n++) {
            Instant[] instants = new Random(n)
                    .longs(rows, 0, rows * 3_600L)
                    .mapToObj(start::plusSeconds)
                    .toArray(Instant[]::new);
            long began = System.nanoTime();
            Arrays.sort(instants);
            long sorted = System.nanoTime();
            walk(bare, instants);
            long merged = System.nanoTime();
            walk(full, instants);
            long end = System.nanoTime();
            if (n >= 0) {
                seconds[0][n] = (merged - sorted) / 1e9;
                seconds[1][n] = (merged - began) / 1e9;
                seconds[2][n] = (end - merged + sorted - began) / 1e9;
            }
        }
        System.out.printf(
                "{\"merge\":%.4f,\"sortAndMerge\":%.4f,\"withStatistics\":%.4f}%n",
                median(seconds[0]), median(seconds[1]), median(seconds[2]));
    }

    private static void walk(List<Hour> hours, Instant[] instants) {
        var walk = new NearestHours(Arrays.asList(instants), TOLERANCE);
        hours.forEach(walk::hour);
        walk.end();
        if (walk.nearest().length != instants.length || walk.states().isEmpty()) {
            throw new IllegalStateException("the walk found nothing");
        }
    }

    private static List<Hour> hours(int rows, Instant start, boolean known) {
        Random random = new Random(1);
        List<Hour> hours = new ArrayList<>(rows);
        for (int n = 0; n < rows; n++) {
            Double vol = known ? 0.4 + 0.2 * random.nextDouble() : null;
            hours.add(new Hour(
                    start.plus(Duration.ofHours(n)),
                    90_000.0,
                    null,
                    vol,
                    vol,
                    null,
                    null,
                    vol,
                    known ? (Double) (0.3 + 0.2 * random.nextDouble()) : null,
                    vol,
                    known ? (Double) (0.1 * random.nextGaussian()) : null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "positive"));
        }
        return hours;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

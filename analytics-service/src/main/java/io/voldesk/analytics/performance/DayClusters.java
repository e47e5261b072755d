package io.voldesk.analytics.performance;

import io.voldesk.model.Sample;
import io.voldesk.quant.Stats;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What executions of one UTC day add to a weighed mean. They share the market's move, so a day is one independent observation and
 * the interval of the mean clusters by it (ratio of the sums, linearised; Student's t). Not thread-safe.
 */
final class DayClusters {
    private final Map<LocalDate, Day> days = new TreeMap<>();

    private record Day(BigDecimal sum, BigDecimal weight) {
        Day plus(Day other) {
            return new Day(sum.add(other.sum), weight.add(other.weight));
        }
    }

    /** @param sum of weight × value */
    void add(LocalDate day, BigDecimal sum, BigDecimal weight) {
        days.merge(day, new Day(sum, weight), Day::plus);
    }

    void addAll(DayClusters other) {
        other.days.forEach((day, of) -> days.merge(day, of, Day::plus));
    }

    int days() {
        return days.size();
    }

    /** Null on thirty days or more. */
    String tooFew() {
        return days.size() < Sample.FEWEST_INDEPENDENT ? "fewer_than_30_days" : null;
    }

    /** 95 %. */
    List<Double> interval() {
        double[] bounds = Stats.clusteredMeanInterval(
                days.values().stream()
                        .mapToDouble(day -> day.sum().doubleValue())
                        .toArray(),
                days.values().stream()
                        .mapToDouble(day -> day.weight().doubleValue())
                        .toArray());
        return List.of(bounds[0], bounds[1]);
    }
}

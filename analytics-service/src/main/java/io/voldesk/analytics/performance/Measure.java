package io.voldesk.analytics.performance;

import io.voldesk.model.Sample;
import io.voldesk.quant.Stats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measure of execution quality. A plain mean would be whatever the cheapest options say, so three stand side by side: the mean
 * weighed by premium, the median, and the mean without the tenth at either end. Not thread-safe.
 */
final class Measure {
    private static final double TRIMMED = 0.1;

    private final boolean additive;
    private final Average counted = new Average();
    private final DayClusters days = new DayClusters();
    private final List<double[]> values = new ArrayList<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal weight = BigDecimal.ZERO;

    /** @param additive whether its values add up to something */
    Measure(boolean additive) {
        this.additive = additive;
    }

    /**
     * @param weightedMean by premium; null where there is nothing to average, as are the other two
     * @param trimmedMean without the highest and the lowest 10 %
     * @param interval 95 %, of the weighted mean, clustered by UTC day of execution; null with its reason
     * @param independentN days it stands on
     * @param total null where its values do not add up to anything
     */
    record Shown(
            Double weightedMean,
            Double median,
            Double trimmedMean,
            @Nullable List<Double> interval,
            @Nullable String intervalReason,
            int independentN,
            @Nullable BigDecimal total,
            long n,
            long leftOut,
            List<Average.LeftOut> leftOutBy) {}

    /** @param weighed sum of premium × value; {@code total} sum of the values, or null */
    void add(LocalDate day, BigDecimal weighed, BigDecimal premium, BigDecimal total, long executions) {
        counted.add(total == null ? BigDecimal.ZERO : total, executions);
        sum = sum.add(weighed);
        weight = weight.add(premium);
        days.add(day, weighed, premium);
    }

    void values(double[] of) {
        values.add(of);
    }

    void leaveOut(String state, String reason, long executions) {
        counted.leaveOut(state, reason, executions);
    }

    void addAll(Measure other) {
        counted.addAll(other.counted);
        days.addAll(other.days);
        values.addAll(other.values);
        sum = sum.add(other.sum);
        weight = weight.add(other.weight);
    }

    Shown shown() {
        Average.Shown plain = counted.shown();
        double[] all = all();
        boolean weighs = weight.signum() > 0;
        String reason = plain.n() < Sample.FEWEST_INDEPENDENT
                ? "fewer_than_30_executions"
                : weighs ? days.tooFew() : "no_premium";
        return new Shown(
                weighs ? (Double) sum.divide(weight, MathContext.DECIMAL64).doubleValue() : null,
                all.length == 0 ? null : (Double) Stats.median(all),
                all.length == 0 ? null : (Double) Stats.trimmedMean(all, TRIMMED),
                reason == null ? days.interval() : null,
                reason,
                days.days(),
                additive ? plain.total() : null,
                plain.n(),
                plain.leftOut(),
                plain.leftOutBy());
    }

    private double[] all() {
        double[] all = new double[values.stream().mapToInt(of -> of.length).sum()];
        int at = 0;
        for (double[] of : values) {
            System.arraycopy(of, 0, all, at, of.length);
            at += of.length;
        }
        return all;
    }
}

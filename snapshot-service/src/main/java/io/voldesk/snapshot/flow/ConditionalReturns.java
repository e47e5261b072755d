package io.voldesk.snapshot.flow;

import io.voldesk.quant.ForwardReturns;
import io.voldesk.quant.ForwardReturns.MeanBound;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.volmetrics.MarketSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Log returns after the hours of each gamma regime, with what may be said of their means when all cells are looked at together. */
final class ConditionalReturns {
    static final List<String> REGIMES = List.of("positive", "near_flip", "negative");
    static final double FALSE_DISCOVERY_RATE = 0.05;

    private static final List<Integer> HORIZONS = List.of(1, 4, 24, 72);

    private static final String NO_OBSERVATION = "no_observation";

    private ConditionalReturns() {}

    /**
     * @param n overlapping returns; {@code independentN} how many count as independent: n ÷ max(horizon, 24 h)
     * @param reason why there are no figures; null where there are
     * @param coverage n ÷ hours of the regime
     * @param hitRate share of positive returns
     * @param interval 95 %, of the mean, clustered by the calendar days of the whole series; null with its reason
     * @param pValue two-sided, of a mean of zero; null without an interval
     * @param qValue the false-discovery rate at which the cell counts among all with a p-value
     * @param significant q at most 0.05; null without a q
     */
    public record Outcome(
            String regime,
            int horizonHours,
            int n,
            int independentN,
            @Nullable String reason,
            Double coverage,
            Double mean,
            Double median,
            Double deviation,
            Double hitRate,
            @Nullable List<Double> interval,
            @Nullable String intervalReason,
            Double pValue,
            Double qValue,
            Boolean significant) {
        private Outcome among(double q) {
            return new Outcome(
                    regime,
                    horizonHours,
                    n,
                    independentN,
                    reason,
                    coverage,
                    mean,
                    median,
                    deviation,
                    hitRate,
                    interval,
                    intervalReason,
                    pValue,
                    q,
                    q <= FALSE_DISCOVERY_RATE);
        }
    }

    /** @param priced hours that have a spot, by time */
    static List<Outcome> of(List<MarketSeries.Hour> priced) {
        long[] at = priced.stream()
                .mapToLong(hour -> hour.at().getEpochSecond() / 3_600)
                .toArray();
        double[] logPrice =
                priced.stream().mapToDouble(hour -> Math.log(hour.spot())).toArray();
        List<Outcome> outcomes = new ArrayList<>();
        for (String regime : REGIMES) {
            boolean[] chosen = new boolean[at.length];
            int hours = 0;
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = regime.equals(priced.get(i).regime());
                hours += chosen[i] ? 1 : 0;
            }
            for (int horizon : HORIZONS) {
                outcomes.add(outcome(regime, hours, ForwardReturns.of(at, logPrice, chosen, horizon)));
            }
        }
        return amongThemselves(outcomes);
    }

    /** Hours that stand in no cell, by why. */
    static Map<String, Integer> leftOut(List<MarketSeries.Hour> hours) {
        Map<String, Integer> counts = new TreeMap<>();
        for (MarketSeries.Hour hour : hours) {
            if (hour.spot() == null) {
                counts.merge("no_spot", 1, Integer::sum);
            } else if (hour.regime() == null) {
                counts.merge("no_regime", 1, Integer::sum);
            } else if (!REGIMES.contains(hour.regime())) {
                counts.merge(hour.regime(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Outcome outcome(String regime, int hours, ForwardReturns found) {
        double[] returns = found.returns();
        Double coverage = hours == 0 ? null : (Double) ((double) returns.length / hours);
        if (returns.length == 0) {
            return new Outcome(
                    regime,
                    found.horizonHours(),
                    0,
                    0,
                    NO_OBSERVATION,
                    coverage,
                    null,
                    null,
                    null,
                    null,
                    null,
                    NO_OBSERVATION,
                    null,
                    null,
                    null);
        }
        double hits = 0;
        for (double r : returns) {
            hits += r > 0 ? 1 : 0;
        }
        MeanBound.Interval interval = found.bound() instanceof MeanBound.Interval known ? known : null;
        return new Outcome(
                regime,
                found.horizonHours(),
                returns.length,
                (int) found.independent(),
                null,
                coverage,
                Stats.mean(returns),
                Stats.median(returns),
                returns.length < 2 ? null : (Double) Stats.deviation(returns),
                hits / returns.length,
                interval == null ? null : List.of(interval.low(), interval.high()),
                found.bound() instanceof MeanBound.None(String reason) ? reason : null,
                interval == null ? null : (Double) interval.p(),
                null,
                null);
    }

    private static List<Outcome> amongThemselves(List<Outcome> outcomes) {
        double[] q = Stats.falseDiscovery(outcomes.stream()
                .filter(outcome -> outcome.pValue() != null)
                .mapToDouble(Outcome::pValue)
                .toArray());
        List<Outcome> judged = new ArrayList<>();
        int cell = 0;
        for (Outcome outcome : outcomes) {
            judged.add(outcome.pValue() == null ? outcome : outcome.among(q[cell++]));
        }
        return judged;
    }
}

package io.voldesk.alert.rule;

import io.voldesk.alert.input.Reading;
import io.voldesk.alert.rule.Observation.Measured;
import io.voldesk.alert.rule.Observation.NoData;
import io.voldesk.model.MarketFigures.Threshold;
import io.voldesk.model.MarketFigures.Thresholds;
import io.voldesk.model.QualityState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What the rules on a figure at the edge of its trailing history measure: its rank. */
final class ExtremeRules {
    private static final String GEX = "USD per 1 %";

    private ExtremeRules() {}

    static List<Observation> riskReversal(Thresholds thresholds, Instant now) {
        return extreme(Kind.RISK_REVERSAL_EXTREME, "risk_reversal_25", "vol", Words::percent, thresholds, now);
    }

    static List<Observation> netGex(Thresholds thresholds, Instant now) {
        return extreme(Kind.GEX_EXTREME, "net_gex", GEX, value -> Words.amount(value) + " " + GEX, thresholds, now);
    }

    private static List<Observation> extreme(
            Kind kind, String metric, String unit, DoubleFunction<String> words, Thresholds all, Instant now) {
        Optional<Threshold> found = all.metrics().stream()
                .filter(threshold -> threshold.metric().equals(metric))
                .findFirst();
        if (found.isEmpty()) {
            return List.of(new NoData(kind, all.currency(), Reading.unknown(metric, unit, "not_served")));
        }
        Threshold threshold = found.get();
        Reading reading = Reading.figure(metric, unit, threshold.now());
        Reading rank = rank(reading, threshold, now);
        return VolRules.unusable(kind, all.currency(), reading, rank).orElseGet(() -> {
            Map<String, String> said =
                    Map.of("percentile", Words.whole(100 * rank.value()), "now", words.apply(reading.value()));
            List<Reading> inputs = List.of(reading, rank);
            return List.of(
                    new Measured(kind, all.currency(), "high", rank.value(), null, said, inputs),
                    new Measured(kind, all.currency(), "low", 1 - rank.value(), null, said, inputs));
        });
    }

    /** The rank in its history; one on a window with holes or on too few days is not taken, and the reason is the history's own. */
    private static Reading rank(Reading reading, Threshold threshold, Instant now) {
        String history = reading.name() + "_history";
        if (threshold.state() != QualityState.OK) {
            return new Reading(
                    history,
                    null,
                    "share",
                    threshold.state(),
                    threshold.reason(),
                    reading.asOf(),
                    reading.ageSeconds());
        }
        return threshold.rank() == null
                ? Reading.unknown(history, "share", threshold.reason() == null ? "no_rank" : threshold.reason())
                : Reading.known("rank", threshold.rank(), "share", reading.asOf(), now);
    }
}

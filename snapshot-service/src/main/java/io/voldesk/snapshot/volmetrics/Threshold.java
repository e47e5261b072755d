package io.voldesk.snapshot.volmetrics;

import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.model.SourceAuthority;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a reading stands among those of the trailing {@value #TRAILING_DAYS} days.
 *
 * @param rank share of the hours at or below {@code now}, in [0, 1], ties counted half; null where {@code now} is not ok or the
 *     sample holds fewer than 30 independent readings
 * @param sample hours with a value of the {@value #TRAILING_DAYS} × 24; a level persists, so that an UTC day counts once
 * @param percentiles at 5, 25, 50, 75, 95 %; empty with too few independent readings or none recent enough
 */
public record Threshold(
        String metric,
        Figure now,
        Double rank,
        int n,
        Sample sample,
        QualityState state,
        @Nullable String reason,
        List<Double> percentiles) {
    static final int TRAILING_DAYS = 90;

    private static final List<Double> SHOWN = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    /** @param hours of the trailing days, by time */
    static Threshold of(
            String metric, List<Hour> hours, Function<Hour, Double> value, Instant asked, SourceAuthority authority) {
        List<Hour> known =
                hours.stream().filter(hour -> value.apply(hour) != null).toList();
        Figure now = Standing.latest(known, value, asked, authority);
        Sample sample = Sample.of(known.size(), 24 * TRAILING_DAYS, days(known));
        QualityState state = now.state() == QualityState.OK ? sample.state() : now.state();
        String reason = now.state() == QualityState.OK ? sample.reason() : now.reason();
        if (state == QualityState.MISSING || sample.state() == QualityState.UNAVAILABLE) {
            return new Threshold(metric, now, null, known.size(), sample, state, reason, List.of());
        }
        double[] history = known.stream().mapToDouble(value::apply).toArray();
        return new Threshold(
                metric,
                now,
                now.value() == null ? null : (Double) Stats.rank(history, now.value()),
                known.size(),
                sample,
                state,
                reason,
                SHOWN.stream().map(p -> Stats.quantile(history, p)).toList());
    }

    /** UTC days that some hours lie on. */
    static int days(List<Hour> hours) {
        return (int) hours.stream()
                .map(hour -> hour.at().atZone(ZoneOffset.UTC).toLocalDate())
                .distinct()
                .count();
    }
}

package io.voldesk.snapshot.volmetrics;

import io.voldesk.model.AgeRule;
import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.model.SourceAuthority;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What a statistic over hours is worth: by the age of its last hour when asked, and by how much of its window it stands on. */
record Standing(QualityState state, String reason, Instant asOf, Long ageSeconds) {
    private static final String NO_HISTORY = "no_snapshot_history";

    static Standing of(AgeRule.Age age) {
        return new Standing(age.state(), age.reason(), age.sourceAt(), age.seconds());
    }

    /** Of the latest of some hours. */
    static Standing of(List<Hour> hours, Instant asked) {
        return of(AgeRule.SNAPSHOT.of(hours.isEmpty() ? null : hours.getLast().at(), asked, NO_HISTORY));
    }

    /** The worse of the age and the sample. */
    static Standing of(AgeRule.Age age, Sample sample) {
        boolean bySample = age.ok() || age.shown() && sample.state() == QualityState.UNAVAILABLE;
        return bySample ? new Standing(sample.state(), sample.reason(), age.sourceAt(), age.seconds()) : of(age);
    }

    Standing without(String why) {
        return new Standing(QualityState.UNAVAILABLE, why, asOf, ageSeconds);
    }

    /** Whether its numbers may be shown, if only as degraded or stale. */
    boolean shown() {
        return state == QualityState.OK || state == QualityState.DEGRADED || state == QualityState.STALE;
    }

    /** The value where the standing is ok, its reason otherwise; a degraded one is no figure to calculate with. */
    Figure figure(double value, Instant asked) {
        return state == QualityState.OK || state == QualityState.STALE
                ? AgeRule.SNAPSHOT.figure(value, asOf, asked, SourceAuthority.ESTIMATED_MODEL, reason)
                : new Figure.Unknown(state, reason, asOf, ageSeconds);
    }

    /** The latest hour's reading that has one. */
    static Figure latest(List<Hour> hours, Function<Hour, Double> value, Instant asked, SourceAuthority authority) {
        return MarketSeries.latest(hours, value)
                .map(h -> AgeRule.SNAPSHOT.figure(value.apply(h), h.at(), asked, authority, NO_HISTORY))
                .orElse(Figure.unknown(QualityState.MISSING, NO_HISTORY, null));
    }
}

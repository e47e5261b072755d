package io.voldesk.snapshot.volmetrics;

import io.voldesk.model.AgeRule;
import io.voldesk.model.Sample;
import io.voldesk.quant.Stats;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happened from one hour to the next within a window, as pairs to regress: hours that do not follow each other, or lack what is
 * asked of them, make no pair.
 *
 * @param days of the window
 * @param last the hour the last pair ends at; null without pairs
 */
record HourlyChanges(int days, double[] x, double[] y, Instant last) {

    /** Changes of 30-day at-the-money vol on log returns of spot. */
    static HourlyChanges volOnSpot(List<Hour> hours, int days) {
        return of(hours, days, (before, after) -> Math.log(after.spot() / before.spot()), before -> true);
    }

    /**
     * Changes of 30-day at-the-money vol on the change that keeping each strike's vol would have given: the slope of the hour before times
     * the log return. The slope of the regression is the skew-stickiness ratio.
     */
    static HourlyChanges volOnSkew(List<Hour> hours, int days) {
        return of(
                hours,
                days,
                (before, after) -> before.skewSlope() * Math.log(after.spot() / before.spot()),
                before -> before.skewSlope() != null);
    }

    @FunctionalInterface
    private interface Regressor {
        double of(Hour before, Hour after);
    }

    private static HourlyChanges of(List<Hour> hours, int days, Regressor regressor, Predicate<Hour> usable) {
        List<double[]> pairs = new ArrayList<>();
        Instant last = null;
        for (int i = 1; i < hours.size(); i++) {
            Hour before = hours.get(i - 1);
            Hour after = hours.get(i);
            if (Duration.between(before.at(), after.at()).equals(Duration.ofHours(1))
                    && whole(before)
                    && whole(after)
                    && usable.test(before)) {
                pairs.add(new double[] {regressor.of(before, after), after.atm30() - before.atm30()});
                last = after.at();
            }
        }
        return new HourlyChanges(
                days,
                pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                pairs.stream().mapToDouble(pair -> pair[1]).toArray(),
                last);
    }

    private static boolean whole(Hour hour) {
        return hour.spot() != null && hour.spot() > 0 && hour.atm30() != null;
    }

    /** Changes over hours that do not overlap count each. */
    Sample sample() {
        return Sample.of(x.length, 24 * days, x.length);
    }

    Standing standing(Instant asked) {
        return Standing.of(AgeRule.SNAPSHOT.of(last, asked, "no_hourly_changes"), sample());
    }

    /** Empty where the returns or the vols do not vary. */
    Optional<Stats.Line> line() {
        return Stats.regress(x, y);
    }
}

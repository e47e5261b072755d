package io.voldesk.alert.input;

import io.voldesk.model.MarketFigures;
import io.voldesk.model.MarketFigures.Hour;
import io.voldesk.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The hourly states of the last {@value #DAYS} days, by time. */
public final class History {
    public static final int DAYS = 90;

    /** A level's hourly values and what they stand on: neighbouring hours of a level say nearly the same, so days count. */
    public record Series(double[] values, Sample sample) {}

    private final List<Hour> hours;

    public History(MarketFigures.History answer) {
        hours = answer.hours().stream().sorted(Comparator.comparing(Hour::at)).toList();
    }

    /** @param value null where an hour has none */
    public Series series(Function<Hour, Double> value) {
        List<Double> values = new ArrayList<>();
        List<Instant> days = new ArrayList<>();
        for (Hour hour : hours) {
            Double known = value.apply(hour);
            if (known != null) {
                values.add(known);
                days.add(hour.at().truncatedTo(ChronoUnit.DAYS));
            }
        }
        int independent = (int) days.stream().distinct().count();
        return new Series(
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                Sample.of(values.size(), DAYS * 24, independent));
    }

    /** The hour nearest to a moment that has the reading, if there is one within the tolerance. */
    public Optional<Hour> near(Instant moment, Duration tolerance, Function<Hour, Double> reading) {
        return hours.stream()
                .filter(hour -> reading.apply(hour) != null)
                .filter(hour -> Duration.between(hour.at(), moment).abs().compareTo(tolerance) <= 0)
                .min(Comparator.comparing(
                        hour -> Duration.between(hour.at(), moment).abs()));
    }

    /** The last hour that has the reading. */
    public Optional<Hour> last(Function<Hour, Double> reading) {
        return hours.reversed().stream()
                .filter(hour -> reading.apply(hour) != null)
                .findFirst();
    }
}

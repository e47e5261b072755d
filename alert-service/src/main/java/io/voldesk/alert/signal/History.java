package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
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
final class History {
    static final int DAYS = 90;

    /** One hour's readings, by the names the market history has. */
    record Hour(Instant at, JsonNode state) {
        Double of(String field) {
            return Reading.number(state, field);
        }
    }

    /** A level's hourly values and what they stand on: neighbouring hours of a level say nearly the same, so days count. */
    record Series(double[] values, Sample sample) {}

    private final List<Hour> hours = new ArrayList<>();

    History(JsonNode answer) {
        for (JsonNode hour : answer.path("hours")) {
            Instant at = Reading.time(hour.path("at"));
            if (at != null) {
                hours.add(new Hour(at, hour));
            }
        }
        hours.sort(Comparator.comparing(Hour::at));
    }

    /** @param value null where an hour has none */
    Series series(Function<Hour, Double> value) {
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

    /** The hour nearest to a moment that has the field, if there is one within the tolerance. */
    Optional<Hour> near(Instant moment, Duration tolerance, String field) {
        return hours.stream()
                .filter(hour -> hour.state().hasNonNull(field))
                .filter(hour -> Duration.between(hour.at(), moment).abs().compareTo(tolerance) <= 0)
                .min(Comparator.comparing(
                        hour -> Duration.between(hour.at(), moment).abs()));
    }

    /** The last hour that has the field. */
    Optional<Hour> last(String field) {
        return hours.reversed().stream()
                .filter(hour -> hour.state().hasNonNull(field))
                .findFirst();
    }
}

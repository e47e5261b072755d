package io.voldesk.model;

import java.time.Duration;
import java.time.Instant;

/**
 * How old a source may be, by its kind. Age is measured to the moment a reading is asked for: now, or the end of an asked date; never
 * to the clock on the wall of whoever reads history. This is the only place that knows a tolerance.
 */
public enum AgeRule {
    /** What is asked of the vendor while somebody waits; the vendor's data is hourly. */
    LIVE(Duration.ofMinutes(75), Duration.ofHours(3)),
    /** What a daily capture stored: its last hour is a day old when the next capture is due. */
    SNAPSHOT(Duration.ofHours(36), Duration.ofDays(7));

    /** A source's clock may run ahead of ours by so much; a source from beyond that is no answer to the question. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Duration fresh;
    private final Duration usable;

    AgeRule(Duration fresh, Duration usable) {
        this.fresh = fresh;
        this.usable = usable;
    }

    /** Up to this age, inclusive, a source is ok. */
    public Duration fresh() {
        return fresh;
    }

    /** Up to this age, inclusive, a source is shown as stale; beyond it, it is missing. */
    public Duration usable() {
        return usable;
    }

    /**
     * A source's age and what it makes of it.
     *
     * @param state {@code ok}, {@code stale} or {@code missing}
     * @param reason null where ok
     * @param sourceAt null where there is no source at all
     * @param seconds null likewise; never negative
     */
    public record Age(QualityState state, String reason, Instant sourceAt, Long seconds) {
        public boolean ok() {
            return state == QualityState.OK;
        }

        /** Whether it may be shown, if only as stale. */
        public boolean shown() {
            return state != QualityState.MISSING;
        }
    }

    /**
     * @param source null where there is none
     * @param asked the moment the reading is for
     * @param absent the reason where there is no source
     */
    public Age of(Instant source, Instant asked, String absent) {
        if (source == null) {
            return new Age(QualityState.MISSING, absent, null, null);
        }
        Duration age = Duration.between(source, asked);
        if (age.plus(CLOCK_SKEW).isNegative()) {
            return new Age(QualityState.MISSING, "later_than_asked", source, null);
        }
        long seconds = Math.max(age.toSeconds(), 0);
        if (age.compareTo(fresh) <= 0) {
            return new Age(QualityState.OK, null, source, seconds);
        }
        return age.compareTo(usable) <= 0
                ? new Age(QualityState.STALE, "older_than_" + words(fresh), source, seconds)
                : new Age(QualityState.MISSING, "older_than_" + words(usable), source, seconds);
    }

    /**
     * The value as a figure of its age: known, stale with its last value apart, or missing with the age.
     *
     * @param value null or not finite where the source has none
     * @param absent the reason for that
     */
    public Figure figure(Double value, Instant source, Instant asked, SourceAuthority authority, String absent) {
        if (value == null || !Double.isFinite(value)) {
            return Figure.unknown(QualityState.MISSING, absent, source);
        }
        Age age = of(source, asked, absent);
        return switch (age.state()) {
            case OK -> new Figure.Known(value, source, age.seconds(), authority);
            case STALE -> new Figure.Stale(value, age.reason(), source, age.seconds());
            default -> new Figure.Unknown(age.state(), age.reason(), source, age.seconds());
        };
    }

    private static String words(Duration duration) {
        if (duration.toHours() > 48) {
            return duration.toDays() + "_days";
        }
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + "_hours" : duration.toMinutes() + "_minutes";
    }
}

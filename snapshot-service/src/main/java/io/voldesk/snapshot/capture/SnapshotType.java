package io.voldesk.snapshot.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The five kinds of snapshot, in the order a run takes them: a surface and a chain before the gamma that is computed on them. */
public enum SnapshotType {
    IV_SURFACE(null),
    VOL_METRICS(null),
    SPOT(null),
    OI(
            "a past chain is the vendor's first observation of its day with volumes rolled over 24 hours, not the day's close"),
    GEX(null);

    /** The codes in the order a run takes them, for what the database sorts. */
    static final List<String> ORDER =
            Arrays.stream(values()).map(SnapshotType::code).toList();

    private final String unsafeReason;

    SnapshotType(String unsafeReason) {
        this.unsafeReason = unsafeReason;
    }

    /** Why a past date cannot be rebuilt as it was then; null where it can. */
    public String unsafeForHistory() {
        return unsafeReason;
    }

    /** What is locked while a snapshot is being replaced. */
    String lockOf(String currency, LocalDate date) {
        return "snapshot:" + code() + ":" + currency + ":" + date;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Until when a snapshot's data stands: the one observation of a chain a day stands for its whole date. */
    public Instant standsUntil(LocalDate date, Instant lastSourceTime) {
        return this == OI ? SnapshotSource.endOf(date) : lastSourceTime;
    }

    /** A currency that is captured, by any of its names; the fallback where none is sent, null for required. */
    public static String currency(String sent, String fallback) {
        String plain = sent == null ? null : sent.toUpperCase(Locale.ROOT);
        return Params.currency("SOL_USDC".equals(plain) ? "SOL" : plain, fallback, Set.copyOf(Currency.CODES));
    }

    public static SnapshotType of(String field, String code) {
        return Arrays.stream(values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.badField(
                        field,
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(SnapshotType::code)
                                        .collect(Collectors.joining(", "))));
    }
}

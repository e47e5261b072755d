package io.voldesk.snapshot.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The five kinds of snapshot, in the order a run takes them: a surface before the gamma that is computed on it. */
public enum SnapshotType {
    IV_SURFACE(null),
    VOL_METRICS(null),
    SPOT(null),
    GEX(null),
    OI(
            "a past chain is the vendor's first observation of its day with volumes rolled over 24 hours, not the day's close");

    public static final List<String> CURRENCIES = List.of("BTC", "ETH", "SOL");

    private static final Set<String> CURRENCY_SET = Set.copyOf(CURRENCIES);

    private final String unsafeReason;

    SnapshotType(String unsafeReason) {
        this.unsafeReason = unsafeReason;
    }

    /** Why a past date cannot be rebuilt as it was then; null where it can. */
    public String unsafeForHistory() {
        return unsafeReason;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A currency that is captured, upper-cased; the fallback where none is sent, null for required. */
    public static String currency(String sent, String fallback) {
        return Params.currency(sent, fallback, CURRENCY_SET);
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

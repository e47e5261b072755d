package io.voldesk.analytics.outcome;

import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Source;
import io.voldesk.kit.param.Arguments;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;

/** Body of an outcome backfill; what is left out is the runbook's value, and a dry run. */
public record OutcomeRequest(
        Source source,
        @Size(max = Arguments.LONGEST_TEXT) String portfolio,
        @Min(1) @Max(MOST) Integer limit,
        @Min(1) @Max(3_650) Integer lookbackDays,
        @Size(min = 1, max = 12) List<@NotNull @Min(1) @Max(365) Integer> horizons,
        Boolean dryRun,
        @Min(1) @Max(720) Integer quoteWindowMinutes,
        @Min(1) @Max(1_440) Integer maxMarkStalenessMinutes) {
    static final OutcomeRequest OF_NOTHING = new OutcomeRequest(null, null, null, null, null, null, null, null);
    private static final int MOST = 1_000_000;

    boolean dry() {
        return !Boolean.FALSE.equals(dryRun);
    }

    OutcomeBackfill.Asked asked() {
        return new OutcomeBackfill.Asked(
                Selection.all(Source.of(source), portfolio == null || portfolio.isBlank() ? null : portfolio),
                value(limit, 100),
                value(lookbackDays, 365),
                days(),
                Duration.ofMinutes(value(quoteWindowMinutes, 30)),
                Duration.ofMinutes(value(maxMarkStalenessMinutes, 60)),
                dry());
    }

    private List<Integer> days() {
        List<Integer> days = horizons == null ? OutcomeMark.HORIZONS : horizons;
        return days.stream().distinct().sorted().toList();
    }

    private static int value(Integer sent, int fallback) {
        return sent == null ? fallback : sent;
    }
}

package io.voldesk.analytics.outcome;

import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import java.time.Duration;
import java.util.List;

/** Body of an outcome backfill; what is left out is the runbook's value, and a dry run. */
public record OutcomeRequest(
        String source,
        String portfolio,
        Integer limit,
        Integer lookbackDays,
        List<Integer> horizons,
        Boolean dryRun,
        Integer quoteWindowMinutes,
        Integer maxMarkStalenessMinutes) {
    static final OutcomeRequest OF_NOTHING = new OutcomeRequest(null, null, null, null, null, null, null, null);
    private static final int MOST = 1_000_000;

    boolean dry() {
        return !Boolean.FALSE.equals(dryRun);
    }

    /** @throws Problem 400 naming the field that is wrong */
    OutcomeBackfill.Asked asked() {
        return new OutcomeBackfill.Asked(
                Selection.all(Projection.source(source), portfolio == null || portfolio.isBlank() ? null : portfolio),
                value("limit", limit, 100, 1, MOST),
                value("lookback_days", lookbackDays, 365, 1, 3_650),
                days(),
                Duration.ofMinutes(value("quote_window_minutes", quoteWindowMinutes, 30, 1, 720)),
                Duration.ofMinutes(value("max_mark_staleness_minutes", maxMarkStalenessMinutes, 60, 1, 1_440)),
                dry());
    }

    private List<Integer> days() {
        List<Integer> days = horizons == null ? OutcomeMark.HORIZONS : horizons;
        if (days.isEmpty() || days.size() > 12) {
            throw Problem.badField("horizons", "must hold 1 to 12 horizons in days");
        }
        for (Integer horizon : days) {
            if (horizon == null || horizon < 1 || horizon > 365) {
                throw Problem.badField("horizons", "each must be between 1 and 365 days");
            }
        }
        return days.stream().distinct().sorted().toList();
    }

    private static int value(String field, Integer sent, int fallback, int min, int max) {
        return sent == null ? fallback : Params.between(field, sent, min, max);
    }
}

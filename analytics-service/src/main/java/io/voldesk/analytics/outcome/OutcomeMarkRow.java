package io.voldesk.analytics.outcome;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.analytics.enrichment.EnrichedRow;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.outcome.OutcomeMark.Target;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code outcome_mark}; what its values mean says {@link OutcomeMark}.
 *
 * @param targetAt null where no market can be asked about the execution, ever; {@code targetRolled} null where no quote is sought
 * @param markQuality {@code ok}, {@code stale}, or null where there was no quote
 * @param provisional the window around the target had not closed: a nearer quote may come
 * @param windowMinutes how it was looked for, and with {@code stalenessMinutes} is looked for again
 */
@RegisterForReflection // its components are the columns
public record OutcomeMarkRow(
        String sourceTradeId,
        String contextKey,
        int forVersion,
        int horizonDays,
        String state,
        @Nullable String reason,
        @Nullable Instant targetAt,
        Boolean targetRolled,
        @Nullable Instant markAt,
        Double mark,
        @Nullable String markSource,
        @Nullable String markQuality,
        boolean provisional,
        @Nullable BigDecimal pnlUsd,
        Long rawId,
        int windowMinutes,
        int stalenessMinutes)
        implements EnrichedRow {

    static String key(int horizonDays) {
        return "horizon_" + horizonDays + "d";
    }

    /** @param now when it was looked for */
    static OutcomeMarkRow of(
            ExecutionRow execution,
            int horizonDays,
            Target target,
            OutcomeMark mark,
            OutcomeBackfill.Asked asked,
            Instant now) {
        OutcomeMark.Marked found = mark instanceof OutcomeMark.Marked marked ? marked : null;
        return new OutcomeMarkRow(
                execution.sourceTradeId(),
                key(horizonDays),
                execution.version(),
                horizonDays,
                mark.state(),
                mark.reason(),
                target.at(),
                target instanceof Target.Quote quote ? (Boolean) quote.rolled() : null,
                found == null ? null : found.markAt(),
                found == null ? null : (Double) found.mark(),
                found == null ? null : found.markSource(),
                quality(mark),
                target instanceof Target.Quote quote && quote.to().isAfter(now),
                found == null ? null : found.pnlUsd(),
                found == null ? null : found.rawId(),
                (int) asked.window().toMinutes(),
                (int) asked.mostStale().toMinutes());
    }

    private static String quality(OutcomeMark mark) {
        return switch (mark) {
            case OutcomeMark.Marked _ -> "ok";
            case OutcomeMark.Pending _ -> null;
            case OutcomeMark.Unavailable none -> none.stale() ? "stale" : null;
        };
    }
}

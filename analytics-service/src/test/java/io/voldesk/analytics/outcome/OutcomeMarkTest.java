package io.voldesk.analytics.outcome;

import static io.voldesk.analytics.Trades.found;
import static io.voldesk.analytics.Trades.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.analytics.outcome.OutcomeMark.Target;
import io.voldesk.model.ContractIdentity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class OutcomeMarkTest {
    private static final OptionSession SESSION = new OptionSession();
    private static final Duration WINDOW = Duration.ofMinutes(30);
    private static final Duration STALE = Duration.ofMinutes(60);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/hand-worked/outcomes.csv", delimiter = '|', numLinesToSkip = 1)
    void handWorked(
            String name,
            int side,
            String symbol,
            String quantity,
            String price,
            int multiplier,
            Instant at,
            int horizon,
            String quotes,
            String state,
            String reason,
            Instant targetAt,
            Boolean rolled,
            Double mark,
            String markSource,
            BigDecimal pnlUsd,
            String identity,
            String currency) {
        ExecutionRow trade = trade(
                side,
                symbol,
                quantity,
                price,
                multiplier,
                at,
                identity == null ? null : ContractIdentity.Status.of(identity),
                currency);
        Target target = OutcomeMark.target(trade, horizon, WINDOW, SESSION, NOW);
        assertEquals(targetAt, at(target));
        assertEquals(rolled, target instanceof Target.Quote quote ? (Boolean) quote.rolled() : null);
        switch (mark(trade, target, quotes)) {
            case OutcomeMark.Marked m -> {
                assertEquals(state, "unrealized_mark");
                assertEquals(mark, m.mark(), 1e-12);
                assertEquals(markSource, m.markSource());
                assertEquals(0, pnlUsd.compareTo(m.pnlUsd()), () -> m.pnlUsd() + " USD");
                assertEquals(7L, m.rawId());
            }
            case OutcomeMark.Pending pending -> {
                assertEquals(state, "pending");
                assertEquals(reason, pending.reason());
            }
            case OutcomeMark.Unavailable none -> {
                assertEquals(state, "unavailable");
                assertEquals(reason, none.reason());
                assertEquals(reason.equals("stale_quote"), none.stale());
            }
        }
    }

    private static OutcomeMark mark(ExecutionRow trade, Target target, String quotes) {
        return switch (target) {
            case Target.Quote quote -> OutcomeMark.ofQuote(trade, quote, found(quotes), SESSION, WINDOW, STALE);
            case Target.Expired expired -> OutcomeMark.ofExpiry(trade, expired, found(quotes));
            case Target.Immature _ -> OutcomeMark.Pending.NOT_MATURED;
            case Target.Impossible no -> new OutcomeMark.Unavailable(no.reason(), false);
        };
    }

    private static Instant at(Target target) {
        return switch (target) {
            case Target.Quote quote -> quote.at();
            case Target.Expired expired -> expired.at();
            case Target.Immature immature -> immature.at();
            case Target.Impossible _ -> null;
        };
    }
}

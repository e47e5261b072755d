package io.voldesk.analytics.outcome;

import static io.voldesk.analytics.Trades.found;
import static io.voldesk.analytics.Trades.quote;
import static io.voldesk.analytics.Trades.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.analytics.outcome.OutcomeMark.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutcomeMarkTest {
    private static final OptionSession SESSION = new OptionSession();
    private static final Duration WINDOW = Duration.ofMinutes(30);
    private static final Duration STALE = Duration.ofMinutes(60);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final ExecutionRow SOLD_CALL =
            trade(-1, "MSTR  261218C00300000", "10", "12.50", 100, "2026-11-10T15:30:00Z");

    private static Target target(ExecutionRow trade, int days) {
        return OutcomeMark.target(trade, days, WINDOW, SESSION, NOW);
    }

    @Test
    void aSoldCallThatFellIsAGain() {
        var target = assertInstanceOf(Target.Quote.class, target(SOLD_CALL, 7));
        assertEquals(Instant.parse("2026-11-17T15:30:00Z"), target.at());
        var marked = assertInstanceOf(
                OutcomeMark.Marked.class,
                OutcomeMark.ofQuote(
                        SOLD_CALL,
                        target,
                        found(
                                quote("2026-11-17T15:10:00Z", 1.0, 1.2, null, null),
                                quote("2026-11-17T15:33:00Z", 9.9, 10.1, null, null)),
                        WINDOW,
                        STALE));
        assertEquals(0, new BigDecimal("2500").compareTo(marked.pnlUsd()), "(12.5 - 10) x 10 x 100, the nearest quote");
        assertEquals("quote_mid", marked.markSource());
    }

    @Test
    void aHorizonAheadIsPendingAndOneOnAHolidayRolls() {
        assertInstanceOf(Target.Immature.class, target(SOLD_CALL, 30));
        ExecutionRow beforeThanksgiving = trade(1, "MSTR  261218P00300000", "1", "5", 100, "2025-11-26T20:30:00Z");
        var rolled = assertInstanceOf(Target.Quote.class, target(beforeThanksgiving, 1));
        assertTrue(rolled.rolled());
        assertEquals(Instant.parse("2025-11-28T14:30:00Z"), rolled.at());
    }

    @Test
    void aHorizonThatRollsPastNowIsPending() {
        ExecutionRow friday = trade(1, "MSTR  261218P00300000", "1", "5", 100, "2026-11-23T12:00:00Z");
        assertInstanceOf(Target.Immature.class, target(friday, 1));
    }

    @Test
    void anExpiredContractIsWorthItsIntrinsicValueAtASourcedPrice() {
        ExecutionRow boughtPut = trade(1, "MSTR  261113P00300000", "2", "4.00", 100, "2026-11-10T15:30:00Z");
        var expired = assertInstanceOf(Target.Expired.class, target(boughtPut, 7));
        assertEquals(Instant.parse("2026-11-13T21:00:00Z"), expired.lastTrade());
        var marked = assertInstanceOf(
                OutcomeMark.Marked.class,
                OutcomeMark.ofExpiry(
                        boughtPut, expired, found(quote("2026-11-13T20:58:00Z", null, null, null, 290.0))));
        assertEquals("expiry_intrinsic", marked.markSource());
        assertEquals(0, new BigDecimal("1200").compareTo(marked.pnlUsd()), "(10 - 4) x 2 x 100");
        assertEquals(
                new OutcomeMark.Unavailable("no_underlying_price_at_expiry", false),
                OutcomeMark.ofExpiry(boughtPut, expired, found(quote("2026-11-13T20:00:00Z", 1.0, 1.1, null, 290.0))));
    }

    @Test
    void onlyDefensibleAndFreshQuotesMark() {
        var target = assertInstanceOf(Target.Quote.class, target(SOLD_CALL, 7));
        assertEquals(
                new OutcomeMark.Unavailable("no_quote_in_window", false),
                OutcomeMark.ofQuote(SOLD_CALL, target, found(), WINDOW, STALE));
        assertEquals(
                new OutcomeMark.Unavailable("crossed_quote", false),
                OutcomeMark.ofQuote(
                        SOLD_CALL, target, found(quote("2026-11-17T15:30:00Z", 10.2, 9.0, null, null)), WINDOW, STALE));
        assertEquals(
                new OutcomeMark.Unavailable("stale_quote", true),
                OutcomeMark.ofQuote(
                        SOLD_CALL, target, found(quote("2026-11-17T14:29:00Z", 9.9, 10.1, null, null)), WINDOW, STALE));
    }
}

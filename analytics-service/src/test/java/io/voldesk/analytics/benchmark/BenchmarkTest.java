package io.voldesk.analytics.benchmark;

import static io.voldesk.analytics.Trades.found;
import static io.voldesk.analytics.Trades.quote;
import static io.voldesk.analytics.Trades.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.model.QuoteLookup;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BenchmarkTest {
    private static final String SYMBOL = "MSTR  261218C00300000";
    private static final String AT = "2026-11-18T15:30:00Z";
    private static final OptionSession SESSION = new OptionSession();

    private static Benchmark of(ExecutionRow trade, QuoteLookup.Found found) {
        return Benchmark.of(trade, found, SESSION, Duration.ofMinutes(5));
    }

    @Test
    void aSaleBelowMidIsACost() {
        var m = assertInstanceOf(
                Benchmark.Measured.class,
                of(
                        trade(-1, SYMBOL, "20", "9.90", 100, AT),
                        found(quote("2026-11-18T15:29:30Z", 9.8, 10.2, null, 280.0))));
        assertEquals("ok", m.state());
        assertEquals(10.0, m.arrivalMid(), 1e-12);
        assertEquals(0.4, m.quotedSpread(), 1e-12);
        assertEquals(0.2, m.effectiveSpread(), 1e-12);
        assertEquals(0.1, m.slippagePerShare(), 1e-12);
        assertEquals(0, new BigDecimal("200").compareTo(m.slippageUsd()));
        assertEquals(100, m.slippageBps(), 1e-9);
        assertTrue(m.slippageVolPoints() > 0, "selling at a lower vol than mid is a cost");
        assertEquals(7L, m.rawId());
    }

    @Test
    void aPurchaseBelowMidIsAGainAndAnAdjustedMultiplierCounts() {
        var m = assertInstanceOf(
                Benchmark.Measured.class,
                of(trade(1, SYMBOL, "2", "9.90", 150, AT), found(quote(AT, 9.8, 10.2, null, null))));
        assertEquals(-0.1, m.slippagePerShare(), 1e-12);
        assertEquals(0, new BigDecimal("-30").compareTo(m.slippageUsd()));
        assertNull(m.slippageVolPoints());
        assertEquals("no_underlying_price", m.volReason());
    }

    @Test
    void aBuyAtAPriceWithoutAVolKeepsItsSlippageAndSaysWhy() {
        var m = assertInstanceOf(
                Benchmark.Measured.class,
                of(trade(1, SYMBOL, "1", "9.90", 100, AT), found(quote(AT, 19.0, 21.0, null, 319.0))));
        assertEquals("price_below_intrinsic", m.volReason());
    }

    static Stream<Arguments> undefended() {
        String just = "2026-11-18T15:29:00Z";
        return Stream.of(
                Arguments.of("no_quote_in_window", AT, found()),
                Arguments.of("no_quote_in_window", AT, found(quote("2026-11-18T15:30:01Z", 9.8, 10.2, null, null))),
                Arguments.of("stale_quote", AT, found(quote("2026-11-18T15:24:59Z", 9.8, 10.2, null, null))),
                Arguments.of("crossed_quote", AT, found(quote(just, 10.2, 9.8, null, null))),
                Arguments.of("zero_bid", AT, found(quote(just, null, 0.05, null, null))),
                Arguments.of("zero_bid", AT, found(quote(just, 0.0, 0.05, null, null))),
                Arguments.of("wide_spread", AT, found(quote(just, 6.0, 10.1, null, null))),
                Arguments.of("outside_session", "2026-11-18T22:00:00Z", found()),
                Arguments.of("vendor_error", AT, new QuoteLookup.Found(List.of(), "vendor_error")),
                Arguments.of("no_execution_time", null, found()));
    }

    @ParameterizedTest
    @MethodSource("undefended")
    void whatCannotBeDefendedHasAReason(String reason, String at, QuoteLookup.Found found) {
        assertEquals(new Benchmark.Unavailable(reason), of(trade(-1, SYMBOL, "1", "9.90", 100, at), found));
    }

    @Test
    void aQuoteExactlyFiveMinutesOldAndASpreadOfExactlyHalfTheMidStillStand() {
        assertInstanceOf(
                Benchmark.Measured.class,
                of(trade(1, SYMBOL, "1", "8", 100, AT), found(quote("2026-11-18T15:25:00Z", 6.0, 10.0, null, 300.0))));
    }

    @Test
    void theVendorsMarkStandsInAsModel() {
        var m = assertInstanceOf(
                Benchmark.Measured.class,
                of(trade(-1, SYMBOL, "1", "9.90", 100, AT), found(quote(AT, null, 10.5, 10.0, 300.0))));
        assertEquals("model", m.state());
        assertEquals("vendor_mark", m.markSource());
        assertNull(m.quotedSpread());
    }

    @Test
    void aSymbolThatIsNoneIsABadContract() {
        assertEquals(new Benchmark.Unavailable("bad_contract"), of(trade(1, "MSTR CALL", "1", "1", 100, AT), found()));
    }
}

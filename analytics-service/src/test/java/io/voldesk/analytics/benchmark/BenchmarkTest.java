package io.voldesk.analytics.benchmark;

import static io.voldesk.analytics.Trades.found;
import static io.voldesk.analytics.Trades.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.model.ContractIdentity;
import io.voldesk.model.ModelMarkLookup.ModelMark;
import io.voldesk.quant.Black76;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class BenchmarkTest {
    private static final Instant AT = Instant.parse("2026-11-18T15:30:00Z");
    private static final String CALL = "MSTR  261218C00300000";
    private static final OptionSession SESSION = new OptionSession();

    private static Benchmark of(ExecutionRow trade, String quotes) {
        return Benchmark.of(trade, found(quotes), SESSION, Duration.ofMinutes(5));
    }

    private static ContractIdentity.Status status(String code) {
        return code == null ? null : ContractIdentity.Status.of(code);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/hand-worked/benchmarks.csv", delimiter = '|', numLinesToSkip = 1)
    void handWorked(
            String name,
            int side,
            String symbol,
            String quantity,
            String price,
            int multiplier,
            Instant at,
            String quotes,
            String state,
            String reason,
            Double mid,
            Double slippage,
            BigDecimal slippageUsd,
            Double slippageBps,
            Double effectiveSpread,
            String identity,
            String currency) {
        switch (of(trade(side, symbol, quantity, price, multiplier, at, status(identity), currency), quotes)) {
            case Benchmark.Measured m -> {
                assertEquals(state, m.state());
                assertEquals(reason, m.reason());
                assertEquals(mid, m.arrivalMid(), 1e-12);
                assertEquals(slippage, m.slippagePerShare(), 1e-12);
                assertEquals(0, slippageUsd.compareTo(m.slippageUsd()), () -> m.slippageUsd() + " USD");
                assertEquals(slippageBps, m.slippageBps(), 1e-9);
                assertEquals(effectiveSpread, m.effectiveSpread(), 1e-12);
                assertEquals(7L, m.rawId());
            }
            case Benchmark.Unavailable none -> {
                assertEquals(state, "unavailable");
                assertEquals(reason, none.reason());
            }
            case Benchmark.Pending pending -> {
                assertEquals(state, "pending");
                assertEquals(reason, pending.reason());
            }
        }
    }

    @Test
    void slippageInVolPointsHasTheSignOfTheCost() {
        double years =
                Duration.between(AT, Instant.parse("2026-12-18T21:00:00Z")).toSeconds() / (365.0 * 86_400);
        double mid = Black76.call(280, 300, years, 0.80);
        double low = Black76.call(280, 300, years, 0.79);
        String quotes = "2026-11-18T15:29:30Z %s %s - 280".formatted(mid - 0.2, mid + 0.2);
        var sold = assertInstanceOf(
                Benchmark.Measured.class, of(trade(-1, CALL, "1", String.valueOf(low), 100, AT), quotes));
        assertEquals(1.0, sold.slippageVolPoints(), 1e-9, "sold a point under the vol of mid");
        assertEquals(0.79, sold.tradedIv(), 1e-12);
        var bought = assertInstanceOf(
                Benchmark.Measured.class, of(trade(1, CALL, "1", String.valueOf(low), 100, AT), quotes));
        assertEquals(-1.0, bought.slippageVolPoints(), 1e-9);
    }

    @Test
    void aPriceWithoutAVolKeepsItsSlippageAndSaysWhy() {
        var low = assertInstanceOf(
                Benchmark.Measured.class, of(trade(1, CALL, "1", "9.90", 100, AT), "2026-11-18T15:30:00Z 19 21 - 319"));
        assertEquals("implausible_fill", low.state());
        assertEquals("price_below_intrinsic", low.volReason());
        assertNull(low.tradedIv());
        assertEquals(-10.1, low.slippagePerShare(), 1e-12);
        var blind = assertInstanceOf(
                Benchmark.Measured.class,
                of(trade(1, CALL, "1", "9.90", 100, AT), "2026-11-18T15:30:00Z 9.8 10.2 - -"));
        assertEquals("no_underlying_price", blind.volReason());
        var adjusted = assertInstanceOf(
                Benchmark.Measured.class,
                of(trade(1, "MSTR1 261218C00300000", "1", "9.90", 150, AT), "2026-11-18T15:30:00Z 9.8 10.2 - 280"));
        assertEquals("adjusted_contract", adjusted.volReason());
        assertNull(adjusted.tradedIv());
        assertEquals(-0.1, adjusted.slippagePerShare(), 1e-12);
    }

    @Test
    void theSurfacesMarkStandsInAndSaysWhyItHadTo() {
        ExecutionRow sold = trade(-1, CALL, "2", "9.90", 100, AT);
        var none = assertInstanceOf(Benchmark.Unavailable.class, of(sold, null));
        assertTrue(none.wantsModel());
        double years = 30.0 / 365;
        double growth = Math.exp(0.05 * years);
        double price = Black76.call(280 * growth, 300, years, 0.8) / growth;
        var m = assertInstanceOf(
                Benchmark.Measured.class,
                Benchmark.ofModel(
                        sold,
                        none,
                        new ModelMark(
                                price,
                                0.8,
                                280 * growth,
                                years,
                                Instant.parse("2026-11-18T15:00:00Z"),
                                9L,
                                null,
                                0.05,
                                "share_price_at_underlying_rate",
                                "european_model")));
        assertEquals(280, m.underlyingPrice(), 1e-12);
        assertEquals("model", m.state());
        assertEquals("tradfi_surface", m.markSource());
        assertEquals("no_quote_in_window", m.reason());
        assertEquals(price, m.arrivalMid());
        assertEquals(-(9.90 - price), m.slippagePerShare(), 1e-12);
        assertEquals(100 * (0.8 - m.tradedIv()), m.slippageVolPoints(), 1e-9);
        assertNull(m.quotedSpread());
        assertEquals(9L, m.rawId());
    }

    @Test
    void withoutASurfaceBothReasonsAreKept() {
        ExecutionRow sold = trade(-1, CALL, "2", "9.90", 100, AT);
        var none = (Benchmark.Unavailable) of(sold, "2026-11-18T15:29:00Z 10.2 9.8 - -");
        assertEquals(
                new Benchmark.Unavailable("crossed_quote", "strike_outside_surface"),
                Benchmark.ofModel(sold, none, ModelMark.none("strike_outside_surface")));
        assertEquals(
                new Benchmark.Unavailable("crossed_quote", "model_mark_below_a_cent"),
                Benchmark.ofModel(sold, none, new ModelMark(0.004, 0.8, 280.0, 0.1, AT, 9L, null)));
        assertEquals(
                new Benchmark.Pending("vendor_error", "vendor_error"),
                Benchmark.ofModel(sold, none, ModelMark.none("vendor_error")));
    }

    /** The forward is S·e^(rT), and the price is worth e^(rT) as much at expiry. */
    @Test
    void aVolIsImpliedWithTheForwardOfTheSourcedRate() {
        double years =
                Duration.between(AT, Instant.parse("2026-12-18T21:00:00Z")).toSeconds() / (365.0 * 86_400);
        double growth = Math.exp(0.05 * years);
        double mid = Black76.call(280 * growth, 300, years, 0.8) / growth;
        double paid = Black76.call(280 * growth, 300, years, 0.81) / growth;
        String quotes = "2026-11-18T15:29:30Z %s %s - 280 0.05".formatted(mid - 0.2, mid + 0.2);
        var m = assertInstanceOf(
                Benchmark.Measured.class, of(trade(1, CALL, "1", String.valueOf(paid), 100, AT), quotes));
        assertEquals(0.81, m.tradedIv(), 1e-12);
        assertEquals(1.0, m.slippageVolPoints(), 1e-9);
        assertEquals(0.05, m.underlyingRate());
    }

    /** The surface knows the contract no better than a quote does, nor what a price in another currency is in dollars. */
    @Test
    void noModelStandsInForAContractOrACurrencyThatIsNotKnown() {
        for (String reason : List.of("unsupported_contract", "unmapped_contract", "non_usd_price")) {
            assertFalse(new Benchmark.Unavailable(reason, null).wantsModel(), reason);
        }
    }

    @Test
    void aCancelledExecutionHasNoBenchmark() {
        ExecutionRow filled = trade(1, CALL, "1", "1", 100, AT);
        var cancelled = new ExecutionRow(
                "T-1",
                1,
                "IMST",
                "cancelled",
                CALL,
                "MSTR",
                1,
                filled.quantity(),
                filled.price(),
                100,
                null,
                AT,
                null,
                filled.identity(),
                null,
                "USD",
                null,
                "MSTR");
        assertEquals(Optional.of("cancelled"), cancelled.whyNotMarked());
        assertEquals(new Benchmark.Unavailable("cancelled", null), of(cancelled, "2026-11-18T15:29:00Z 9.8 10.2 - -"));
    }
}

package io.voldesk.analytics.benchmark;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.analytics.market.QuoteJudgement;
import io.voldesk.model.OptionContract;
import io.voldesk.model.QuoteLookup;
import io.voldesk.quant.ImpliedVol;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The execution against the market it met. With s = +1 buy, −1 sell: slippage = s·(price − mid), a cost where positive;
 * effective spread = 2·|price − mid|.
 */
public sealed interface Benchmark {
    /**
     * @param state {@code ok} against a defensible quote, {@code model} against the vendor's mark
     * @param slippageVolPoints s·(IV(price) − IV(mid)) in vol points; null with {@code volReason}
     */
    record Measured(
            String state,
            Instant quoteAt,
            Double bid,
            Double ask,
            double arrivalMid,
            Double quotedSpread,
            double effectiveSpread,
            double slippagePerShare,
            BigDecimal slippageUsd,
            double slippageBps,
            Double slippageVolPoints,
            String volReason,
            String markSource,
            Long rawId)
            implements Benchmark {}

    record Unavailable(String reason) implements Benchmark {}

    /**
     * Judges the last quote at or before the execution.
     *
     * @param lookback how old it may be
     */
    static Benchmark of(ExecutionRow execution, QuoteLookup.Found found, OptionSession session, Duration lookback) {
        OptionContract contract = execution.contract();
        if (contract == null) {
            return new Unavailable("bad_contract");
        }
        if (execution.executedAt() == null) {
            return new Unavailable("no_execution_time");
        }
        if (execution.status().equals("cancelled")) {
            return new Unavailable("cancelled");
        }
        if (!session.contains(execution.executedAt())) {
            return new Unavailable("outside_session");
        }
        if (found.failure() != null) {
            return new Unavailable(found.failure());
        }
        Optional<QuoteLookup.Quote> last = found.quotes().stream()
                .filter(q -> !q.observedAt().isAfter(execution.executedAt()))
                .max(Comparator.comparing(QuoteLookup.Quote::observedAt));
        if (last.isEmpty()) {
            return new Unavailable("no_quote_in_window");
        }
        QuoteLookup.Quote quote = last.get();
        if (Duration.between(quote.observedAt(), execution.executedAt()).compareTo(lookback) > 0) {
            return new Unavailable("stale_quote");
        }
        return switch (QuoteJudgement.of(quote)) {
            case QuoteJudgement.Defensible good ->
                measured(execution, contract, session, quote, "ok", good.bid(), good.ask(), good.mid(), "quote_mid");
            case QuoteJudgement.Refused refused ->
                quote.mark() != null && quote.mark() > 0
                        ? measured(
                                execution, contract, session, quote, "model", null, null, quote.mark(), "vendor_mark")
                        : new Unavailable(refused.reason());
        };
    }

    private static Measured measured(
            ExecutionRow execution,
            OptionContract contract,
            OptionSession session,
            QuoteLookup.Quote quote,
            String state,
            Double bid,
            Double ask,
            double mid,
            String markSource) {
        double price = execution.price().doubleValue();
        double slippage = execution.side() * (price - mid);
        BigDecimal usd = execution
                .price()
                .subtract(BigDecimal.valueOf(mid))
                .multiply(BigDecimal.valueOf(execution.side()))
                .multiply(execution.quantity())
                .multiply(BigDecimal.valueOf(execution.multiplier()));
        Double volPoints = null;
        String volReason = null;
        if (quote.underlyingPrice() == null) {
            volReason = "no_underlying_price";
        } else {
            double years = Duration.between(execution.executedAt(), session.lastTradeOf(contract.expiry()))
                            .toSeconds()
                    / (365.0 * 86_400);
            ImpliedVol atPrice = vol(contract, price, quote.underlyingPrice(), years);
            ImpliedVol atMid = vol(contract, mid, quote.underlyingPrice(), years);
            if (atPrice instanceof ImpliedVol.Found paid && atMid instanceof ImpliedVol.Found fair) {
                volPoints = execution.side() * 100 * (paid.vol() - fair.vol());
            } else {
                volReason = atPrice instanceof ImpliedVol.None none
                        ? "price_" + none.reason()
                        : "mid_" + ((ImpliedVol.None) atMid).reason();
            }
        }
        return new Measured(
                state,
                quote.observedAt(),
                bid,
                ask,
                mid,
                bid == null ? null : (Double) (ask - bid),
                2 * Math.abs(price - mid),
                slippage,
                usd,
                10_000 * slippage / mid,
                volPoints,
                volReason,
                markSource,
                quote.rawId());
    }

    /** Undiscounted, with the share price as forward: over a benchmark's few cents carry cancels out of the difference. */
    private static ImpliedVol vol(OptionContract contract, double price, double underlying, double years) {
        return ImpliedVol.of(
                contract.right() == OptionContract.Right.C,
                price,
                underlying,
                contract.strike().doubleValue(),
                years);
    }
}

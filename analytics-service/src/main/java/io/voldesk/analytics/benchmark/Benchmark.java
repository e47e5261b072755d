package io.voldesk.analytics.benchmark;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.analytics.market.QuoteJudgement;
import io.voldesk.model.ModelMarkLookup;
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
    /** Prices under a cent are no prices: options trade in cents. */
    double LEAST_PRICE = 0.01;

    /**
     * @param state {@code ok} against a defensible quote, {@code model} against a model mark
     * @param reason why no quote could be defended; null in state {@code ok}
     * @param arrivalMid mid of the quote, or the model mark; USD per share
     * @param markSource {@code quote_mid, vendor_mark} or {@code tradfi_surface}
     * @param marketAt of the quote or the surface
     * @param tradedIv implied by the price paid; a fraction
     * @param slippageVolPoints s·(IV(price) − IV(mid)) in vol points; null with {@code volReason}
     */
    record Measured(
            String state,
            String reason,
            String markSource,
            Instant marketAt,
            Double bid,
            Double ask,
            double arrivalMid,
            Double quotedSpread,
            double effectiveSpread,
            double slippagePerShare,
            BigDecimal slippageUsd,
            double slippageBps,
            Double underlyingPrice,
            Double tradedIv,
            Double slippageVolPoints,
            String volReason,
            Long rawId)
            implements Benchmark {}

    /**
     * @param reason why no quote could be defended
     * @param modelReason why no model mark stood in; null where none was sought
     */
    record Unavailable(String reason, String modelReason) implements Benchmark {
        /** Whether a model mark may stand in: the market was asked, and had no quote that can be defended. */
        boolean wantsModel() {
            return switch (reason) {
                case "bad_contract", "no_execution_time", "cancelled", "vendor_error" -> false;
                default -> true;
            };
        }
    }

    /**
     * Judges the last quote at or before the execution.
     *
     * @param lookback how old it may be
     */
    static Benchmark of(ExecutionRow execution, QuoteLookup.Found found, OptionSession session, Duration lookback) {
        Optional<String> never = execution.whyNotMarked();
        if (never.isPresent()) {
            return new Unavailable(never.get(), null);
        }
        OptionContract contract = execution.contract();
        if (found.failure() != null) {
            return new Unavailable(found.failure(), null);
        }
        Optional<QuoteLookup.Quote> last = found.quotes().stream()
                .filter(q -> !q.observedAt().isAfter(execution.executedAt()))
                .max(Comparator.comparing(QuoteLookup.Quote::observedAt));
        boolean inSession = session.contains(execution.executedAt());
        if (last.isEmpty()) {
            return new Unavailable(inSession ? "no_quote_in_window" : "outside_session", null);
        }
        QuoteLookup.Quote quote = last.get();
        if (Duration.between(quote.observedAt(), execution.executedAt()).compareTo(lookback) > 0) {
            return new Unavailable(inSession ? "stale_quote" : "outside_session", null);
        }
        Market market = new Market(
                quote.observedAt(),
                quote.underlyingPrice(),
                Duration.between(execution.executedAt(), session.lastTradeOf(contract.expiry()))
                                .toSeconds()
                        / SECONDS_OF_A_YEAR,
                quote.rawId());
        QuoteJudgement judgement =
                inSession ? QuoteJudgement.of(quote, session) : new QuoteJudgement.Refused("outside_session");
        return switch (judgement) {
            case QuoteJudgement.Defensible good ->
                measured(execution, contract, market, "ok", null, "quote_mid", good, good.mid());
            case QuoteJudgement.Refused refused ->
                quote.mark() != null && quote.mark() >= LEAST_PRICE
                        ? measured(
                                execution,
                                contract,
                                market,
                                "model",
                                refused.reason(),
                                "vendor_mark",
                                null,
                                quote.mark())
                        : new Unavailable(refused.reason(), null);
        };
    }

    /** The surface's mark in place of a quote that cannot be defended. */
    static Benchmark ofModel(ExecutionRow execution, Unavailable without, ModelMarkLookup.ModelMark mark) {
        if (mark.failure() != null) {
            return new Unavailable(without.reason(), mark.failure());
        }
        if (mark.price() < LEAST_PRICE) {
            return new Unavailable(without.reason(), "model_mark_below_a_cent");
        }
        return measured(
                execution,
                execution.contract(),
                new Market(mark.surfaceAt(), mark.forward(), mark.years(), mark.rawId()),
                "model",
                without.reason(),
                "tradfi_surface",
                null,
                mark.price());
    }

    double SECONDS_OF_A_YEAR = 365.0 * 86_400;

    /** Where and when a price was taken from, and what turns prices into vols. */
    record Market(Instant at, Double underlyingPrice, double years, Long rawId) {}

    private static Measured measured(
            ExecutionRow execution,
            OptionContract contract,
            Market market,
            String state,
            String reason,
            String markSource,
            QuoteJudgement.Defensible quote,
            double mid) {
        double price = execution.price().doubleValue();
        double slippage = execution.side() * (price - mid);
        BigDecimal usd = execution
                .price()
                .subtract(BigDecimal.valueOf(mid))
                .multiply(BigDecimal.valueOf(execution.side()))
                .multiply(execution.quantity())
                .multiply(BigDecimal.valueOf(execution.multiplier()));
        Double tradedIv = null;
        Double volPoints = null;
        String volReason = null;
        if (contract.isAdjusted()) {
            volReason = "adjusted_contract";
        } else if (market.underlyingPrice() == null) {
            volReason = "no_underlying_price";
        } else {
            ImpliedVol atPrice = vol(contract, price, market);
            ImpliedVol atMid = vol(contract, mid, market);
            tradedIv = atPrice instanceof ImpliedVol.Found paid ? (Double) paid.vol() : null;
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
                reason,
                markSource,
                market.at(),
                quote == null ? null : (Double) quote.bid(),
                quote == null ? null : (Double) quote.ask(),
                mid,
                quote == null ? null : (Double) quote.spread(),
                2 * Math.abs(price - mid),
                slippage,
                usd,
                10_000 * slippage / mid,
                market.underlyingPrice(),
                tradedIv,
                volPoints,
                volReason,
                market.rawId());
    }

    /** Undiscounted, with the share price as forward: over a benchmark's few cents carry cancels out of the difference. */
    private static ImpliedVol vol(OptionContract contract, double price, Market market) {
        return ImpliedVol.of(
                contract.right() == OptionContract.Right.C,
                price,
                market.underlyingPrice(),
                contract.strike().doubleValue(),
                market.years());
    }
}

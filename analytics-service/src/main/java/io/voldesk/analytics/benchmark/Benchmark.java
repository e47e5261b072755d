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
     * @param state {@code ok} against a defensible quote, {@code model} against an estimate, {@code implausible_fill} where the price
     *     cannot be one of this contract at this time
     * @param reason why no quote could be defended or what makes it an estimate, or what makes the fill implausible; null in state
     *     {@code ok}
     * @param arrivalMid mid of the quote, or the model mark; USD per share
     * @param markSource {@code quote_mid, vendor_mark} or {@code tradfi_surface}
     * @param marketAt of the quote or the surface
     * @param underlyingRate carries the share to expiry, a fraction a year; null where the vendor names none: forward is spot then
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
            Double underlyingRate,
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
                case "bad_contract",
                        "no_execution_time",
                        "cancelled",
                        "unsupported_contract",
                        "unmapped_contract",
                        "non_usd_price" -> false;
                default -> true;
            };
        }
    }

    /**
     * A vendor failed: nothing was learned, and it is asked again.
     *
     * @param reason {@code vendor_error}; {@code modelReason} too where it was the model mark that could not be had
     */
    record Pending(String reason, String modelReason) implements Benchmark {}

    String VENDOR_ERROR = "vendor_error";

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
        if (VENDOR_ERROR.equals(found.failure())) {
            return new Pending(VENDOR_ERROR, null);
        }
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
                quote.underlyingRate(),
                yearsToClose(execution, session),
                quote.rawId());
        QuoteJudgement judgement =
                inSession ? QuoteJudgement.of(quote, session) : new QuoteJudgement.Refused("outside_session");
        return switch (judgement) {
            case QuoteJudgement.Defensible good ->
                measured(
                        execution,
                        contract,
                        market,
                        execution.marksAreEstimates() ? "model" : "ok",
                        execution.marksAreEstimates() ? execution.identity().code() : null,
                        "quote_mid",
                        good,
                        good.mid());
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
        if (VENDOR_ERROR.equals(mark.failure())) {
            return new Pending(VENDOR_ERROR, VENDOR_ERROR);
        }
        if (mark.failure() != null) {
            return new Unavailable(without.reason(), mark.failure());
        }
        if (mark.price() < LEAST_PRICE) {
            return new Unavailable(without.reason(), "model_mark_below_a_cent");
        }
        return measured(
                execution,
                execution.contract(),
                Market.of(mark),
                "model",
                without.reason(),
                "tradfi_surface",
                null,
                mark.price());
    }

    double SECONDS_OF_A_YEAR = 365.0 * 86_400;

    /** To the last trade of the contract, whoever marks it: so vols of quotes and of surfaces can be compared. */
    private static double yearsToClose(ExecutionRow execution, OptionSession session) {
        return Duration.between(
                                execution.executedAt(),
                                session.lastTradeOf(execution.contract().expiry()))
                        .toSeconds()
                / SECONDS_OF_A_YEAR;
    }

    /** Where and when a price was taken from, and what turns prices into vols. */
    record Market(Instant at, Double underlyingPrice, Double underlyingRate, double years, Long rawId) {
        /** As the surface has them: it gives the share's forward at the expiry. */
        static Market of(ModelMarkLookup.ModelMark mark) {
            double growth = mark.rate() == null ? 1 : Math.exp(mark.rate() * mark.years());
            return new Market(mark.surfaceAt(), mark.forward() / growth, mark.rate(), mark.years(), mark.rawId());
        }

        /** What a price now is worth at expiry; 1 where no rate is known. */
        double growth() {
            return underlyingRate == null ? 1 : Math.exp(underlyingRate * years);
        }
    }

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
        String implausible = implausible(contract, price, mid, quote, market);
        return new Measured(
                implausible == null ? state : "implausible_fill",
                implausible == null ? reason : implausible,
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
                market.underlyingRate(),
                tradedIv,
                volPoints,
                volReason,
                market.rawId());
    }

    /**
     * Why a price cannot be one of this contract: further from mid than five times mid, or outside the bounds of an American option
     * by more than the quoted spread. Bounds need the share's price of the minute, so they are held against quotes only.
     *
     * @param quote null where a model mark stands in
     */
    private static String implausible(
            OptionContract contract, double price, double mid, QuoteJudgement.Defensible quote, Market market) {
        if (Math.abs(price - mid) > MOST_MIDS * mid) {
            return "beyond_five_times_mid";
        }
        if (quote == null || market.underlyingPrice() == null || contract.isAdjusted()) {
            return null;
        }
        double share = market.underlyingPrice();
        double strike = contract.strike().doubleValue();
        boolean call = contract.right() == OptionContract.Right.C;
        double least = Math.max(call ? share - strike : strike - share, 0) - quote.spread();
        double most = (call ? share : strike) + quote.spread();
        return price < least || price > most ? "outside_no_arbitrage_bounds" : null;
    }

    double MOST_MIDS = 5;

    /** With the forward F = S·e^(rT) of the sourced rate, and the price carried to expiry with it. */
    private static ImpliedVol vol(OptionContract contract, double price, Market market) {
        return ImpliedVol.of(
                contract.right() == OptionContract.Right.C,
                price * market.growth(),
                market.underlyingPrice() * market.growth(),
                contract.strike().doubleValue(),
                market.years());
    }
}

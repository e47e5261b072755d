package io.voldesk.analytics.outcome;

import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.analytics.market.QuoteJudgement;
import io.voldesk.model.OptionContract;
import io.voldesk.model.QuoteLookup;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an execution's contract was worth at a horizon: P&L = s·(mark − price)·multiplier·quantity, fees apart. */
public sealed interface OutcomeMark {
    /** In days; what every execution is valued at. A backfill may ask for others besides. */
    List<Integer> HORIZONS = List.of(1, 7, 30);

    /** As it is stored and counted. */
    default String state() {
        return switch (this) {
            case Marked _ -> "unrealized_mark";
            case Pending _ -> "pending";
            case Unavailable _ -> "unavailable";
        };
    }

    /** Why there is no value; null where there is one. */
    String reason();

    /** @param markSource {@code quote_mid} or {@code expiry_intrinsic} */
    record Marked(Instant markAt, double mark, String markSource, BigDecimal pnlUsd, Long rawId)
            implements OutcomeMark {
        @Override
        public String reason() {
            return null;
        }
    }

    /**
     * @param reason {@code horizon_not_matured}; {@code vendor_error}: nothing was learned, and it is asked again; or, in the store,
     *     {@code contract_changed}: what was found is of the contract it was, and it is asked again
     */
    record Pending(String reason) implements OutcomeMark {
        static final Pending NOT_MATURED = new Pending("horizon_not_matured");
        static final Pending VENDOR_FAILED = new Pending("vendor_error");
    }

    /** @param stale whether a quote was there, but outside tolerance */
    record Unavailable(String reason, boolean stale) implements OutcomeMark {}

    /** When to look and how. */
    sealed interface Target {
        /** When it falls due; null where it never does. */
        Instant at();

        /** Around a moment of a session. */
        record Quote(Instant at, boolean rolled, Instant from, Instant to) implements Target {}

        /** The contract expired before the horizon: its intrinsic value at its last trade. */
        record Expired(Instant at, Instant lastTrade, Instant from, Instant to) implements Target {}

        record Immature(Instant at) implements Target {}

        record Impossible(String reason) implements Target {
            @Override
            public Instant at() {
                return null;
            }
        }
    }

    static Target target(ExecutionRow execution, int horizonDays, Duration window, OptionSession session, Instant now) {
        Optional<String> never = execution.whyNotMarked();
        if (never.isPresent()) {
            return new Target.Impossible(never.get());
        }
        OptionContract contract = execution.contract();
        Instant due = execution.executedAt().plus(Duration.ofDays(horizonDays));
        Instant lastTrade = session.lastTradeOf(contract.expiry());
        if (due.isAfter(now)) {
            return new Target.Immature(due);
        }
        Instant at = session.rollForward(due);
        if (!lastTrade.isAfter(at)) {
            // what an adjusted contract delivers is not told, so its intrinsic value is not known
            return contract.isAdjusted()
                    ? new Target.Impossible("adjusted_contract")
                    : new Target.Expired(due, lastTrade, lastTrade.minus(window), lastTrade);
        }
        return at.isAfter(now)
                ? new Target.Immature(at)
                : new Target.Quote(at, !at.equals(due), at.minus(window), at.plus(window));
    }

    /** The defensible quote nearest the target. */
    static OutcomeMark ofQuote(
            ExecutionRow execution,
            Target.Quote target,
            QuoteLookup.Found found,
            OptionSession session,
            Duration window,
            Duration mostStale) {
        if (found.failure() != null) {
            return failed(found.failure());
        }
        Optional<QuoteLookup.Quote> nearest = found.quotes().stream()
                .filter(q -> QuoteJudgement.of(q, session) instanceof QuoteJudgement.Defensible)
                .min(Comparator.comparing(q -> distance(q, target.at())));
        if (nearest.isEmpty()) {
            return new Unavailable(
                    found.quotes().stream()
                            .min(Comparator.comparing(q -> distance(q, target.at())))
                            .map(q -> ((QuoteJudgement.Refused) QuoteJudgement.of(q, session)).reason())
                            .orElse("no_quote_in_window"),
                    false);
        }
        QuoteLookup.Quote quote = nearest.get();
        Duration distance = distance(quote, target.at());
        if (distance.compareTo(mostStale) > 0) {
            return new Unavailable("stale_quote", true);
        }
        if (distance.compareTo(window) > 0) {
            return new Unavailable("no_quote_in_window", false);
        }
        double mid = ((QuoteJudgement.Defensible) QuoteJudgement.of(quote, session)).mid();
        return new Marked(quote.observedAt(), mid, "quote_mid", pnl(execution, mid), quote.rawId());
    }

    /** Intrinsic value at the last sourced underlying price before the last trade. */
    static OutcomeMark ofExpiry(ExecutionRow execution, Target.Expired target, QuoteLookup.Found found) {
        if (found.failure() != null) {
            return failed(found.failure());
        }
        Optional<QuoteLookup.Quote> last = found.quotes().stream()
                .filter(q -> q.underlyingPrice() != null
                        && !q.observedAt().isAfter(target.lastTrade())
                        && !q.observedAt().isBefore(target.from()))
                .max(Comparator.comparing(QuoteLookup.Quote::observedAt));
        if (last.isEmpty()) {
            return new Unavailable("no_underlying_price_at_expiry", false);
        }
        OptionContract contract = execution.contract();
        double strike = contract.strike().doubleValue();
        double underlying = last.get().underlyingPrice();
        double intrinsic =
                Math.max(contract.right() == OptionContract.Right.C ? underlying - strike : strike - underlying, 0);
        return new Marked(
                last.get().observedAt(),
                intrinsic,
                "expiry_intrinsic",
                pnl(execution, intrinsic),
                last.get().rawId());
    }

    private static OutcomeMark failed(String failure) {
        return failure.equals(Pending.VENDOR_FAILED.reason()) ? Pending.VENDOR_FAILED : new Unavailable(failure, false);
    }

    private static Duration distance(QuoteLookup.Quote quote, Instant at) {
        return Duration.between(quote.observedAt(), at).abs();
    }

    private static BigDecimal pnl(ExecutionRow execution, double mark) {
        return BigDecimal.valueOf(mark)
                .subtract(execution.price())
                .multiply(BigDecimal.valueOf(execution.side()))
                .multiply(BigDecimal.valueOf(execution.multiplier()))
                .multiply(execution.quantity());
    }
}

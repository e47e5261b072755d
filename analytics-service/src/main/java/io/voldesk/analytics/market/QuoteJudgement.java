package io.voldesk.analytics.market;

import io.voldesk.model.QuoteLookup;

/** Whether a quote can be defended: within the session, bid above zero, not crossed, spread at most half of the mid. */
public sealed interface QuoteJudgement {
    double MOST_SPREAD = 0.5;

    record Defensible(double bid, double ask) implements QuoteJudgement {
        public double mid() {
            return (bid + ask) / 2;
        }

        public double spread() {
            return ask - bid;
        }
    }

    /** @param reason {@code outside_session}, {@code zero_bid}, {@code crossed_quote}, {@code wide_spread} or {@code no_quote_in_window} */
    record Refused(String reason) implements QuoteJudgement {}

    static QuoteJudgement of(QuoteLookup.Quote quote, OptionSession session) {
        if (!session.contains(quote.observedAt())) {
            return new Refused("outside_session");
        }
        if (quote.ask() == null) {
            return new Refused("no_quote_in_window");
        }
        if (quote.bid() == null || quote.bid() <= 0) {
            return new Refused("zero_bid");
        }
        if (quote.ask() < quote.bid()) {
            return new Refused("crossed_quote");
        }
        var quoted = new Defensible(quote.bid(), quote.ask());
        return quoted.spread() > MOST_SPREAD * quoted.mid() ? new Refused("wide_spread") : quoted;
    }
}

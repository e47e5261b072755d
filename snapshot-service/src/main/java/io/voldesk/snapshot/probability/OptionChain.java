package io.voldesk.snapshot.probability;

import io.voldesk.quant.Black76;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The quotes of a currency's options at one moment, by expiry and strike.
 *
 * @param source {@code live} or {@code stored}
 * @param spot USD
 */
record OptionChain(String source, Instant at, Double spot, List<Quote> quotes) {
    /** What option prices are quoted in: inverse options in coin per coin of the underlying, linear ones in USD. */
    enum Unit {
        COIN,
        USD;

        /** Linear instruments carry the stable coin that they settle in, as {@code SOL_USDC-…}. */
        static Unit of(String instrument) {
            return instrument.contains("_USDC-") ? USD : COIN;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param bid and ask in {@code unit}, null where nobody quotes
     * @param vol of the mark, a fraction
     * @param forward of the expiry, USD
     */
    record Quote(
            String instrument,
            Instant expiration,
            double strike,
            boolean call,
            Unit unit,
            Double bid,
            Double ask,
            double vol,
            double forward,
            double years) {
        static double years(Instant at, Instant expiration) {
            return Duration.between(at, expiration).toSeconds() / (365.0 * 86_400);
        }

        double k() {
            return Math.log(strike / forward);
        }

        double callDelta() {
            return Black76.deltaCall(forward, strike, years, vol);
        }

        boolean outOfTheMoney() {
            return call == strike >= forward;
        }

        boolean twoSided() {
            return bid != null && ask != null && bid > 0 && ask > bid;
        }

        /** USD at the expiry, as Black-76 undiscounted has it. */
        double usd(double price) {
            return unit == Unit.COIN ? price * forward : price;
        }

        String quality() {
            if (bid == null || ask == null || bid <= 0) {
                return "no_bid";
            }
            return ask - bid > 0.5 * (ask + bid) / 2 ? "wide" : "ok";
        }
    }

    List<Quote> of(Instant expiration) {
        return quotes.stream().filter(q -> q.expiration().equals(expiration)).toList();
    }
}

package io.voldesk.snapshot.probability;

import io.voldesk.model.QualityState;
import io.voldesk.quant.Black76;
import io.voldesk.quant.DensityCurve;
import io.voldesk.quant.Smile;
import io.voldesk.quant.Touch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Experimental: short strangles, covered calls and cash-secured puts from the latest stored chain, at the expiry nearest the
 * asked maturity, weighed under the implied density.
 */
@ApplicationScoped
public class CandidateScreen {
    private static final List<Double> DELTAS = List.of(0.10, 0.16, 0.25, 0.35);

    private final Jdbi jdbi;
    private final Density densities;

    public CandidateScreen(Jdbi jdbi, Density densities) {
        this.jdbi = jdbi;
        this.densities = densities;
    }

    /**
     * @param premium sum of bids in coin per coin of underlying; {@code premiumYieldPct} the same in percent of the forward
     * @param expectedValueUsd premium − expected payoff under the density, per coin
     * @param quoteQuality the worst of the legs: {@code ok}, {@code wide} or {@code no_bid}
     */
    public record Candidate(
            String structure,
            double targetDelta,
            List<String> legs,
            Double premium,
            Double premiumYieldPct,
            Double probabilityInTheMoney,
            Double probabilityTouch,
            Double expectedValueUsd,
            String quoteQuality) {}

    public record Answer(
            String currency,
            int dte,
            boolean experimental,
            QualityState state,
            String reason,
            Instant chainTimestamp,
            Instant expiration,
            Density.Quality densityQuality,
            List<Candidate> candidates) {}

    private record Quote(
            Instant at,
            String instrument,
            Instant expiration,
            double strike,
            boolean call,
            Double bid,
            Double ask,
            double vol,
            double forward) {
        double callDelta() {
            double years = Duration.between(at, expiration).toSeconds() / (365.0 * 86_400);
            return Black76.deltaCall(forward, strike, years, vol);
        }

        String quality() {
            if (bid == null || ask == null || bid <= 0) {
                return "no_bid";
            }
            return ask - bid > 0.5 * (ask + bid) / 2 ? "wide" : "ok";
        }
    }

    Answer screen(String currency, int days, Instant notAfter) {
        List<Quote> chain = jdbi.withHandle(handle -> latestChain(handle, currency, notAfter));
        Optional<Instant> expiration = chain.stream()
                .map(Quote::expiration)
                .distinct()
                .min(Comparator.comparingDouble(
                        e -> Math.abs(Duration.between(notAfter, e).toHours() / 24.0 - days)));
        if (expiration.isEmpty()) {
            return new Answer(
                    currency, days, true, QualityState.MISSING, "no_chain_snapshot", null, null, null, List.of());
        }
        List<Quote> expiry = chain.stream()
                .filter(q -> q.expiration().equals(expiration.get()))
                .toList();
        Instant at = expiry.getFirst().at();
        double maturity = Duration.between(at, expiration.get()).toSeconds() / 86_400.0;
        return switch (densities.of(currency, maturity, notAfter)) {
            case Density.Result.None none ->
                new Answer(
                        currency,
                        days,
                        true,
                        QualityState.UNAVAILABLE,
                        none.quality().reasons().getFirst(),
                        at,
                        expiration.get(),
                        none.quality(),
                        List.of());
            case Density.Result.Fitted fitted ->
                new Answer(
                        currency,
                        days,
                        true,
                        fitted.quality().state(),
                        fitted.quality().reasons().stream().findFirst().orElse(null),
                        at,
                        expiration.get(),
                        fitted.quality(),
                        candidates(expiry, fitted));
        };
    }

    private static List<Candidate> candidates(List<Quote> expiry, Density.Result.Fitted fitted) {
        List<Candidate> candidates = new ArrayList<>();
        for (double delta : DELTAS) {
            Optional<Quote> call = nearest(expiry, true, delta);
            Optional<Quote> put = nearest(expiry, false, 1 - delta);
            call.ifPresent(c -> candidates.add(candidate("covered_call", delta, List.of(c), fitted)));
            put.ifPresent(p -> candidates.add(candidate("cash_secured_put", delta, List.of(p), fitted)));
            if (call.isPresent() && put.isPresent()) {
                candidates.add(candidate("strangle", delta, List.of(put.get(), call.get()), fitted));
            }
        }
        return candidates;
    }

    private static Optional<Quote> nearest(List<Quote> expiry, boolean call, double callDelta) {
        return expiry.stream()
                .filter(q -> q.call() == call)
                .min(Comparator.comparingDouble(q -> Math.abs(q.callDelta() - callDelta)));
    }

    private static Candidate candidate(String structure, double delta, List<Quote> legs, Density.Result.Fitted fitted) {
        List<String> names = legs.stream().map(Quote::instrument).toList();
        String quality = legs.stream()
                .map(Quote::quality)
                .max(Comparator.comparing(q -> List.of("ok", "wide", "no_bid").indexOf(q)))
                .orElseThrow();
        if (quality.equals("no_bid")) {
            return new Candidate(structure, delta, names, null, null, null, null, null, quality);
        }
        Smile smile = fitted.smile();
        double carry = Math.log(smile.forward() / fitted.spot()) / smile.years();
        double premium = legs.stream().mapToDouble(Quote::bid).sum();
        double inTheMoney = 0;
        double touch = 0;
        double payoff = 0;
        for (Quote leg : legs) {
            double k = Math.log(leg.strike() / smile.forward());
            double below = smile.massBelow(k);
            inTheMoney += leg.call() ? 1 - below : below;
            touch += Touch.probability(fitted.spot(), leg.strike(), smile.years(), smile.vol(k), carry);
            payoff += expectation(
                    fitted.curve(),
                    x -> leg.call()
                            ? Math.max(smile.forward() * Math.exp(x) - leg.strike(), 0)
                            : Math.max(leg.strike() - smile.forward() * Math.exp(x), 0));
        }
        return new Candidate(
                structure,
                delta,
                names,
                premium,
                100 * premium,
                Math.min(inTheMoney, 1),
                Math.min(touch, 1),
                premium * legs.getFirst().forward() - payoff,
                quality);
    }

    private static double expectation(DensityCurve curve, DoubleUnaryOperator payoff) {
        double sum = 0;
        double step = curve.k()[1] - curve.k()[0];
        for (int i = 0; i < curve.k().length; i++) {
            sum += payoff.applyAsDouble(curve.k()[i]) * curve.density()[i] * step;
        }
        return sum;
    }

    private static List<Quote> latestChain(Handle handle, String currency, Instant notAfter) {
        return handle.createQuery("""
                        select * from oi_snapshots
                        where currency = :currency and suspicious is null and mark_iv is not null
                          and underlying_price is not null and strike is not null and expiration > :at
                          and source_timestamp = (select max(source_timestamp) from oi_snapshots
                                                  where currency = :currency and source_timestamp <= :at)
                        order by expiration, strike""")
                .bind("currency", currency)
                .bind("at", notAfter)
                .map((row, context) -> new Quote(
                        row.getTimestamp("source_timestamp").toInstant(),
                        row.getString("instrument"),
                        row.getTimestamp("expiration").toInstant(),
                        row.getDouble("strike"),
                        row.getString("put_call").equals("C"),
                        (Double) row.getObject("bid"),
                        (Double) row.getObject("ask"),
                        row.getDouble("mark_iv"),
                        row.getDouble("underlying_price")))
                .list();
    }
}

package io.voldesk.snapshot.probability;

import io.voldesk.model.AgeRule;
import io.voldesk.model.QualityState;
import io.voldesk.quant.Black76;
import io.voldesk.quant.Smile;
import io.voldesk.quant.Touch;
import io.voldesk.snapshot.probability.Density.Result.Fitted;
import io.voldesk.snapshot.probability.OptionChain.Quote;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Experimental: short strangles, covered calls and cash-secured puts at the listed expiry nearest the asked maturity, from the vendor's
 * chain of this hour (asked for now) or the latest stored one, weighed under the density fitted to that same chain: quotes and density
 * are of one moment by construction.
 */
@ApplicationScoped
public class CandidateScreen {
    private static final List<Double> DELTAS = List.of(0.10, 0.16, 0.25, 0.35);
    private static final List<String> WORST_FIRST = List.of("implausible", "no_bid", "wide", "ok");

    /** A yield beyond this in 30 days is a misread price, not a premium. */
    private static final double MOST_YIELD_OF_30_DAYS_PCT = 25;

    private static final String MEASURE =
            "under_implied_measure: a sold bid is worth about minus half the spread; candidates are not ranked by it";

    private final ChainReader chains;
    private final Density densities;

    public CandidateScreen(ChainReader chains, Density densities) {
        this.chains = chains;
        this.densities = densities;
    }

    /**
     * @param premium sum of bids in {@code premiumUnit} ({@code coin} or {@code usd}) per coin of underlying
     * @param premiumUsd the same in USD at the expiry; {@code premiumYieldPct} in percent of the forward
     * @param probabilityInTheMoney the density's mass where a leg is exercised
     * @param probabilityTouch of either leg's strike; at least that of finishing beyond one
     * @param expectedValueUsd premium − expected payoff under the density, per coin
     * @param quoteQuality the worst of the legs: {@code ok}, {@code wide} or {@code no_bid}; {@code implausible} where the yield
     *     cannot be one, which leaves the premium as the only figure
     * @param extrapolated whether a strike lies beyond every fitted quote
     */
    public record Candidate(
            String structure,
            double targetDelta,
            List<String> legs,
            Double premium,
            String premiumUnit,
            Double premiumUsd,
            Double premiumYieldPct,
            Double probabilityInTheMoney,
            Double probabilityTouch,
            Double expectedValueUsd,
            String quoteQuality,
            boolean extrapolated) {}

    /**
     * @param state of the chain's age and of the density; {@code missing} and {@code unavailable} carry no candidates
     * @param chainSource {@code live} or {@code stored}
     * @param surfaceTimestamp of the density: the chain's own
     * @param expectedValueMeasure how the expected values are to be read
     */
    public record Answer(
            String currency,
            int dte,
            boolean experimental,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable String chainSource,
            @Nullable Instant chainTimestamp,
            @Nullable Instant surfaceTimestamp,
            Long ageSeconds,
            @Nullable Instant expiration,
            Double spot,
            Double forward,
            Basis.@Nullable Range quotedRange,
            Density.@Nullable Quality densityQuality,
            String expectedValueMeasure,
            List<Candidate> candidates) {}

    /** @param live whether the vendor's chain of this hour is preferred */
    Answer screen(String currency, int days, Instant asked, boolean live) {
        Optional<OptionChain> fetched = live ? chains.live(currency) : Optional.empty();
        if (fetched.isPresent()) {
            AgeRule.Age age = AgeRule.LIVE.of(fetched.get().at(), asked, "no_chain_snapshot");
            if (age.shown()) {
                return screen(currency, days, asked, fetched.get(), age);
            }
        }
        Optional<Instant> at = chains.latestAt(currency, asked);
        AgeRule.Age age = AgeRule.SNAPSHOT.of(at.orElse(null), asked, "no_chain_snapshot");
        return age.shown()
                ? screen(currency, days, asked, chains.stored(currency, at.orElseThrow()), age)
                : nothing(currency, days, asked, "stored", age, null, age.state(), age.reason(), null);
    }

    private Answer screen(String currency, int days, Instant asked, OptionChain chain, AgeRule.Age age) {
        Instant horizon = asked.plus(Duration.ofDays(days));
        Optional<Instant> expiration = chain.quotes().stream()
                .map(Quote::expiration)
                .filter(e -> e.isAfter(asked))
                .min(Comparator.comparing(e -> Duration.between(horizon, e).abs()));
        if (expiration.isEmpty()) {
            return nothing(
                    currency,
                    days,
                    asked,
                    chain.source(),
                    age,
                    null,
                    QualityState.UNAVAILABLE,
                    "no_listed_expiry",
                    null);
        }
        return switch (densities.of(Quotes.of(chain), age, expiration.get())) {
            case Density.Result.None none ->
                nothing(
                        currency,
                        days,
                        asked,
                        chain.source(),
                        age,
                        expiration.get(),
                        none.quality().state(),
                        none.quality().reason(),
                        none.quality());
            case Fitted fitted ->
                new Answer(
                        currency,
                        days,
                        true,
                        fitted.quality().state(),
                        fitted.quality().reason(),
                        asked,
                        chain.source(),
                        chain.at(),
                        fitted.at(),
                        age.seconds(),
                        expiration.get(),
                        fitted.spot(),
                        fitted.smile().forward(),
                        new Basis.Range(fitted.price(fitted.lowK()), fitted.price(fitted.highK())),
                        fitted.quality(),
                        MEASURE,
                        candidates(chain.of(expiration.get()), fitted));
        };
    }

    private static Answer nothing(
            String currency,
            int days,
            Instant asked,
            String source,
            AgeRule.Age age,
            Instant expiration,
            QualityState state,
            String reason,
            Density.Quality quality) {
        return new Answer(
                currency,
                days,
                true,
                state,
                reason,
                asked,
                source,
                age.sourceAt(),
                null,
                age.seconds(),
                expiration,
                null,
                null,
                null,
                quality,
                MEASURE,
                List.of());
    }

    private static List<Candidate> candidates(List<Quote> expiry, Fitted fitted) {
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

    private static Candidate candidate(String structure, double delta, List<Quote> legs, Fitted fitted) {
        List<String> names = legs.stream().map(Quote::instrument).toList();
        String unit = legs.getFirst().unit().code();
        String quality = legs.stream()
                .map(Quote::quality)
                .min(Comparator.comparing(WORST_FIRST::indexOf))
                .orElseThrow();
        boolean extrapolated = legs.stream().anyMatch(leg -> fitted.extrapolated(fitted.k(leg.strike())));
        if (quality.equals("no_bid")) {
            return new Candidate(
                    structure, delta, names, null, unit, null, null, null, null, null, quality, extrapolated);
        }
        Smile smile = fitted.smile();
        double premium = legs.stream().mapToDouble(Quote::bid).sum();
        double usd = legs.stream().mapToDouble(leg -> leg.usd(leg.bid())).sum();
        double yield = 100 * usd / smile.forward();
        if (yield / (365 * smile.years()) * 30 > MOST_YIELD_OF_30_DAYS_PCT) {
            return new Candidate(
                    structure, delta, names, premium, unit, usd, null, null, null, null, "implausible", extrapolated);
        }
        double inTheMoney = 0;
        double payoff = 0;
        for (Quote leg : legs) {
            double k = fitted.k(leg.strike());
            inTheMoney += leg.call() ? smile.massAbove(k) : smile.massBelow(k);
            // the density is the one that prices every option at its smile vol
            payoff += Black76.price(leg.call(), smile.forward(), leg.strike(), smile.years(), smile.vol(k));
        }
        inTheMoney = Math.clamp(inTheMoney, 0, 1);
        return new Candidate(
                structure,
                delta,
                names,
                premium,
                unit,
                usd,
                yield,
                inTheMoney,
                Math.max(touch(legs, fitted), inTheMoney),
                usd - payoff,
                quality,
                extrapolated);
    }

    /** Of two strikes: of either, at the mean of their vols, and never less than of one of them alone. */
    private static double touch(List<Quote> legs, Fitted fitted) {
        double[] alone = legs.stream()
                .mapToDouble(
                        leg -> ProbabilityResource.touch(fitted, leg.strike()).touchProbability())
                .toArray();
        if (alone.length == 1) {
            return alone[0];
        }
        Smile smile = fitted.smile();
        double low = Math.min(legs.getFirst().strike(), legs.getLast().strike());
        double high = Math.max(legs.getFirst().strike(), legs.getLast().strike());
        double vol = (smile.vol(fitted.k(low)) + smile.vol(fitted.k(high))) / 2;
        double either = Touch.either(fitted.spot(), low, high, smile.years(), vol, ProbabilityResource.carry(fitted));
        return Math.clamp(either, Math.max(alone[0], alone[1]), Math.min(1, alone[0] + alone[1]));
    }
}

package io.voldesk.analytics.alignment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.OptionContract;
import io.voldesk.model.Sample;
import io.voldesk.model.SourceAuthority;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the market of its hour supported the direction of a trade, derived on read from its persisted context; not whether the
 * fill was good or the trade paid. score = 50 + Σ points, in [0, 100]: five signals of −10 to +10 for a seller of vol, mirrored
 * for a buyer, and scaled by the trust in the regime where that is known.
 *
 * @param score null with {@code reason} where fewer than two signals are there, the context cannot be used, or the leg closes
 * @param label {@code aligned} from 60, {@code against} to 40, else {@code neutral}; {@code closing} or {@code unavailable} without
 *     a score
 * @param direction {@code short_vol, long_vol} or {@code closing}
 * @param directionAssumed the source says buy or sell, and not whether it opens
 * @param drivers signals that spoke for the trade, the strongest first; {@code detractors} those against it
 * @param confidence 0.8 for the proxy × observed ÷ expected signals × trust in the regime, of which an unknown one counts half
 */
public record Alignment(
        Double score,
        String label,
        @Nullable String reason,
        @Nullable String direction,
        boolean directionAssumed,
        List<Spoken> drivers,
        List<Spoken> detractors,
        int observedSignals,
        int expectedSignals,
        Double confidence,
        @Nullable SourceAuthority authority,
        List<Signal> signals) {
    private static final int EXPECTED = 6;
    private static final int FEWEST = 2;
    private static final double ALIGNED = 60;
    private static final double AGAINST = 40;
    private static final double PROXY = 0.8;
    /** Nobody vouches for a regime yet: half of what a trusted one would give, so that the lack of it shows. */
    private static final double UNKNOWN_TRUST = 0.5;

    /** A reading, or the reason why there is none to use. */
    public record Reading(Double value, @Nullable String reason) {
        /** @param rank null where the hour had none; {@code hours} and {@code days} it stands on, null before it was counted */
        public static Reading ranked(Double rank, Integer hours, Integer days) {
            Sample sample =
                    Sample.of(hours == null ? 0 : hours, MarketContextLookup.TRAILING_HOURS, days == null ? 0 : days);
            if (sample.reason() != null) {
                return new Reading(null, sample.reason());
            }
            return new Reading(rank, rank == null ? "no_reading_at_hour" : null);
        }
    }

    /**
     * The persisted context it is derived from. Ranks are among the 90 days up to the hour, in [0, 1].
     *
     * @param state null where there is no context
     * @param skewRank of the 25-delta risk reversal: high where calls are the rich side
     */
    public record Context(
            String state,
            Reading dvolRank,
            Reading vrpRank,
            String regime,
            Reading skewRank,
            Double atmIv7,
            Double atmIv30) {}

    /**
     * What was traded.
     *
     * @param side +1 bought, −1 sold
     * @param positionEffect {@code open, close}; null where the source does not say
     * @param right null where the symbol is none
     */
    public record Leg(int side, String positionEffect, OptionContract.Right right) {
        @JsonIgnore
        boolean closes() {
            return "close".equals(positionEffect);
        }

        String direction() {
            return closes() ? "closing" : side < 0 ? "short_vol" : "long_vol";
        }
    }

    /** @param points for this trade: what the signal says to a seller of vol, mirrored for a buyer; null with {@code reason} */
    public record Signal(
            String signal,
            Double value,
            Double points,
            @Nullable String reason) {}

    public record Spoken(String signal, double points) {}

    public static Alignment of(Leg leg, Context context) {
        if (context == null || context.state() == null) {
            return without(leg, "unavailable", "no_context", List.of());
        }
        if (!context.state().equals("ok")) {
            return without(leg, "unavailable", "context_" + context.state(), List.of());
        }
        List<Signal> signals = List.of(
                ranked("dvol_percentile", context.dvolRank(), -leg.side()),
                ranked("vrp_percentile", context.vrpRank(), -leg.side()),
                regime(context.regime(), -leg.side()),
                new Signal("regime_trust", null, null, "regime_trust_not_sourced"),
                skew(context.skewRank(), leg),
                termSlope(context.atmIv7(), context.atmIv30(), -leg.side()));
        if (leg.closes()) {
            return without(leg, "closing", "closing_leg", signals);
        }
        List<Spoken> spoken = signals.stream()
                .filter(s -> s.points() != null)
                .map(s -> new Spoken(s.signal(), s.points()))
                .toList();
        if (spoken.size() < FEWEST) {
            return without(leg, "unavailable", "fewer_than_two_signals", signals);
        }
        double score = 50 + spoken.stream().mapToDouble(Spoken::points).sum();
        return new Alignment(
                score,
                score >= ALIGNED ? "aligned" : score <= AGAINST ? "against" : "neutral",
                null,
                leg.direction(),
                leg.positionEffect() == null,
                spoken.stream()
                        .filter(s -> s.points() > 0)
                        .sorted(Comparator.comparingDouble(Spoken::points).reversed())
                        .toList(),
                spoken.stream()
                        .filter(s -> s.points() < 0)
                        .sorted(Comparator.comparingDouble(Spoken::points))
                        .toList(),
                spoken.size(),
                EXPECTED,
                PROXY * spoken.size() / EXPECTED * UNKNOWN_TRUST,
                SourceAuthority.APPROVED_PROXY,
                signals);
    }

    private static Alignment without(Leg leg, String label, String reason, List<Signal> signals) {
        int observed = (int)
                signals.stream().map(Signal::points).filter(Objects::nonNull).count();
        return new Alignment(
                null,
                label,
                reason,
                leg.direction(),
                leg.positionEffect() == null,
                List.of(),
                List.of(),
                observed,
                EXPECTED,
                null,
                SourceAuthority.UNAVAILABLE,
                signals);
    }

    /** Dear vol speaks for its seller: twenty points from the bottom of its range to the top. */
    private static Signal ranked(String name, Reading rank, int seller) {
        return rank.value() == null
                ? new Signal(name, null, null, rank.reason())
                : new Signal(name, rank.value(), seller * 20 * (rank.value() - 0.5), null);
    }

    /** Positive dealer gamma dampens moves, negative feeds them. */
    private static Signal regime(String regime, int seller) {
        Double points = switch (regime) {
            case "positive" -> 10.0 * seller;
            case "near_flip" -> 0.0;
            case "negative" -> -10.0 * seller;
            case null, default -> null;
        };
        String reason = points != null ? null : regime == null ? "no_regime_at_hour" : "regime_" + regime;
        return new Signal("gamma_regime", null, points, reason);
    }

    /** The rich side is the calls' where the risk reversal is high, the puts' where it is low. */
    private static Signal skew(Reading rank, Leg leg) {
        if (leg.right() == null) {
            return new Signal("skew_rank", rank.value(), null, "bad_contract");
        }
        int rich = leg.right() == OptionContract.Right.C ? 1 : -1;
        return ranked("skew_rank", rank, rich * -leg.side());
    }

    /** A point for each vol point that 7-day vol stands over 30-day vol: the short-dated premium that is sold is the dear one. */
    private static Signal termSlope(Double atmIv7, Double atmIv30, int seller) {
        if (atmIv7 == null || atmIv30 == null) {
            return new Signal("term_slope", null, null, "no_term_structure_at_hour");
        }
        double slope = atmIv7 - atmIv30;
        return new Signal("term_slope", slope, seller * Math.clamp(100 * slope, -10, 10), null);
    }
}

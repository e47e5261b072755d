package io.voldesk.snapshot.context;

import io.voldesk.model.MarketContextLookup.MarketState;
import io.voldesk.model.MarketContextLookup.Ranked;
import io.voldesk.model.Sample;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Merges instants with hours, both in order of time: one walk, whatever their numbers, that keeps only the days a state looks
 * back on. An instant meets the last hour at or before it; the first one after it only where none lies within tolerance before
 * and that one does, or where there is none at all before.
 */
final class NearestHours {
    static final Duration FURTHEST = Duration.ofDays(2);
    static final Duration TRAILING = Duration.ofDays(90);

    private final List<Instant> instants;
    private final Duration tolerance;
    private final int[] nearest;
    private final List<MarketState> states = new ArrayList<>();
    private final TrailingValues dvols = new TrailingValues(TRAILING);
    private final TrailingValues vrps = new TrailingValues(TRAILING);
    private final TrailingValues ivs = new TrailingValues(TRAILING);
    private final TrailingValues skews = new TrailingValues(TRAILING);
    private Hour last;
    private int lastState = -1;
    private int next;

    NearestHours(List<Instant> instants, Duration tolerance) {
        this.instants = instants;
        this.tolerance = tolerance;
        this.nearest = new int[instants.size()];
    }

    /** Takes the next hour that has a spot. */
    void hour(Hour hour) {
        // what meets the hour before is decided first, while the statistics are of that hour
        while (next < nearest.length && instants.get(next).isBefore(hour.at()) && !meetsAfter(hour)) {
            takeLast();
        }
        last = hour;
        lastState = -1;
        dvols.add(hour.at(), hour.dvol());
        vrps.add(hour.at(), hour.vrp());
        ivs.add(hour.at(), hour.atm30());
        skews.add(hour.at(), hour.riskReversal25());
        while (next < nearest.length && !instants.get(next).isAfter(hour.at())) {
            takeLast();
        }
    }

    /** Whether the next instant meets the hour after it rather than the last one before. */
    private boolean meetsAfter(Hour hour) {
        Duration before = last == null ? null : Duration.between(last.at(), instants.get(next));
        if (before != null && before.compareTo(tolerance) <= 0) {
            return false;
        }
        Duration after = Duration.between(instants.get(next), hour.at());
        return after.compareTo(tolerance) <= 0
                || (before == null || before.compareTo(FURTHEST) > 0) && after.compareTo(FURTHEST) <= 0;
    }

    private void takeLast() {
        if (last == null
                || Duration.between(last.at(), instants.get(next)).abs().compareTo(FURTHEST) > 0) {
            nearest[next++] = -1;
            return;
        }
        if (lastState < 0) {
            lastState = states.size();
            states.add(state(last));
        }
        nearest[next++] = lastState;
    }

    /** After the last hour: what the instants beyond it meet. */
    void end() {
        while (next < nearest.length) {
            takeLast();
        }
    }

    /** The states that some instant met, each once, by time. */
    List<MarketState> states() {
        return states;
    }

    /** For each instant the index of its state; −1 where none lies within two days. */
    int[] nearest() {
        return nearest;
    }

    private MarketState state(Hour hour) {
        return new MarketState(
                hour.at(),
                hour.spot(),
                hour.atm7(),
                hour.atm30(),
                hour.rv7(),
                hour.rv30(),
                hour.vrp(),
                hour.variancePremium(),
                hour.riskReversal25(),
                hour.butterfly25(),
                hour.dvol(),
                hour.netGex(),
                hour.regime(),
                hour.flip() == null ? null : (Double) (hour.flip() / hour.spot() - 1),
                ranked(dvols, hour.dvol(), all -> all.rank(hour.dvol())),
                ranked(vrps, hour.vrp(), all -> all.rank(hour.vrp())),
                ranked(ivs, hour.atm30(), all -> (hour.atm30() - all.least()) / (all.most() - all.least())),
                ranked(skews, hour.riskReversal25(), all -> all.rank(hour.riskReversal25())));
    }

    /** No rank on too few days, nor where nothing ever moved. */
    private static Ranked ranked(TrailingValues all, Double value, ToDoubleFunction<TrailingValues> rank) {
        boolean known = value != null && all.days() >= Sample.FEWEST_INDEPENDENT && all.most() > all.least();
        return new Ranked(known ? (Double) rank.applyAsDouble(all) : null, all.count(), all.days());
    }
}

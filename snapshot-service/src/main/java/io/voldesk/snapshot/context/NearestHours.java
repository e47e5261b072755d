package io.voldesk.snapshot.context;

import io.voldesk.model.MarketContextLookup.MarketState;
import io.voldesk.snapshot.volmetrics.MarketSeries.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges instants with hours, both in order of time: one walk, whatever their numbers, that keeps only the days a state looks
 * back on. Of two equally near hours the earlier is taken.
 */
final class NearestHours {
    static final Duration FURTHEST = Duration.ofDays(2);
    static final Duration TRAILING = Duration.ofDays(90);
    private static final int FEWEST = 30;

    private final List<Instant> instants;
    private final int[] nearest;
    private final List<MarketState> states = new ArrayList<>();
    private final TrailingValues vrps = TrailingValues.of(TRAILING);
    private final TrailingValues ivs = TrailingValues.ordered(TRAILING);
    private final TrailingValues skews = TrailingValues.ordered(TRAILING);
    private Hour last;
    private int lastState = -1;
    private int next;

    NearestHours(List<Instant> instants) {
        this.instants = instants;
        this.nearest = new int[instants.size()];
    }

    /** Takes the next hour that has a spot. */
    void hour(Hour hour) {
        while (next < nearest.length && !instants.get(next).isAfter(hour.at()) && nearerToLast(hour)) {
            take(instants.get(next));
        }
        last = hour;
        lastState = -1;
        vrps.add(hour.at(), hour.vrp());
        ivs.add(hour.at(), hour.atm30());
        skews.add(hour.at(), hour.riskReversal25());
        while (next < nearest.length && !instants.get(next).isAfter(hour.at())) {
            take(instants.get(next));
        }
    }

    private boolean nearerToLast(Hour hour) {
        Instant instant = instants.get(next);
        return last != null
                && Duration.between(last.at(), instant).compareTo(Duration.between(instant, hour.at())) <= 0;
    }

    private void take(Instant instant) {
        if (last == null || Duration.between(last.at(), instant).abs().compareTo(FURTHEST) > 0) {
            nearest[next++] = -1;
            return;
        }
        if (lastState < 0) {
            lastState = states.size();
            states.add(state(last));
        }
        nearest[next++] = lastState;
    }

    /** After the last hour: what the instants beyond it are nearest to. */
    void end() {
        while (next < nearest.length) {
            take(instants.get(next));
        }
    }

    /** The states that are nearest to some instant, each once, by time. */
    List<MarketState> states() {
        return states;
    }

    /** For each instant the index of its state; −1 where none lies within two days. */
    int[] nearest() {
        return nearest;
    }

    private MarketState state(Hour hour) {
        Double vrpSpread = vrps.count() < FEWEST ? null : positive(vrps.deviation());
        Double ivRank = hour.atm30() == null || ivs.count() < FEWEST || ivs.most() == ivs.least()
                ? null
                : (Double) ((hour.atm30() - ivs.least()) / (ivs.most() - ivs.least()));
        Double skewRank = hour.riskReversal25() == null || skews.count() < FEWEST
                ? null
                : (Double) skews.rank(hour.riskReversal25());
        return new MarketState(
                hour.at(),
                hour.spot(),
                hour.atm7(),
                hour.atm30(),
                hour.rv7(),
                hour.rv30(),
                hour.vrp(),
                hour.riskReversal25(),
                hour.butterfly25(),
                hour.dvol(),
                hour.netGex(),
                hour.regime(),
                hour.flip() == null ? null : (Double) (hour.flip() / hour.spot() - 1),
                vrpSpread,
                ivRank,
                skewRank);
    }

    private static Double positive(double value) {
        return value > 0 ? value : null;
    }
}

package io.voldesk.sandbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the dealers of a coin hold, by instrument, in contracts with the dealers' sign. Their net position of late and their
 * total are two books of their own: in a good third of the instruments they even differ in sign.
 */
final class DealerBook {
    private record Size(double total, double net) {}

    private final Map<String, Size> sizes = new HashMap<>();
    private final long day;
    private final Noise.Path moods;

    /** Of one UTC day, on which each instrument keeps its size. */
    DealerBook(String asset, Instant day) {
        this.day = day.getEpochSecond() / 86_400;
        this.moods = new Noise.Path("mood-" + asset, 9);
    }

    boolean isOf(Instant at) {
        return at.getEpochSecond() / 86_400 == day;
    }

    /** What all of a coin's dealers lean to at an hour. */
    double mood(Instant at) {
        return 0.03 * moods.at(at.getEpochSecond() / 3600.0);
    }

    private Size size(String instrument) {
        return sizes.computeIfAbsent(
                instrument, i -> new Size(Noise.normal("inventory" + i, day), Noise.normal("net" + i, day)));
    }

    /** Dealers tend to be long calls sold to them above spot and short puts bought from them below. */
    double total(String instrument, double moneyness, boolean call, double mood) {
        boolean outOfTheMoney = call == moneyness > 1;
        double tilt = (outOfTheMoney ? 1.2 : 0.1) * (call ? 1 : -1);
        return tenths(90 * scale(moneyness) * (size(instrument).total() + tilt + mood));
    }

    double net(String instrument, double moneyness, double total) {
        return tenths(0.2 * total + 40 * scale(moneyness) * size(instrument).net());
    }

    private static double scale(double moneyness) {
        return Math.exp(-8 * Math.abs(moneyness - 1));
    }

    private static double tenths(double x) {
        return Math.round(10 * x) / 10.0;
    }
}

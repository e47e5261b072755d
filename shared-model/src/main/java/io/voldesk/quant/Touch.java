package io.voldesk.quant;

import static io.voldesk.quant.NormalDistribution.cdf;

/** Probability that a driftless lognormal forward touches a level before T (reflection principle). */
public final class Touch {
    private Touch() {}

    /**
     * @param vol a fraction: the smile vol at the level
     * @return in [0, 1]; 1 at the level itself
     */
    public static double probability(double spot, double level, double years, double vol) {
        if (spot == level) {
            return 1;
        }
        double b = Math.log(level / spot);
        double drift = -vol * vol / 2;
        double deviation = vol * Math.sqrt(years);
        // e^{2νb/σ²} = e^{−b} = spot/level
        double reflected = spot / level;
        double direction = b > 0 ? 1 : -1;
        return cdf(direction * (-b + drift * years) / deviation)
                + reflected * cdf(direction * (-b - drift * years) / deviation);
    }

    /** Probability of finishing beyond the level: above it when it is above spot, below it otherwise. */
    public static double finishBeyond(double spot, double level, double years, double vol) {
        double deviation = vol * Math.sqrt(years);
        double d2 = Math.log(spot / level) / deviation - deviation / 2;
        return level >= spot ? cdf(d2) : cdf(-d2);
    }
}

package io.voldesk.quant;

/** The Black-76 vol of a price, or why there is none. */
public sealed interface ImpliedVol {
    /** @param vol a fraction */
    record Found(double vol) implements ImpliedVol {}

    /** @param reason {@code below_intrinsic}, {@code above_bound}, {@code expired}, {@code bad_input} or {@code not_converged} */
    record None(String reason) implements ImpliedVol {}

    /** Inverts an undiscounted price, to the accuracy that its value beyond the intrinsic one has. */
    static ImpliedVol of(boolean call, double price, double forward, double strike, double years) {
        if (!(years > 0)) {
            return new None("expired");
        }
        if (!(forward > 0) || !(strike > 0) || !Double.isFinite(price) || Double.isInfinite(forward)) {
            return new None("bad_input");
        }
        double intrinsic = Math.max(call ? forward - strike : strike - forward, 0);
        double outOfTheMoney = price - intrinsic;
        if (!(outOfTheMoney > 0)) {
            return new None("below_intrinsic");
        }
        double room = (call ? forward : strike) - price;
        if (!(room > 0)) {
            return new None("above_bound");
        }
        double x = -Math.abs(Black76.logRatio(forward, strike));
        double scale = Math.sqrt(forward) * Math.sqrt(strike);
        double vol = TotalDeviation.of(x, outOfTheMoney / scale, room / scale) / Math.sqrt(years);
        return vol > 0 && Double.isFinite(vol) ? new Found(vol) : new None("not_converged");
    }
}

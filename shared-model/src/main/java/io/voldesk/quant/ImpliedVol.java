package io.voldesk.quant;

/** The Black-76 vol of a price, or why there is none. */
public sealed interface ImpliedVol {
    /** @param vol a fraction */
    record Found(double vol) implements ImpliedVol {}

    /** @param reason {@code below_intrinsic}, {@code above_bound}, {@code expired} or {@code bad_input} */
    record None(String reason) implements ImpliedVol {}

    /** Inverts an undiscounted price, to the accuracy that the price itself has. */
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
        if (price >= (call ? forward : strike)) {
            return new None("above_bound");
        }
        double x = -Math.abs(Math.log(forward / strike));
        double beta = outOfTheMoney / (Math.sqrt(forward) * Math.sqrt(strike));
        return new Found(TotalDeviation.of(x, beta) / Math.sqrt(years));
    }
}

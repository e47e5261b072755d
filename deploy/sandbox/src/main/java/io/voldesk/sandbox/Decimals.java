package io.voldesk.sandbox;

/** The vendor's rounding. */
final class Decimals {
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5};

    private Decimals() {}

    static double round(double x, int decimals) {
        return Math.rint(x * POWERS[decimals]) / POWERS[decimals];
    }
}

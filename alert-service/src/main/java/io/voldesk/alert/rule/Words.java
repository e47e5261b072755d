package io.voldesk.alert.rule;

import java.util.Locale;

/** Figures as a signal's text says them. */
final class Words {
    private Words() {}

    /** A fraction, as {@code 45.0 %}. */
    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }

    /** A difference of fractions, as {@code +1.2} points. */
    static String points(double fraction) {
        return String.format(Locale.ROOT, "%+.1f", 100 * fraction);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    /** A large amount, as {@code 1,000,000}. */
    static String amount(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}

package io.voldesk.kit.json;

import java.math.BigDecimal;

/** How exact decimals are shown: no superfluous zeros, but always at least one place ({@code 269267.0}, {@code 0.0}). */
public final class Decimals {
    private Decimals() {}

    public static BigDecimal shown(BigDecimal value) {
        if (value == null) {
            return null;
        }
        BigDecimal plain = value.stripTrailingZeros();
        return plain.scale() < 1 ? plain.setScale(1) : plain;
    }
}

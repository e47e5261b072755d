package io.voldesk.alert.signal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps what the rules of one currency find. Each rule has a bound to raise its signal and a nearer one to keep it standing, so that
 * a value hovering at the bound does not raise it again and again. A rule whose input is not ok is blind.
 */
final class Judge {
    private final String currency;
    private final Set<String> standing;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    /** @param standing fingerprints raised and not cleared */
    Judge(String currency, Set<String> standing, Instant now) {
        this.currency = currency;
        this.standing = standing;
        this.now = now;
    }

    List<Finding> findings() {
        return findings;
    }

    Instant now() {
        return now;
    }

    boolean stands(String kind, String direction) {
        return standing.contains(Finding.fingerprint(kind, currency, direction));
    }

    void judge(String kind, String direction, boolean holds, String severity, String text, List<Reading> inputs) {
        findings.add(
                holds
                        ? new Finding.Raise(kind, currency, direction, severity, currency + ": " + text, inputs)
                        : new Finding.Quiet(Finding.fingerprint(kind, currency, direction)));
    }

    /** True, and noted, where one of the inputs may not be used. */
    boolean blind(String kind, Reading... inputs) {
        for (Reading input : inputs) {
            if (!input.ok()) {
                findings.add(new Finding.Blind(kind, currency, input));
                return true;
            }
        }
        return false;
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }
}

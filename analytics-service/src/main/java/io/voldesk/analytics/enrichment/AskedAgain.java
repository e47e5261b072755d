package io.voldesk.analytics.enrichment;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The reasons for which a row is pending and looked for again by itself, whatever it waits for: a vendor failed, or what was found is
 * of the contract it was before.
 */
public final class AskedAgain {
    private static final List<String> REASONS = List.of("vendor_error", "contract_changed");

    /** As a list of SQL. */
    public static final String SQL = REASONS.stream().collect(Collectors.joining("', '", "('", "')"));

    private AskedAgain() {}

    public static boolean by(String reason) {
        return REASONS.contains(reason);
    }
}

package io.voldesk.tradesync.execution;

import java.util.List;
import java.util.TreeSet;

/**
 * What of a source is synced.
 *
 * @param portfolioNames sorted, without repetition
 */
public record Scope(String source, List<String> portfolioNames, boolean includePending) {
    public static final String ALPHA_SYNC = "alpha_sync";
    /** The scope's name is part of keys, and an index takes a key of so many bytes only. */
    public static final int MOST_PORTFOLIOS = 20;

    public Scope {
        portfolioNames = List.copyOf(new TreeSet<>(portfolioNames));
    }

    /** The text that names the scope, for example {@code portfolio_names=ICOI,IMST|include_pending=false}. */
    public String key() {
        return "portfolio_names=" + String.join(",", portfolioNames) + "|include_pending=" + includePending;
    }
}

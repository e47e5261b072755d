package io.voldesk.tradesync.sync;

import io.voldesk.kit.param.Params;
import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import java.util.List;
import java.util.Set;

/** The scope a GET asks for: {@code source, portfolio_names, include_pending}, each the configured one where it is left out. */
final class ScopeParams {
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private ScopeParams() {}

    /**
     * @param names portfolios with commas between them
     * @throws io.voldesk.kit.problem.Problem 400 naming the parameter
     */
    static Scope scope(String source, String names, String pending, AlphaSettings settings) {
        return new SyncRequest(
                        source,
                        null,
                        null,
                        names == null ? null : List.of(names.split(",", -1)),
                        pending == null
                                ? null
                                : Params.oneOf("include_pending", pending, null, BOOLEANS)
                                        .equals("true"),
                        null,
                        null,
                        null)
                .scope(settings.portfolioNames(), settings.includePending());
    }
}

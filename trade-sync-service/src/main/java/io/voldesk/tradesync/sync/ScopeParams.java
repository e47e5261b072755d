package io.voldesk.tradesync.sync;

import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.execution.Source;
import java.util.List;

/** The scope a GET asks for: {@code source, portfolio_names, include_pending}, each the configured one where it is left out. */
final class ScopeParams {
    private ScopeParams() {}

    /**
     * @param names portfolios with commas between them
     * @throws io.voldesk.kit.problem.Problem 400 naming the parameter
     */
    static Scope scope(Source source, String names, Boolean pending, AlphaSettings settings) {
        return new SyncRequest(
                        source.code(),
                        null,
                        null,
                        names == null ? null : List.of(names.split(",", -1)),
                        pending,
                        null,
                        null,
                        null)
                .scope(settings.portfolioNames(), settings.includePending());
    }
}

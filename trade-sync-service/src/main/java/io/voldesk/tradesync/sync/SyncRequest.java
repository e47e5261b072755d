package io.voldesk.tradesync.sync;

import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.execution.Scope;
import java.util.List;
import java.util.Set;

/** Body of a sync; what is left out is the safe choice. */
public record SyncRequest(
        String source,
        Boolean dryRun,
        Boolean fullScopeDiagnostic,
        List<String> portfolioNames,
        Boolean includePending) {
    static final Set<String> SOURCES = Set.of(Scope.ALPHA_SYNC);

    static final SyncRequest OF_NOTHING = new SyncRequest(null, null, null, null, null);

    boolean real() {
        return Boolean.FALSE.equals(dryRun);
    }

    boolean fullScope() {
        return Boolean.TRUE.equals(fullScopeDiagnostic);
    }

    /**
     * The scope asked for.
     *
     * @param configured the portfolios of a request that names none
     * @throws Problem 400 naming the field that is wrong
     */
    Scope scope(List<String> configured) {
        List<String> portfolios = portfolioNames == null ? configured : portfolioNames;
        if (portfolios.isEmpty()) {
            throw Problem.badField("portfolio_names", "must name at least one portfolio");
        }
        for (String portfolio : portfolios) {
            if (portfolio == null || !portfolio.matches("[A-Za-z0-9_.-]{1,32}")) {
                throw Problem.badField("portfolio_names", "holds a name that is none");
            }
        }
        return new Scope(
                Params.oneOf("source", source, Scope.ALPHA_SYNC, SOURCES),
                portfolios,
                Boolean.TRUE.equals(includePending));
    }
}

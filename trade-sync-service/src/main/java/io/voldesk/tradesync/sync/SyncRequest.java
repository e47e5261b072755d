package io.voldesk.tradesync.sync;

import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.execution.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Body of a sync; what is left out is the safe choice.
 *
 * @param updatedSince re-reads from this instant in place of the watermark
 * @param previewRunId the preview that a real run stands on; without one the caller answers for what it writes
 * @param accept names of that preview's exceptions that may stand, and of executions that may be written though it has not listed
 *     them so; {@link SyncException#MOST_LISTED} at most
 */
public record SyncRequest(
        String source,
        Boolean dryRun,
        Boolean fullScopeDiagnostic,
        List<String> portfolioNames,
        Boolean includePending,
        String updatedSince,
        Long previewRunId,
        List<String> accept) {
    static final Set<String> SOURCES = Set.of(Scope.ALPHA_SYNC);

    static final SyncRequest OF_NOTHING = new SyncRequest(null, null, null, null, null, null, null, null);

    /** A real run of the configured scope. */
    static final SyncRequest REAL = new SyncRequest(null, false, null, null, null, null, null, null);

    /**
     * What a real run stands on; null where on nothing.
     *
     * @throws Problem 400 where the gate is asked for in a preview
     */
    PreviewGate.Basis basis() {
        if (previewRunId != null && !real()) {
            throw Problem.badField("preview_run_id", "belongs to a real run: a preview stands on nothing");
        }
        if (accept == null) {
            return previewRunId == null ? null : new PreviewGate.Basis(previewRunId, Set.of());
        }
        if (previewRunId == null) {
            throw Problem.badField("accept", "accepts the exceptions of a preview: name it by preview_run_id");
        }
        if (accept.size() > SyncException.MOST_LISTED || accept.stream().anyMatch(Objects::isNull)) {
            throw Problem.badField("accept", "must be at most " + SyncException.MOST_LISTED + " names");
        }
        return new PreviewGate.Basis(previewRunId, Set.copyOf(accept));
    }

    boolean real() {
        return Boolean.FALSE.equals(dryRun);
    }

    boolean fullScope() {
        return Boolean.TRUE.equals(fullScopeDiagnostic);
    }

    /**
     * From where to re-read; null where the watermark says.
     *
     * @throws Problem 400 where it is no instant, lies ahead, or the whole scope is asked for anyway
     */
    Instant since(Instant now) {
        Instant since = Params.instant("updated_since", updatedSince);
        if (since != null && fullScope()) {
            throw Problem.badField("updated_since", "a full scope reads everything: leave one of the two out");
        }
        if (since != null && (since.isAfter(now) || since.isBefore(Instant.EPOCH))) {
            throw Problem.badField("updated_since", "must lie between 1970 and now");
        }
        return since;
    }

    /**
     * The scope asked for.
     *
     * @param configured the portfolios of a request that names none
     * @param pending of a request that does not say
     * @throws Problem 400 naming the field that is wrong
     */
    Scope scope(List<String> configured, boolean pending) {
        List<String> portfolios = portfolioNames == null ? configured : portfolioNames;
        if (portfolios.isEmpty() || portfolios.size() > Scope.MOST_PORTFOLIOS) {
            throw Problem.badField("portfolio_names", "must name one to " + Scope.MOST_PORTFOLIOS + " portfolios");
        }
        for (String portfolio : portfolios) {
            if (portfolio == null || !portfolio.matches("[A-Za-z0-9_.-]{1,32}")) {
                throw Problem.badField("portfolio_names", "holds a name that is none");
            }
        }
        return new Scope(
                Params.oneOf("source", source, Scope.ALPHA_SYNC, SOURCES),
                portfolios,
                includePending == null ? pending : includePending);
    }
}

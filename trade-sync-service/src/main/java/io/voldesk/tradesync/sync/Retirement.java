package io.voldesk.tradesync.sync;

import io.voldesk.tradesync.alpha.AlphaSettings;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.reconcile.DiagnosticLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * An operator's word on a break. A retired execution is out of every scope and out of analytics, but stays where it is, with its raw
 * row and history; it is back as soon as Alpha serves it again.
 */
@ApplicationScoped
public class Retirement {
    private final Jdbi jdbi;
    private final DiagnosticLedger ledger;
    private final MergeStore merges;
    private final SyncStateStore states;
    private final EnrichmentDebts debts;
    private final AlphaSettings settings;

    public Retirement(
            Jdbi jdbi,
            DiagnosticLedger ledger,
            MergeStore merges,
            SyncStateStore states,
            EnrichmentDebts debts,
            AlphaSettings settings) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.merges = merges;
        this.states = states;
        this.debts = debts;
        this.settings = settings;
    }

    void acknowledge(
            DiagnosticLedger.Kept found,
            String owner,
            String reason,
            String note,
            String by,
            boolean retire,
            Instant now) {
        if (!retire) {
            jdbi.useTransaction(handle -> ledger.acknowledge(handle, found.id(), owner, reason, note, by, now, false));
            return;
        }
        Scope scope = new Scope(Scope.ALPHA_SYNC, settings.portfolioNames(), settings.includePending());
        jdbi.useTransaction(handle -> {
            long runId = SyncStateStore.beginRun(handle, scope, "retire", by, now);
            merges.lock(handle);
            retire(handle, scope, found.tradeId(), runId, now);
            ledger.acknowledge(handle, found.id(), owner, reason, note, by, now, true);
            states.finishRun(handle, runId, now, null);
        });
    }

    private void retire(Handle handle, Scope scope, String tradeId, long runId, Instant now) {
        MergeStore.ChangeRange range = merges.retire(handle, scope, tradeId, runId, now);
        if (!range.isEmpty()) {
            debts.owe(handle, runId, scope, range, now);
        }
    }
}

package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.voldesk.model.ContractIdentity;
import io.voldesk.tradesync.alpha.AlphaFeed;
import io.voldesk.tradesync.alpha.AlphaWalkFailed;
import io.voldesk.tradesync.contract.ContractStore;
import io.voldesk.tradesync.execution.Scope;
import io.voldesk.tradesync.reconcile.DiagnosticLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sync card of a scope: where it stands, what is open, and what somebody should look at. */
@ApplicationScoped
public class CardReader {
    private static final int RUNS = 10;
    /** New executions are no alarm: the next sync takes them in. */
    private static final Set<String> AT_ODDS = Set.of("unmatched_local", "mismatched", "portfolio");

    private final AlphaFeed feed;
    private final SyncStateStore states;
    private final EnrichmentDebts debts;
    private final ContractStore contracts;
    private final FutureExecutions future;
    private final SyncHolds holds;
    private final DiagnosticLedger ledger;
    private final Clock clock;

    public CardReader(
            AlphaFeed feed,
            SyncStateStore states,
            EnrichmentDebts debts,
            ContractStore contracts,
            FutureExecutions future,
            SyncHolds holds,
            DiagnosticLedger ledger,
            Clock clock) {
        this.feed = feed;
        this.states = states;
        this.debts = debts;
        this.contracts = contracts;
        this.future = future;
        this.holds = holds;
        this.ledger = ledger;
        this.clock = clock;
    }

    public record Configuration(
            String state, List<String> errors, @Nullable String profile) {}

    /**
     * Something that a sync cannot mend by itself.
     *
     * @param kind {@code rows_from_future, watermark_in_future, scheduled_sync_held, diagnostic_not_clean}
     * @param severity {@code info, warning, critical}
     * @param since when it was first seen; null where that is not kept
     * @param count of executions, rows or breaks it speaks of
     * @param tradeIds the first of them
     */
    public record Alarm(
            String kind,
            String severity,
            String text,
            @Nullable Instant since,
            long count,
            List<String> tradeIds) {}

    /**
     * @param contractIdentities executions whose contract is no standard listing, by the status of its identity
     * @param lastDiagnostic the scope's latest full-scope run, with its portfolios; null before the first
     * @param breaks what it and earlier ones found that is not resolved, by kind
     */
    public record Card(
            String source,
            String scopeKey,
            List<String> portfolioNames,
            boolean includePending,
            Configuration configuration,
            @Nullable Instant lastSuccessfulSyncAt,
            @Nullable Watermark watermark,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt,
            @JsonRawValue String lastRunSummary,
            @JsonRawValue String lastAnalyticsSummary,
            EnrichmentDebts.Owed owedEnrichment,
            long openRejected,
            FutureExecutions.Found fromFuture,
            Map<ContractIdentity.Status, Long> contractIdentities,
            List<Alarm> alarms,
            DiagnosticLedger.@Nullable Taken lastDiagnostic,
            List<DiagnosticLedger.Tally> breaks,
            List<SyncRun> lastRuns) {}

    public Card card(Scope scope) {
        SyncStateStore.SyncState state = states.read(scope);
        states.runs().settle();
        List<SyncRun> runs = SyncRun.latest(scope.source(), RUNS);
        List<String> errors = configurationErrors(runs);
        List<DiagnosticLedger.Tally> breaks = ledger.tallies(scope);
        FutureExecutions.Found found = future.found(scope.source(), clock.instant());
        return new Card(
                scope.source(),
                scope.key(),
                scope.portfolioNames(),
                scope.includePending(),
                new Configuration(errors.isEmpty() ? "ok" : "error", errors, feed.profileName()),
                state.lastSuccessfulSyncAt(),
                state.watermark(),
                state.lastError(),
                state.lastErrorAt(),
                state.lastRunSummary(),
                debts.latestSummary(scope.source()),
                debts.owed(scope.source()),
                RejectedExecution.open(scope.source()),
                found,
                contracts.oddCounts(scope.source()),
                alarms(scope, state, found, breaks),
                ledger.latest(scope).orElse(null),
                breaks,
                runs);
    }

    private List<Alarm> alarms(
            Scope scope,
            SyncStateStore.SyncState state,
            FutureExecutions.Found found,
            List<DiagnosticLedger.Tally> breaks) {
        List<Alarm> alarms = new ArrayList<>();
        if (found.count() > 0) {
            alarms.add(new Alarm(
                    "rows_from_future",
                    "warning",
                    found.count() + " rows are dated later than Alpha's own clock; they move no watermark",
                    found.since(),
                    found.count(),
                    found.tradeIds()));
        }
        Watermark mark = state.watermark();
        if (mark != null && mark.updatedAt().isAfter(Watermark.ceiling(null, clock.instant()))) {
            alarms.add(new Alarm(
                    "watermark_in_future",
                    "critical",
                    "the watermark lies in the future: the next real sync reads the whole scope and sets it anew",
                    null,
                    1,
                    List.of(mark.tradeId())));
        }
        holds.of(scope)
                .ifPresent(hold -> alarms.add(new Alarm(
                        "scheduled_sync_held",
                        "warning",
                        "the scheduled sync waits: " + hold.reason(),
                        hold.since(),
                        1,
                        List.of())));
        long open = breaks.stream()
                .filter(tally -> AT_ODDS.contains(tally.kind()))
                .mapToLong(DiagnosticLedger.Tally::open)
                .sum();
        if (open > 0) {
            alarms.add(new Alarm(
                    "diagnostic_not_clean",
                    "warning",
                    open + " differences between Alpha and the cache that nobody has accepted",
                    breaks.stream()
                            .filter(tally -> AT_ODDS.contains(tally.kind()) && tally.oldestOpen() != null)
                            .map(DiagnosticLedger.Tally::oldestOpen)
                            .min(Instant::compareTo)
                            .orElse(null),
                    open,
                    List.of()));
        }
        return alarms;
    }

    /** What is not set, and what Alpha said if it refused the key in the latest run. */
    private List<String> configurationErrors(List<SyncRun> runs) {
        List<String> errors = new ArrayList<>(feed.configurationErrors());
        if (!runs.isEmpty()
                && runs.getFirst().error != null
                && runs.getFirst().error.startsWith(AlphaWalkFailed.CONFIGURATION_ERROR)) {
            errors.add(runs.getFirst().error.substring(AlphaWalkFailed.CONFIGURATION_ERROR.length()));
        }
        return errors;
    }
}

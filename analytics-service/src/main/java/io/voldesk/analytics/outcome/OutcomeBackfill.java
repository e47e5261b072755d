package io.voldesk.analytics.outcome;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.analytics.enrichment.AskedAgain;
import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.RowTable;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.enrichment.Tally;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.analytics.outcome.OutcomeMark.Target;
import io.voldesk.kit.job.Progress;
import io.voldesk.model.QuoteLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** Finds forward marks for a bounded batch of executions and horizons. */
@ApplicationScoped
public class OutcomeBackfill {
    private static final RowTable<OutcomeMarkRow> TABLE = RowTable.of("outcome_mark", OutcomeMarkRow.class);
    private static final int MOST_A_PORTION = 500;
    /** There is a quote a minute: so many of them are held for a portion at most, however wide the windows are. */
    private static final long QUOTES_A_PORTION = 100_000;

    private static final QuoteLookup.Found NOT_ASKED = new QuoteLookup.Found(List.of(), null);

    private final EnrichmentStore store;
    private final Jdbi jdbi;
    private final MarketData market;
    private final OptionSession session;
    private final Clock clock;

    public OutcomeBackfill(EnrichmentStore store, Jdbi jdbi, MarketData market, OptionSession session, Clock clock) {
        this.store = store;
        this.jdbi = jdbi;
        this.market = market;
        this.session = session;
        this.clock = clock;
    }

    /** @param window on either side of the target; {@code mostStale} beyond which a mark is stale */
    public record Asked(
            Selection selection,
            int limit,
            int lookbackDays,
            List<Integer> horizons,
            Duration window,
            Duration mostStale,
            boolean dryRun) {
        private String[] keys() {
            return horizons.stream().map(OutcomeMarkRow::key).toArray(String[]::new);
        }
    }

    /** @param states count by state; {@code reasons} of those unavailable, and of those a vendor failed for */
    public record HorizonCounts(int horizonDays, long rows, Map<String, Long> states, Map<String, Long> reasons) {}

    /** @param vendorFailures marks that are pending because the vendor failed */
    @RegisterForReflection(registerFullHierarchy = true) // kept in the ledger as JSON, which no signature shows
    public record Found(
            long executions, long rowsProcessed, long rowsWritten, long vendorFailures, List<HorizonCounts> horizons) {}

    private record Cell(ExecutionRow execution, int horizon, Target target) {}

    private record MarkedCell(Cell cell, OutcomeMark mark) {
        int horizon() {
            return cell.horizon();
        }

        OutcomeMarkRow row(Asked asked, Instant now) {
            return OutcomeMarkRow.of(cell.execution(), cell.horizon(), cell.target(), mark, asked, now);
        }
    }

    /** How many marks of a horizon are in which state, and for which reason unavailable. */
    private static final class Counts {
        private final Map<String, Long> states = new TreeMap<>();
        private final Map<String, Long> reasons = new TreeMap<>();

        void add(OutcomeMark mark) {
            states.merge(mark.state(), 1L, Long::sum);
            switch (mark) {
                case OutcomeMark.Unavailable none -> reasons.merge(none.reason(), 1L, Long::sum);
                case OutcomeMark.Pending pending
                when pending.equals(OutcomeMark.Pending.VENDOR_FAILED) ->
                    reasons.merge(pending.reason(), 1L, Long::sum);
                case OutcomeMark.Marked _, OutcomeMark.Pending _ -> {}
            }
        }
    }

    /**
     * Portion by portion, each stored before the next is begun.
     *
     * @throws MarketData.Unreachable where market data does not answer; what was stored stands
     */
    public Found run(Asked asked, Progress progress) {
        Instant now = clock.instant();
        return run(asked, now, choose(asked, now), progress);
    }

    /** A way of looking for marks that are to be looked for again, and how many they are. */
    public record Owed(int horizonDays, Duration window, Duration mostStale, long marks) {}

    /** What a vendor has failed to tell, or told of another contract, by the way it was asked. */
    public List<Owed> owed(String source) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select x.horizon_days, x.window_minutes, x.staleness_minutes, count(*)
                        from outcome_mark x join execution e on e.source_trade_id = x.source_trade_id and e.version = x.for_version
                        where x.state = 'pending' and x.reason in %s and e.source = :source
                        group by 1, 2, 3 order by 1, 2, 3""".formatted(AskedAgain.SQL))
                .bind("source", source)
                .map((row, context) -> new Owed(
                        row.getInt(1),
                        Duration.ofMinutes(row.getInt(2)),
                        Duration.ofMinutes(row.getInt(3)),
                        row.getLong(4)))
                .list());
    }

    /** Asks again for some of those marks, in the way they were asked for; whichever, by chance. */
    public Found again(Selection selection, Owed owed, int limit) {
        Asked asked =
                new Asked(selection, limit, 0, List.of(owed.horizonDays()), owed.window(), owed.mostStale(), false);
        return run(
                asked,
                clock.instant(),
                store.choose(
                        selection,
                        """
                        exists (select 1 from outcome_mark x where x.source_trade_id = e.source_trade_id and x.for_version = e.version
                          and x.state = 'pending' and x.reason in %s and x.context_key = any(:keys)
                          and x.window_minutes = :window and x.staleness_minutes = :stale)""".formatted(AskedAgain.SQL),
                        "random()",
                        Map.of(
                                "keys",
                                asked.keys(),
                                "window",
                                owed.window().toMinutes(),
                                "stale",
                                owed.mostStale().toMinutes()),
                        limit),
                Progress.NONE);
    }

    private Found run(Asked asked, Instant now, EnrichmentStore.Chosen chosen, Progress progress) {
        Map<Integer, Counts> counts = new TreeMap<>();
        asked.horizons().forEach(horizon -> counts.put(horizon, new Counts()));
        Tally tally = new Tally("outcome_marks", progress);
        tally.begin(chosen.executions());
        store.eachPortion(chosen, portion(asked), executions -> marks(asked, now, executions), (executions, found) -> {
            found.forEach(cell -> counts.get(cell.horizon()).add(cell.mark()));
            List<OutcomeMarkRow> rows =
                    found.stream().map(cell -> cell.row(asked, now)).toList();
            tally.vendorFailed(
                    rows.stream().filter(OutcomeMarkRow::vendorFailed).count());
            int written = asked.dryRun() ? 0 : store.upsert(TABLE, rows, now);
            tally.portion(executions.size(), rows.size(), written);
        });
        List<HorizonCounts> horizons = new ArrayList<>();
        counts.forEach(
                (horizon, of) -> horizons.add(new HorizonCounts(horizon, tally.executions(), of.states, of.reasons)));
        return new Found(
                tally.executions(), tally.rowsProcessed(), tally.rowsWritten(), tally.vendorFailures(), horizons);
    }

    private static int portion(Asked asked) {
        long quotesOfOne = asked.horizons().size() * (2 * asked.window().toMinutes() + 1);
        return (int) Math.clamp(QUOTES_A_PORTION / quotesOfOne, 1, MOST_A_PORTION);
    }

    private List<MarkedCell> marks(Asked asked, Instant now, List<ExecutionRow> executions) {
        List<Cell> cells = new ArrayList<>();
        for (ExecutionRow execution : executions) {
            for (int horizon : asked.horizons()) {
                cells.add(new Cell(
                        execution, horizon, OutcomeMark.target(execution, horizon, asked.window(), session, now)));
            }
        }
        List<QuoteLookup.Window> windows = new ArrayList<>();
        cells.forEach(cell -> window(cell).ifPresent(windows::add));
        Iterator<QuoteLookup.Found> found = market.quotes(windows).iterator();
        return cells.stream()
                .map(cell ->
                        new MarkedCell(cell, mark(cell, window(cell).isPresent() ? found.next() : NOT_ASKED, asked)))
                .toList();
    }

    /** The quotes to ask for; empty where the target needs none. */
    private static Optional<QuoteLookup.Window> window(Cell cell) {
        return switch (cell.target()) {
            case Target.Quote q ->
                Optional.of(new QuoteLookup.Window(cell.execution().quotedSymbol(), q.from(), q.to()));
            case Target.Expired e ->
                Optional.of(new QuoteLookup.Window(cell.execution().quotedSymbol(), e.from(), e.to()));
            case Target.Immature _, Target.Impossible _ -> Optional.empty();
        };
    }

    /**
     * Executions of the lookback that have not been looked at since a horizon of theirs matured and its window closed come
     * first, then those that lack a value at some horizon, the latest first within each: a batch that is smaller than the scope
     * reaches all of it, run after run, however many marks stay unavailable.
     */
    private EnrichmentStore.Chosen choose(Asked asked, Instant now) {
        return store.choose(
                asked.selection(),
                "(e.executed_at is null or e.executed_at >= :since)",
                """
                (select case when count(*) < :wanted then 0
                             when count(*) filter (where x.state <> 'unavailable') < :wanted then 1 else 2 end
                 from outcome_mark x
                 where x.source_trade_id = e.source_trade_id and x.context_key = any(:keys) and x.for_version = e.version
                   and not (x.state = 'pending' and x.target_at <= :now or x.provisional and x.target_at <= :closed))""",
                Map.of(
                        "since",
                        now.minus(Duration.ofDays(asked.lookbackDays())),
                        "keys",
                        asked.keys(),
                        "wanted",
                        asked.horizons().size(),
                        "now",
                        now,
                        "closed",
                        now.minus(asked.window())),
                asked.limit());
    }

    private OutcomeMark mark(Cell cell, QuoteLookup.Found found, Asked asked) {
        return switch (cell.target()) {
            case Target.Immature _ -> OutcomeMark.Pending.NOT_MATURED;
            case Target.Impossible no -> new OutcomeMark.Unavailable(no.reason(), false);
            case Target.Quote quote ->
                OutcomeMark.ofQuote(cell.execution(), quote, found, session, asked.window(), asked.mostStale());
            case Target.Expired expired -> OutcomeMark.ofExpiry(cell.execution(), expired, found);
        };
    }
}

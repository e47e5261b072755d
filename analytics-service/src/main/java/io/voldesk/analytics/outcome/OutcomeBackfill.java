package io.voldesk.analytics.outcome;

import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.EnrichmentStore.Enriched;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.analytics.outcome.OutcomeMark.Target;
import io.voldesk.model.QuoteLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** Finds forward marks for a bounded batch of executions and horizons. */
@ApplicationScoped
public class OutcomeBackfill {
    private static final String TABLE = "outcome_mark";
    private static final List<String> COLUMNS = List.of(
            "horizon_days",
            "state",
            "reason",
            "target_at",
            "target_rolled",
            "mark_at",
            "mark",
            "mark_source",
            "mark_quality",
            "pnl_usd",
            "raw_id");
    private static final QuoteLookup.Found NOT_ASKED = new QuoteLookup.Found(List.of(), null);

    private final Jdbi jdbi;
    private final EnrichmentStore store;
    private final MarketData market;
    private final OptionSession session;
    private final Clock clock;

    public OutcomeBackfill(Jdbi jdbi, EnrichmentStore store, MarketData market, OptionSession session, Clock clock) {
        this.jdbi = jdbi;
        this.store = store;
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
            boolean dryRun) {}

    /** @param states count by state; {@code reasons} of those unavailable */
    public record HorizonCounts(int horizonDays, long rows, Map<String, Long> states, Map<String, Long> reasons) {}

    public record Found(long executions, long rowsProcessed, long rowsWritten, List<HorizonCounts> horizons) {}

    private record Cell(ExecutionRow execution, int horizon, Target target) {}

    public Found run(Asked asked) {
        Instant now = clock.instant();
        List<Cell> cells = new ArrayList<>();
        List<ExecutionRow> executions = choose(asked, now);
        for (ExecutionRow execution : executions) {
            for (int horizon : asked.horizons()) {
                cells.add(new Cell(
                        execution, horizon, OutcomeMark.target(execution, horizon, asked.window(), session, now)));
            }
        }
        List<QuoteLookup.Window> windows = new ArrayList<>();
        for (Cell cell : cells) {
            switch (cell.target()) {
                case Target.Quote q ->
                    windows.add(new QuoteLookup.Window(cell.execution().symbol(), q.from(), q.to()));
                case Target.Expired e ->
                    windows.add(new QuoteLookup.Window(cell.execution().symbol(), e.from(), e.to()));
                case Target.Immature _ -> {}
                case Target.Impossible _ -> {}
            }
        }
        List<QuoteLookup.Found> found = market.quotes(windows);
        List<Enriched> rows = new ArrayList<>(cells.size());
        Map<Integer, Map<String, Long>> states = new TreeMap<>();
        Map<Integer, Map<String, Long>> reasons = new TreeMap<>();
        int next = 0;
        for (Cell cell : cells) {
            boolean wasAsked = cell.target() instanceof Target.Quote || cell.target() instanceof Target.Expired;
            QuoteLookup.Found quotes = wasAsked ? found.get(next++) : NOT_ASKED;
            OutcomeMark mark = mark(cell, quotes, asked);
            rows.add(row(cell, mark));
            count(states, cell.horizon(), state(mark));
            if (mark instanceof OutcomeMark.Unavailable none) {
                count(reasons, cell.horizon(), none.reason());
            }
        }
        int written = asked.dryRun() ? 0 : store.upsert(TABLE, COLUMNS, rows, now);
        List<HorizonCounts> counts = asked.horizons().stream()
                .map(h -> new HorizonCounts(
                        h, executions.size(), states.getOrDefault(h, Map.of()), reasons.getOrDefault(h, Map.of())))
                .toList();
        return new Found(executions.size(), rows.size(), written, counts);
    }

    /** Executions of the lookback that lack a mark at some horizon first, the latest first within each. */
    private List<ExecutionRow> choose(Asked asked, Instant now) {
        List<String> keys = asked.horizons().stream().map(OutcomeBackfill::key).toList();
        return jdbi.withHandle(handle -> asked.selection()
                .bind(handle.createQuery("""
                        select e.* from execution e
                        where %s and (e.executed_at is null or e.executed_at >= :since)
                        order by (select count(*) from outcome_mark x
                                  where x.source_trade_id = e.source_trade_id and x.context_key = any(:keys)
                                    and x.for_version = e.version
                                    and (x.state = 'unrealized_mark' or (x.state = 'pending' and x.target_at > :now)))
                                 >= :wanted,
                                 e.executed_at desc nulls last, e.source_trade_id
                        limit :limit""".formatted(Selection.CONDITION)))
                .bind("since", now.minus(Duration.ofDays(asked.lookbackDays())))
                .bindArray("keys", String.class, keys)
                .bind("wanted", keys.size())
                .bind("now", now)
                .bind("limit", asked.limit())
                .map((row, context) -> ExecutionRow.read(row))
                .list());
    }

    private static OutcomeMark mark(Cell cell, QuoteLookup.Found found, Asked asked) {
        return switch (cell.target()) {
            case Target.Immature _ -> new OutcomeMark.Pending();
            case Target.Impossible no -> new OutcomeMark.Unavailable(no.reason(), false);
            case Target.Quote quote ->
                OutcomeMark.ofQuote(cell.execution(), quote, found, asked.window(), asked.mostStale());
            case Target.Expired expired -> OutcomeMark.ofExpiry(cell.execution(), expired, found);
        };
    }

    private static String state(OutcomeMark mark) {
        return switch (mark) {
            case OutcomeMark.Marked _ -> "unrealized_mark";
            case OutcomeMark.Pending _ -> "pending";
            case OutcomeMark.Unavailable _ -> "unavailable";
        };
    }

    static String key(int horizonDays) {
        return "horizon_" + horizonDays + "d";
    }

    private static Enriched row(Cell cell, OutcomeMark mark) {
        Object[] values = new Object[COLUMNS.size()];
        values[0] = cell.horizon();
        values[1] = state(mark);
        switch (cell.target()) {
            case Target.Quote quote -> {
                values[3] = quote.at();
                values[4] = quote.rolled();
            }
            case Target.Expired expired -> values[3] = expired.at();
            case Target.Immature immature -> values[3] = immature.at();
            case Target.Impossible _ -> {}
        }
        switch (mark) {
            case OutcomeMark.Marked marked -> {
                values[5] = marked.markAt();
                values[6] = marked.mark();
                values[7] = marked.markSource();
                values[8] = "ok";
                values[9] = marked.pnlUsd().toPlainString();
                values[10] = marked.rawId();
            }
            case OutcomeMark.Pending _ -> values[2] = "horizon_not_matured";
            case OutcomeMark.Unavailable none -> {
                values[2] = none.reason();
                values[8] = none.stale() ? "stale" : null;
            }
        }
        return new Enriched(
                cell.execution().sourceTradeId(),
                key(cell.horizon()),
                cell.execution().version(),
                Arrays.asList(values));
    }

    private static void count(Map<Integer, Map<String, Long>> counts, int horizon, String what) {
        counts.computeIfAbsent(horizon, h -> new TreeMap<>()).merge(what, 1L, Long::sum);
    }
}

package io.voldesk.analytics.performance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Projection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Execution quality, mark-outs by horizon and alignment, whole and sliced; every average with what it leaves out. */
@Path("/api/internal/trades/performance")
@RunOnVirtualThread
public class PerformanceResource {
    private final PerformanceStore store;
    private final Clock clock;

    public PerformanceResource(PerformanceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Slippage is a cost where positive; means are unweighted, over executions with a defensible quote. Fees are those Alpha
     * knows.
     */
    public record ExecutionQuality(
            Average.Shown slippageBps,
            Average.Shown slippageUsd,
            Average.Shown slippageVolPoints,
            Average.Shown effectiveSpread,
            Average.Shown feesUsd) {}

    public record AlignmentShare(Map<String, Long> labels, Average.Shown score) {}

    /** @param outcomes the mark-out curve, by horizon */
    public record Slice(
            String dimension,
            String key,
            long trades,
            ExecutionQuality executionQuality,
            List<MarkOut.Shown> outcomes,
            AlignmentShare alignment) {}

    /** @param missingInputs what keeps valuations blank, of how many executions */
    public record Performance(
            String source,
            String portfolio,
            Instant asOf,
            List<String> portfolios,
            Slice overall,
            List<Slice> slices,
            List<MissingInputs.Counted> missingInputs) {}

    private record Key(String dimension, String value) implements Comparable<Key> {
        static final Key ALL = new Key("all", "all");

        @Override
        public int compareTo(Key other) {
            int byDimension = dimension.compareTo(other.dimension);
            return byDimension != 0 ? byDimension : value.compareTo(other.value);
        }

        static List<Key> of(Cell cell) {
            return List.of(
                    ALL,
                    new Key("portfolio", cell.portfolio()),
                    new Key("underlying", cell.underlying()),
                    new Key(
                            "month",
                            cell.month() == null ? "unknown" : cell.month().toString()),
                    new Key("side", cell.side() > 0 ? "buy" : "sell"));
        }
    }

    /** What no slice cuts: sums are made of each, and put together for the slices. */
    private record Cell(String portfolio, String underlying, YearMonth month, int side) {
        static Cell of(PerformanceStore.Slicing slicing) {
            return new Cell(
                    slicing.portfolio(),
                    slicing.underlying(),
                    slicing.day() == null ? null : YearMonth.from(slicing.day()),
                    slicing.side());
        }
    }

    private static final class Sums {
        private long trades;
        private final Average bps = new Average();
        private final Average usd = new Average();
        private final Average vol = new Average();
        private final Average spread = new Average();
        private final Average fees = new Average();
        private final Average score = new Average();
        private final Map<String, Long> labels = new TreeMap<>();
        private final Map<Integer, MarkOut> markOuts = new TreeMap<>();

        void add(PerformanceStore.Enriched row, Alignment alignment) {
            trades++;
            if ("ok".equals(row.benchmarkState())) {
                bps.add(row.slippageBps());
                usd.add(row.slippageUsd(), 1);
                spread.add(row.effectiveSpread());
                if (row.slippageVolPoints() == null) {
                    vol.leaveOut("unavailable", row.volReason(), 1);
                } else {
                    vol.add(row.slippageVolPoints());
                }
            } else {
                String state = row.benchmarkState() == null ? "missing" : row.benchmarkState();
                String reason = row.benchmarkState() == null ? "not_backfilled" : row.benchmarkReason();
                List.of(bps, usd, spread, vol).forEach(average -> average.leaveOut(state, reason, 1));
            }
            if (row.feesUsd() == null) {
                fees.leaveOut("unavailable", "not_sent_by_alpha", 1);
            } else {
                fees.add(row.feesUsd(), 1);
            }
            labels.merge(alignment.label(), 1L, Long::sum);
            if (alignment.score() == null) {
                score.leaveOut("unavailable", alignment.reason(), 1);
            } else {
                score.add(alignment.score());
            }
        }

        void add(PerformanceStore.Marks marks) {
            markOuts.computeIfAbsent(marks.horizonDays(), MarkOut::new).add(marks);
        }

        void addAll(Sums other) {
            trades += other.trades;
            bps.addAll(other.bps);
            usd.addAll(other.usd);
            vol.addAll(other.vol);
            spread.addAll(other.spread);
            fees.addAll(other.fees);
            score.addAll(other.score);
            other.labels.forEach((label, executions) -> labels.merge(label, executions, Long::sum));
            other.markOuts.forEach((horizon, marks) ->
                    markOuts.computeIfAbsent(horizon, MarkOut::new).addAll(marks));
        }

        Slice shown(Key key) {
            return new Slice(
                    key.dimension(),
                    key.value(),
                    trades,
                    new ExecutionQuality(bps.shown(), usd.shown(), vol.shown(), spread.shown(), fees.shown()),
                    markOuts.values().stream().map(MarkOut::shown).toList(),
                    new AlignmentShare(labels, score.shown()));
        }
    }

    @GET
    public Performance performance(@QueryParam("source") String source, @QueryParam("portfolio") String portfolio) {
        Selection selection =
                Selection.all(Projection.source(source), portfolio == null || portfolio.isBlank() ? null : portfolio);
        Instant now = clock.instant();
        Map<Cell, Sums> cells = new HashMap<>();
        MissingInputs missing = new MissingInputs();
        store.read(
                selection,
                now,
                row -> {
                    Alignment alignment = Alignment.of(row.slicing().side(), row.context());
                    cells.computeIfAbsent(Cell.of(row.slicing()), c -> new Sums())
                            .add(row, alignment);
                    missing.addAll(MissingInputs.atTrade(
                            row.feesUsd(),
                            row.benchmarkState(),
                            row.benchmarkReason(),
                            row.underlyingPrice(),
                            row.tradedIv(),
                            row.volReason()));
                },
                marks -> {
                    cells.computeIfAbsent(Cell.of(marks.slicing()), c -> new Sums())
                            .add(marks);
                    if (!marks.state().equals("unrealized_mark")) {
                        missing.add(
                                new MissingInputs.Input(
                                        "forward_mark", marks.horizonDays(), marks.state(), marks.reason()),
                                marks.executions());
                    }
                });
        Map<Key, Sums> sums = new TreeMap<>();
        sums.put(Key.ALL, new Sums());
        cells.forEach((cell, of) -> Key.of(cell)
                .forEach(key -> sums.computeIfAbsent(key, k -> new Sums()).addAll(of)));
        List<Slice> slices = new ArrayList<>();
        sums.forEach((key, of) -> {
            if (!key.equals(Key.ALL)) {
                slices.add(of.shown(key));
            }
        });
        return new Performance(
                selection.source(),
                selection.portfolio(),
                now,
                store.portfolios(selection.source()),
                sums.get(Key.ALL).shown(Key.ALL),
                slices,
                missing.counted());
    }
}

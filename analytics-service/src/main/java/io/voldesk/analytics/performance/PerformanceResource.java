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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

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

        static List<Key> of(PerformanceStore.Slicing slicing) {
            return List.of(
                    ALL,
                    new Key("portfolio", slicing.portfolio()),
                    new Key("underlying", slicing.underlying()),
                    new Key(
                            "month",
                            slicing.day() == null
                                    ? "unknown"
                                    : slicing.day().toString().substring(0, 7)),
                    new Key("side", slicing.side() > 0 ? "buy" : "sell"));
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
        Map<Key, Sums> sums = new TreeMap<>();
        sums.put(Key.ALL, new Sums());
        MissingInputs missing = new MissingInputs();
        store.each(selection, row -> {
            Alignment alignment = Alignment.of(row.slicing().side(), row.context());
            eachSum(sums, row.slicing(), of -> of.add(row, alignment));
            missing.addAll(MissingInputs.atTrade(
                    row.feesUsd(),
                    row.benchmarkState(),
                    row.benchmarkReason(),
                    row.underlyingPrice(),
                    row.tradedIv(),
                    row.volReason()));
        });
        store.eachMarks(selection, now, marks -> {
            eachSum(sums, marks.slicing(), of -> of.add(marks));
            if (!marks.state().equals("unrealized_mark")) {
                missing.add(
                        new MissingInputs.Input("forward_mark", marks.horizonDays(), marks.state(), marks.reason()),
                        marks.executions());
            }
        });
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

    private static void eachSum(Map<Key, Sums> sums, PerformanceStore.Slicing slicing, Consumer<Sums> add) {
        Key.of(slicing).forEach(key -> add.accept(sums.computeIfAbsent(key, k -> new Sums())));
    }
}

package io.voldesk.analytics.performance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.analytics.performance.PerformanceStore.Slicing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
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

        static List<Key> of(Slicing slicing) {
            return List.of(
                    ALL,
                    new Key("portfolio", slicing.portfolio()),
                    new Key("underlying", slicing.underlying()),
                    new Key(
                            "month",
                            slicing.month() == null
                                    ? "unknown"
                                    : slicing.month().toString()),
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

        void add(PerformanceStore.Quality of) {
            long n = of.executions();
            trades += n;
            if (of.benchmarkState().equals("ok")) {
                bps.add(of.slippageBps(), n);
                usd.add(of.slippageUsd(), n);
                spread.add(of.effectiveSpread(), n);
                if (of.volKnown()) {
                    vol.add(of.slippageVolPoints(), n);
                } else {
                    vol.leaveOut("unavailable", of.volReason(), n);
                }
            } else {
                List.of(bps, usd, spread, vol)
                        .forEach(average -> average.leaveOut(of.benchmarkState(), of.benchmarkReason(), n));
            }
            if (of.feesKnown()) {
                fees.add(of.feesUsd(), n);
            } else {
                fees.leaveOut("unavailable", "not_sent_by_alpha", n);
            }
        }

        void add(PerformanceStore.InContext of) {
            long n = of.executions();
            Alignment alignment = Alignment.of(of.slicing().side(), of.context());
            labels.merge(alignment.label(), n, Long::sum);
            if (alignment.score() == null) {
                score.leaveOut("unavailable", alignment.reason(), n);
            } else {
                score.add(BigDecimal.valueOf(alignment.score()).multiply(BigDecimal.valueOf(n)), n);
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
        PerformanceStore.Read read = store.read(selection, now);
        // what no slice cuts is summed first, and put together for the slices
        Map<Slicing, Sums> cells = new HashMap<>();
        MissingInputs missing = new MissingInputs();
        read.quality().forEach(of -> {
            cells.computeIfAbsent(of.slicing(), c -> new Sums()).add(of);
            MissingInputs.atTrade(
                            of.feesKnown(),
                            of.benchmarkState(),
                            of.benchmarkReason(),
                            of.underlyingPriceKnown(),
                            of.tradedIvKnown(),
                            of.volReason())
                    .forEach(input -> missing.add(input, of.executions()));
        });
        read.contexts()
                .forEach(of ->
                        cells.computeIfAbsent(of.slicing(), c -> new Sums()).add(of));
        read.marks().forEach(of -> {
            cells.computeIfAbsent(of.slicing(), c -> new Sums()).add(of);
            if (!of.state().equals("unrealized_mark")) {
                missing.add(
                        new MissingInputs.Input("forward_mark", of.horizonDays(), of.state(), of.reason()),
                        of.executions());
            }
        });
        Map<Key, Sums> sums = new TreeMap<>();
        sums.put(Key.ALL, new Sums());
        cells.forEach((slicing, of) -> Key.of(slicing)
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

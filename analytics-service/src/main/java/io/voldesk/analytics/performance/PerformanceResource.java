package io.voldesk.analytics.performance;

import com.fasterxml.jackson.annotation.JsonValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.execution.Projection;
import io.voldesk.analytics.execution.Source;
import io.voldesk.analytics.performance.PerformanceStore.Slicing;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
     * Slippage is a cost where positive; over executions with a defensible quote, and with {@code authority=all} those that only a
     * model could mark. Fees are those Alpha knows.
     */
    public record ExecutionQuality(
            Measure.Shown slippageBps,
            Measure.Shown slippageUsd,
            Measure.Shown slippageVolPoints,
            Measure.Shown effectiveSpread,
            Average.Shown feesUsd) {}

    /** @param directionAssumed executions whose source says buy or sell, and not whether they open */
    public record AlignmentShare(Map<String, Long> labels, Average.Shown score, long directionAssumed) {}

    /** @param outcomes the mark-out curve, by horizon */
    public record Slice(
            String dimension,
            String key,
            long trades,
            ExecutionQuality executionQuality,
            List<MarkOut.Shown> outcomes,
            AlignmentShare alignment) {}

    /** Whose figures are measured. */
    public enum Authority {
        DIRECT,
        ALL;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param authority {@code direct}: figures of direct sources alone; {@code all}: estimates of models with them
     * @param missingInputs what keeps valuations blank, of how many executions
     */
    public record Performance(
            String source,
            @Nullable String portfolio,
            Authority authority,
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
        private final boolean withEstimates;
        private long trades;
        private long directionAssumed;
        private final Measure bps = new Measure(false);
        private final Measure usd = new Measure(true);
        private final Measure vol = new Measure(false);
        private final Measure spread = new Measure(false);
        private final Average fees = new Average();
        private final Average score = new Average();
        private final Map<String, Long> labels = new TreeMap<>();
        private final Map<Integer, MarkOut> markOuts = new TreeMap<>();

        Sums(boolean withEstimates) {
            this.withEstimates = withEstimates;
        }

        void add(PerformanceStore.Quality of) {
            long n = of.executions();
            trades += n;
            if (measured(withEstimates).contains(of.benchmarkState())) {
                bps.add(of.day(), of.weighedBps(), of.premiumUsd(), null, n);
                usd.add(of.day(), of.weighedUsd(), of.premiumUsd(), of.slippageUsd(), n);
                spread.add(of.day(), of.weighedSpread(), of.premiumUsd(), null, n);
                if (of.volKnown()) {
                    vol.add(of.day(), of.weighedVolPoints(), of.premiumUsd(), null, n);
                } else {
                    vol.leaveOut("unavailable", of.volReason(), n);
                }
            } else {
                List.of(bps, usd, spread, vol)
                        .forEach(measure -> measure.leaveOut(of.benchmarkState(), of.benchmarkReason(), n));
            }
            if (of.feesKnown()) {
                fees.add(of.feesUsd(), n);
            } else {
                fees.leaveOut("unavailable", "not_sent_by_alpha", n);
            }
        }

        void add(PerformanceStore.Values of) {
            bps.values(of.bps());
            usd.values(of.usd());
            spread.values(of.spread());
            vol.values(of.volPoints());
        }

        void add(InContext of) {
            long n = of.executions();
            Alignment alignment = Alignment.of(of.leg(), of.context());
            labels.merge(alignment.label(), n, Long::sum);
            directionAssumed += alignment.directionAssumed() ? n : 0;
            if (alignment.score() == null) {
                score.leaveOut("unavailable", alignment.reason(), n);
            } else {
                score.add(BigDecimal.valueOf(alignment.score()).multiply(BigDecimal.valueOf(n)), n);
            }
        }

        void add(PerformanceStore.Marks marks) {
            markOut(marks.horizonDays()).add(marks);
        }

        private MarkOut markOut(int horizonDays) {
            return markOuts.computeIfAbsent(horizonDays, horizon -> new MarkOut(horizon, withEstimates));
        }

        void addAll(Sums other) {
            trades += other.trades;
            directionAssumed += other.directionAssumed;
            bps.addAll(other.bps);
            usd.addAll(other.usd);
            vol.addAll(other.vol);
            spread.addAll(other.spread);
            fees.addAll(other.fees);
            score.addAll(other.score);
            other.labels.forEach((label, executions) -> labels.merge(label, executions, Long::sum));
            other.markOuts.forEach((horizon, marks) -> markOut(horizon).addAll(marks));
        }

        Slice shown(Key key) {
            return new Slice(
                    key.dimension(),
                    key.value(),
                    trades,
                    new ExecutionQuality(bps.shown(), usd.shown(), vol.shown(), spread.shown(), fees.shown()),
                    markOuts.values().stream().map(MarkOut::shown).toList(),
                    new AlignmentShare(labels, score.shown(), directionAssumed));
        }
    }

    private static Set<String> measured(boolean withEstimates) {
        return withEstimates ? Set.of("ok", "model") : Set.of("ok");
    }

    @GET
    public Performance performance(
            @QueryParam("source") @DefaultValue(Projection.ALPHA_SYNC) Source source,
            @QueryParam("portfolio") String portfolio,
            @QueryParam("authority") @DefaultValue("direct") Authority authority) {
        Selection selection = Selection.all(source.code(), portfolio);
        Instant now = clock.instant();
        boolean withEstimates = authority == Authority.ALL;
        PerformanceStore.Read read = store.read(selection, measured(withEstimates), now);
        // what no slice cuts is summed first, and put together for the slices
        Map<Slicing, Sums> cells = new HashMap<>();
        MissingInputs missing = new MissingInputs();
        read.quality().forEach(of -> {
            cells.computeIfAbsent(of.slicing(), c -> new Sums(withEstimates)).add(of);
            MissingInputs.atTrade(
                            of.feesKnown(),
                            of.benchmarkState(),
                            of.benchmarkReason(),
                            of.underlyingPriceKnown(),
                            of.tradedIvKnown(),
                            of.volReason())
                    .forEach(input -> missing.add(input, of.executions()));
        });
        read.values().forEach(of -> {
            List.of(of.bps(), of.usd(), of.spread(), of.volPoints()).forEach(Arrays::sort);
            cells.computeIfAbsent(of.slicing(), c -> new Sums(withEstimates)).add(of);
        });
        read.contexts()
                .forEach(of -> cells.computeIfAbsent(of.slicing(), c -> new Sums(withEstimates))
                        .add(of));
        read.marks().forEach(of -> {
            cells.computeIfAbsent(of.slicing(), c -> new Sums(withEstimates)).add(of);
            if (!of.state().equals("unrealized_mark")) {
                missing.add(
                        new MissingInputs.Input("forward_mark", of.horizonDays(), of.state(), of.reason()),
                        of.executions());
            }
        });
        Map<Key, Sums> sums = new TreeMap<>();
        sums.put(Key.ALL, new Sums(withEstimates));
        cells.forEach((slicing, of) -> Key.of(slicing)
                .forEach(key ->
                        sums.computeIfAbsent(key, k -> new Sums(withEstimates)).addAll(of)));
        List<Slice> slices = new ArrayList<>();
        sums.forEach((key, of) -> {
            if (!key.equals(Key.ALL)) {
                slices.add(of.shown(key));
            }
        });
        return new Performance(
                selection.source(),
                selection.portfolio(),
                authority,
                now,
                store.portfolios(selection.source()),
                sums.get(Key.ALL).shown(Key.ALL),
                slices,
                missing.counted());
    }
}

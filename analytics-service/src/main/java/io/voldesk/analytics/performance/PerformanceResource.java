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
import java.util.function.Function;

/** Execution quality, outcomes by horizon and alignment, whole and sliced; every average with what it leaves out. */
@Path("/api/internal/trades/performance")
@RunOnVirtualThread
public class PerformanceResource {
    private static final List<String> SLICES = List.of("portfolio", "underlying", "month", "side");

    private final PerformanceStore store;
    private final Clock clock;

    public PerformanceResource(PerformanceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Slippage is a cost where positive; the mean is unweighted over executions with a defensible quote. */
    public record ExecutionQuality(
            Average.Shown slippageBps,
            Average.Shown slippageUsd,
            Average.Shown slippageVolPoints,
            Average.Shown effectiveSpread) {}

    /** @param hitRate share of marks with a gain */
    public record Outcome(int horizonDays, Average.Shown pnlUsd, Double hitRate, long pending, long stale) {}

    public record AlignmentShare(Map<String, Long> labels, Average.Shown score) {}

    public record Slice(
            String dimension,
            String key,
            long trades,
            ExecutionQuality executionQuality,
            List<Outcome> outcomes,
            AlignmentShare alignment) {}

    /** @param missingInputs what keeps P&L blank, by reason and horizon */
    public record Performance(
            String source,
            String portfolio,
            Instant asOf,
            List<String> portfolios,
            Slice overall,
            List<Slice> slices,
            List<MissingInput> missingInputs) {}

    public record MissingInput(int horizonDays, String reason, long trades) {}

    private static final class Sums {
        long trades;
        final Average bps = new Average();
        final Average usd = new Average();
        final Average vol = new Average();
        final Average spread = new Average();
        final Average score = new Average();
        final Map<String, Long> labels = new TreeMap<>();
        final Map<Integer, Average> pnl = new TreeMap<>();
        final Map<Integer, long[]> hitsPendingStale = new TreeMap<>();
    }

    @GET
    public Performance performance(@QueryParam("source") String source, @QueryParam("portfolio") String portfolio) {
        Selection selection =
                Selection.all(Projection.source(source), portfolio == null || portfolio.isBlank() ? null : portfolio);
        Instant now = clock.instant();
        Map<String, Sums> sums = new TreeMap<>();
        store.each(
                selection,
                row -> keys(row.portfolio(), row.underlying(), row.month(), row.side())
                        .forEach(key -> add(sums.computeIfAbsent(key, k -> new Sums()), row)));
        Map<Integer, Map<String, Long>> missing = new TreeMap<>();
        store.eachMark(selection, now, mark -> {
            keys(mark.portfolio(), mark.underlying(), mark.month(), mark.side())
                    .forEach(key -> add(sums.computeIfAbsent(key, k -> new Sums()), mark));
            String why = whyBlank(mark);
            if (why != null) {
                missing.computeIfAbsent(mark.horizonDays(), h -> new TreeMap<>())
                        .merge(why, 1L, Long::sum);
            }
        });
        List<Slice> slices = new ArrayList<>();
        sums.forEach((key, value) -> {
            if (!key.equals("all|all")) {
                slices.add(slice(key, value));
            }
        });
        List<MissingInput> inputs = new ArrayList<>();
        missing.forEach((horizon, reasons) ->
                reasons.forEach((reason, count) -> inputs.add(new MissingInput(horizon, reason, count))));
        return new Performance(
                selection.source(),
                selection.portfolio(),
                now,
                store.portfolios(selection.source()),
                slice("all|all", sums.getOrDefault("all|all", new Sums())),
                slices,
                inputs);
    }

    private static List<String> keys(String portfolio, String underlying, String month, int side) {
        List<String> values =
                List.of(portfolio, underlying, month == null ? "unknown" : month, side > 0 ? "buy" : "sell");
        List<String> keys = new ArrayList<>(List.of("all|all"));
        for (int i = 0; i < SLICES.size(); i++) {
            keys.add(SLICES.get(i) + "|" + values.get(i));
        }
        return keys;
    }

    private static void add(Sums sums, PerformanceStore.Enriched row) {
        sums.trades++;
        if ("ok".equals(row.benchmarkState())) {
            sums.bps.add(row.slippageBps());
            sums.usd.add(row.slippageUsd().doubleValue());
            sums.spread.add(row.effectiveSpread());
            addOrLeave(sums.vol, row.slippageVolPoints(), "vol_not_computable");
        } else {
            String why = row.benchmarkState() == null
                    ? "missing"
                    : row.benchmarkReason() == null
                            ? row.benchmarkState()
                            : row.benchmarkState() + ": " + row.benchmarkReason();
            List.of(sums.bps, sums.usd, sums.spread, sums.vol).forEach(average -> average.leaveOut(why));
        }
        Alignment alignment = Alignment.of(row.side(), row.context());
        sums.labels.merge(alignment.label(), 1L, Long::sum);
        addOrLeave(sums.score, alignment.score(), alignment.reason());
    }

    private static void addOrLeave(Average average, Double value, String why) {
        if (value == null) {
            average.leaveOut(why);
        } else {
            average.add(value);
        }
    }

    private static void add(Sums sums, PerformanceStore.Mark mark) {
        Average pnl = sums.pnl.computeIfAbsent(mark.horizonDays(), h -> new Average());
        long[] counts = sums.hitsPendingStale.computeIfAbsent(mark.horizonDays(), h -> new long[3]);
        String why = whyBlank(mark);
        if (why == null) {
            pnl.add(mark.pnlUsd().doubleValue());
            counts[0] += mark.pnlUsd().signum() > 0 ? 1 : 0;
        } else {
            pnl.leaveOut(why);
            counts[1] += why.equals("pending") ? 1 : 0;
            counts[2] += "stale".equals(mark.markQuality()) ? 1 : 0;
        }
    }

    /** Null where the mark may be used. */
    private static String whyBlank(PerformanceStore.Mark mark) {
        return switch (mark.state()) {
            case null -> "not_backfilled";
            case "unrealized_mark" -> null;
            case "pending" -> "pending";
            default -> mark.state() + ": " + mark.reason();
        };
    }

    private static Slice slice(String key, Sums sums) {
        int bar = key.indexOf('|');
        Function<Integer, Outcome> outcome = horizon -> {
            Average.Shown pnl = sums.pnl.get(horizon).shown();
            long[] counts = sums.hitsPendingStale.get(horizon);
            return new Outcome(
                    horizon, pnl, pnl.n() == 0 ? null : (Double) ((double) counts[0] / pnl.n()), counts[1], counts[2]);
        };
        return new Slice(
                key.substring(0, bar),
                key.substring(bar + 1),
                sums.trades,
                new ExecutionQuality(sums.bps.shown(), sums.usd.shown(), sums.vol.shown(), sums.spread.shown()),
                sums.pnl.keySet().stream().map(outcome).toList(),
                new AlignmentShare(sums.labels, sums.score.shown()));
    }
}

package io.voldesk.analytics.benchmark;

import io.voldesk.analytics.enrichment.EnrichmentStore.Enriched;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.model.ModelMarkLookup;
import io.voldesk.model.QuoteLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Execution quality of each execution against the quote of its own contract, or a model mark. */
@ApplicationScoped
public class BenchmarkStep implements Step {
    private static final String KEY = "arrival";
    private static final List<String> COLUMNS = List.of(
            "state",
            "reason",
            "model_reason",
            "mark_source",
            "market_at",
            "bid",
            "ask",
            "arrival_mid",
            "quoted_spread",
            "effective_spread",
            "slippage_per_share",
            "slippage_usd",
            "slippage_bps",
            "underlying_price",
            "underlying_rate",
            "traded_iv",
            "slippage_vol_points",
            "vol_reason",
            "raw_id");
    private static final Layout LAYOUT =
            new Layout("execution_benchmark", KEY, COLUMNS, "x.state in ('ok', 'model', 'implausible_fill')", 1_000);
    private static final QuoteLookup.Found NOT_ASKED = new QuoteLookup.Found(List.of(), null);

    private final MarketData market;
    private final OptionSession session;
    private final Duration lookback;

    public BenchmarkStep(
            MarketData market,
            OptionSession session,
            @ConfigProperty(name = "voldesk.benchmark.lookback") Duration lookback) {
        this.market = market;
        this.session = session;
        this.lookback = lookback;
    }

    @Override
    public String name() {
        return "execution_benchmarks";
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public List<Enriched> enrich(List<ExecutionRow> executions) {
        List<Benchmark> benchmarks = orModel(executions, byQuotes(executions));
        List<Enriched> rows = new ArrayList<>(executions.size());
        for (int i = 0; i < executions.size(); i++) {
            rows.add(row(executions.get(i), benchmarks.get(i)));
        }
        return rows;
    }

    private List<Benchmark> byQuotes(List<ExecutionRow> executions) {
        List<QuoteLookup.Found> found = market.quotes(executions.stream()
                .filter(e -> e.whyNotMarked().isEmpty())
                .map(e ->
                        new QuoteLookup.Window(e.quotedSymbol(), e.executedAt().minus(lookback), e.executedAt()))
                .toList());
        Iterator<QuoteLookup.Found> next = found.iterator();
        return executions.stream()
                .map(e -> Benchmark.of(e, e.whyNotMarked().isEmpty() ? next.next() : NOT_ASKED, session, lookback))
                .toList();
    }

    /** Asks the surface about those that have no quote to defend. */
    private List<Benchmark> orModel(List<ExecutionRow> executions, List<Benchmark> benchmarks) {
        List<ModelMarkLookup.Asked> asked = new ArrayList<>();
        for (int i = 0; i < executions.size(); i++) {
            if (benchmarks.get(i) instanceof Benchmark.Unavailable none && none.wantsModel()) {
                asked.add(new ModelMarkLookup.Asked(
                        executions.get(i).quotedSymbol(), executions.get(i).executedAt()));
            }
        }
        Iterator<ModelMarkLookup.ModelMark> next = market.modelMarks(asked).iterator();
        List<Benchmark> all = new ArrayList<>(benchmarks.size());
        for (int i = 0; i < executions.size(); i++) {
            all.add(
                    benchmarks.get(i) instanceof Benchmark.Unavailable none && none.wantsModel()
                            ? Benchmark.ofModel(executions.get(i), none, next.next())
                            : benchmarks.get(i));
        }
        return all;
    }

    private static Enriched row(ExecutionRow execution, Benchmark benchmark) {
        List<Object> values = switch (benchmark) {
            case Benchmark.Measured m ->
                Arrays.asList(
                        m.state(),
                        m.reason(),
                        null,
                        m.markSource(),
                        m.marketAt(),
                        m.bid(),
                        m.ask(),
                        m.arrivalMid(),
                        m.quotedSpread(),
                        m.effectiveSpread(),
                        m.slippagePerShare(),
                        m.slippageUsd(),
                        m.slippageBps(),
                        m.underlyingPrice(),
                        m.underlyingRate(),
                        m.tradedIv(),
                        m.slippageVolPoints(),
                        m.volReason(),
                        m.rawId());
            case Benchmark.Unavailable none -> blank("unavailable", none.reason(), none.modelReason());
            case Benchmark.Pending pending -> blank("pending", pending.reason(), pending.modelReason());
        };
        return new Enriched(
                execution.sourceTradeId(), KEY, execution.version(), values, benchmark instanceof Benchmark.Pending);
    }

    private static List<Object> blank(String state, String reason, String modelReason) {
        Object[] blank = new Object[COLUMNS.size()];
        blank[0] = state;
        blank[1] = reason;
        blank[2] = modelReason;
        return Arrays.asList(blank);
    }
}

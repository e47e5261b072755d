package io.voldesk.analytics.benchmark;

import io.voldesk.analytics.enrichment.RowTable;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.model.ModelMarkLookup;
import io.voldesk.model.QuoteLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Execution quality of each execution against the quote of its own contract, or a model mark. */
@ApplicationScoped
public class BenchmarkStep implements Step<BenchmarkRow> {
    private static final Layout<BenchmarkRow> LAYOUT = new Layout<>(
            RowTable.of("execution_benchmark", BenchmarkRow.class),
            BenchmarkRow.KEY,
            "x.state in ('ok', 'model', 'implausible_fill')",
            1_000);
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
    public Layout<BenchmarkRow> layout() {
        return LAYOUT;
    }

    @Override
    public List<BenchmarkRow> enrich(List<ExecutionRow> executions) {
        List<Benchmark> benchmarks = orModel(executions, byQuotes(executions));
        List<BenchmarkRow> rows = new ArrayList<>(executions.size());
        for (int i = 0; i < executions.size(); i++) {
            rows.add(BenchmarkRow.of(executions.get(i), benchmarks.get(i)));
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
}

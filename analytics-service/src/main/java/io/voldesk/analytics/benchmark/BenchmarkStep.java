package io.voldesk.analytics.benchmark;

import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.EnrichmentStore.Enriched;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.enrichment.Step;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.market.OptionSession;
import io.voldesk.model.QuoteLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Execution quality of each execution against the quote of its own contract. */
@ApplicationScoped
public class BenchmarkStep implements Step {
    static final String TABLE = "execution_benchmark";
    static final String KEY = "arrival";
    private static final List<String> COLUMNS = List.of(
            "state",
            "reason",
            "quote_at",
            "bid",
            "ask",
            "arrival_mid",
            "quoted_spread",
            "effective_spread",
            "slippage_per_share",
            "slippage_usd",
            "slippage_bps",
            "slippage_vol_points",
            "vol_reason",
            "mark_source",
            "raw_id");
    private static final QuoteLookup.Found NOT_ASKED = new QuoteLookup.Found(List.of(), null);

    private final EnrichmentStore store;
    private final MarketData market;
    private final OptionSession session;
    private final Duration lookback;
    private final Clock clock;

    public BenchmarkStep(
            EnrichmentStore store,
            MarketData market,
            OptionSession session,
            @ConfigProperty(name = "voldesk.benchmark.lookback") Duration lookback,
            Clock clock) {
        this.store = store;
        this.market = market;
        this.session = session;
        this.lookback = lookback;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "execution_benchmarks";
    }

    @Override
    public Result run(Selection selection, int limit, boolean dryRun) {
        List<ExecutionRow> executions = store.choose(selection, TABLE, KEY, List.of("ok", "model"), limit);
        List<ExecutionRow> asked = new ArrayList<>();
        List<QuoteLookup.Window> windows = new ArrayList<>();
        for (ExecutionRow execution : executions) {
            if (execution.contract() != null
                    && execution.executedAt() != null
                    && session.contains(execution.executedAt())) {
                asked.add(execution);
                windows.add(new QuoteLookup.Window(
                        execution.symbol(), execution.executedAt().minus(lookback), execution.executedAt()));
            }
        }
        List<QuoteLookup.Found> found = market.quotes(windows);
        List<Enriched> rows = new ArrayList<>(executions.size());
        int next = 0;
        for (ExecutionRow execution : executions) {
            boolean wasAsked = next < asked.size() && asked.get(next).equals(execution);
            rows.add(
                    row(execution, Benchmark.of(execution, wasAsked ? found.get(next) : NOT_ASKED, session, lookback)));
            next += wasAsked ? 1 : 0;
        }
        int written = dryRun ? 0 : store.upsert(TABLE, COLUMNS, rows, clock.instant());
        return new Result(rows.size(), written);
    }

    private static Enriched row(ExecutionRow execution, Benchmark benchmark) {
        List<Object> values = switch (benchmark) {
            case Benchmark.Measured m ->
                Arrays.asList(
                        m.state(),
                        null,
                        m.quoteAt(),
                        m.bid(),
                        m.ask(),
                        m.arrivalMid(),
                        m.quotedSpread(),
                        m.effectiveSpread(),
                        m.slippagePerShare(),
                        m.slippageUsd().toPlainString(),
                        m.slippageBps(),
                        m.slippageVolPoints(),
                        m.volReason(),
                        m.markSource(),
                        m.rawId());
            case Benchmark.Unavailable none -> {
                Object[] blank = new Object[COLUMNS.size()];
                blank[0] = "unavailable";
                blank[1] = none.reason();
                yield Arrays.asList(blank);
            }
        };
        return new Enriched(execution.sourceTradeId(), KEY, execution.version(), values);
    }
}

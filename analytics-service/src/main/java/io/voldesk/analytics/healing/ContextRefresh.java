package io.voldesk.analytics.healing;

import io.voldesk.analytics.context.MarketContextStep;
import io.voldesk.analytics.context.ProxySettings;
import io.voldesk.analytics.enrichment.EnrichmentStore;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.analytics.market.Captures;
import io.voldesk.analytics.market.MarketData;
import io.voldesk.analytics.pipeline.PatientLock;
import io.voldesk.analytics.pipeline.Pipeline;
import io.voldesk.analytics.pipeline.PipelineRun;
import io.voldesk.analytics.pipeline.PipelineState;
import io.voldesk.analytics.pipeline.StepRunner;
import io.voldesk.kit.job.Progress;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.model.Enrichment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Looks again for the contexts that a capture of market data bears upon, and for those that are pending. */
@ApplicationScoped
public class ContextRefresh {
    private static final Logger LOG = Logger.getLogger(ContextRefresh.class);
    private static final String MARKET_DATA = "snapshot-service";

    private final MarketContextStep context;
    private final ProxySettings proxies;
    private final MarketData market;
    private final EnrichmentStore store;
    private final StepRunner runner;
    private final PipelineState state;
    private final PatientLock locks;
    private final Jdbi jdbi;
    private final Clock clock;

    public ContextRefresh(
            MarketContextStep context,
            ProxySettings proxies,
            MarketData market,
            EnrichmentStore store,
            StepRunner runner,
            PipelineState state,
            PatientLock locks,
            Jdbi jdbi,
            Clock clock) {
        this.context = context;
        this.proxies = proxies;
        this.market = market;
        this.store = store;
        this.runner = runner;
        this.state = state;
        this.locks = locks;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The run of market data that was seen last moves on only when what it bears upon has been stored. */
    void refresh(String source) {
        long seen = seen();
        if (captures(seen).last() <= seen && !pending()) {
            return;
        }
        try (var held = locks.forHealing(Pipeline.lock(source)).orElse(null)) {
            if (held != null) {
                // another instance may have been quicker
                refresh(held, Selection.all(source, null), captures(seen()));
            }
        }
    }

    private void refresh(RunLock.Held held, Selection selection, Captures captures) {
        EnrichmentStore.Chosen chosen = choose(selection, CaptureRange.of(captures.items(), proxies.proxy()));
        if (chosen.executions() > 0 && !refreshed(held, selection, chosen)) {
            return;
        }
        remember(captures.last());
    }

    private boolean refreshed(RunLock.Held held, Selection selection, EnrichmentStore.Chosen chosen) {
        long run = state.start(held, PipelineRun.Kind.CONTEXT_REFRESH, selection, MARKET_DATA);
        List<Enrichment.StepError> errors = new ArrayList<>();
        Enrichment.Step step = runner.run(context, () -> chosen, false, Progress.NONE, errors);
        String status = errors.isEmpty() ? "ok" : "partial_error";
        state.end(run, status, new Enrichment.Summary(status, false, step.rowsProcessed(), List.of(step), errors));
        return errors.isEmpty();
    }

    private EnrichmentStore.Chosen choose(Selection selection, List<CaptureRange> ranges) {
        return store.choose(
                selection,
                """
                exists (select 1 from market_context x where x.source_trade_id = e.source_trade_id and (x.state = 'pending'
                  or exists (select 1 from unnest(:underlyings::text[], :froms::timestamptz[], :tos::timestamptz[]) r(u, f, t)
                             where r.u = e.underlying and e.executed_at >= r.f and e.executed_at < r.t)))""",
                "e.executed_at",
                Map.of(
                        "underlyings",
                        ranges.stream().map(CaptureRange::underlying).toArray(String[]::new),
                        "froms",
                        ranges.stream().map(r -> r.from().toString()).toArray(String[]::new),
                        "tos",
                        ranges.stream().map(r -> r.to().toString()).toArray(String[]::new)),
                Integer.MAX_VALUE - 1);
    }

    private Captures captures(long seen) {
        try {
            return market.captures(seen);
        } catch (MarketData.Unreachable e) {
            LOG.warnf("what market data has captured since its run %d is not known: %s", seen, e.getMessage());
            return new Captures(seen, List.of());
        }
    }

    private boolean pending() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select 1 from market_context where state = 'pending')")
                        .mapTo(Boolean.class)
                        .one());
    }

    private long seen() {
        return jdbi.withHandle(handle -> handle.createQuery("select run_id from capture_seen where source = :source")
                .bind("source", MARKET_DATA)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    private void remember(long run) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into capture_seen as s values (:source, :run, :now) on conflict (source)
                        do update set run_id = greatest(s.run_id, excluded.run_id), seen_at = excluded.seen_at""")
                .bind("source", MARKET_DATA)
                .bind("run", run)
                .bind("now", clock.instant())
                .execute());
    }
}

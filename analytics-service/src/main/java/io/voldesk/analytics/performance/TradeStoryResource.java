package io.voldesk.analytics.performance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.benchmark.BenchmarkRow;
import io.voldesk.analytics.enrichment.AskedAgain;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.outcome.OutcomeMark;
import io.voldesk.analytics.outcome.OutcomeMarkRow;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.OptionContract;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One execution's whole story: its context, benchmark, marks and alignment, what is missing, and where each comes from. */
@Path("/")
@RunOnVirtualThread
public class TradeStoryResource {
    private final TradeStoryStore store;
    private final TradeLineage lineage;
    private final Clock clock;

    public TradeStoryResource(TradeStoryStore store, TradeLineage lineage, Clock clock) {
        this.store = store;
        this.lineage = lineage;
        this.clock = clock;
    }

    /** The same by an id of any alphabet, or one that is a fixed word in a path. */
    @GET
    @Path("/api/internal/trades/analytics")
    public TradeStory storyOf(@QueryParam("id") @NotNull String id) {
        return story(id);
    }

    @GET
    @Path("/api/internal/trades/{id}/analytics")
    public TradeStory story(@PathParam("id") String id) {
        TradeStoryStore.Stored stored =
                store.read(id).orElseThrow(() -> Problem.notFound("no execution " + id + " in the projection"));
        return new TradeStory(
                stored.execution(),
                stored.context(),
                stored.benchmark(),
                stored.marks(),
                Alignment.of(
                        leg(stored.execution()),
                        stored.context() == null ? null : stored.context().aligned()),
                missing(stored, clock.instant()),
                lineage.of(stored));
    }

    private static Alignment.Leg leg(ExecutionRow execution) {
        OptionContract contract = execution.contract();
        return new Alignment.Leg(
                execution.side(), execution.positionEffect(), contract == null ? null : contract.right());
    }

    private static List<MissingInputs.Input> missing(TradeStoryStore.Stored stored, Instant now) {
        List<MissingInputs.Input> missing = new ArrayList<>(atTrade(stored));
        Set<Integer> horizons = new TreeSet<>(OutcomeMark.HORIZONS);
        for (TradeStory.Mark stands : stored.marks()) {
            OutcomeMarkRow mark = stands.row();
            boolean matured = mark.state().equals("pending")
                    && !AskedAgain.by(mark.reason())
                    && !mark.targetAt().isAfter(now);
            if (!matured) {
                horizons.remove(mark.horizonDays());
            }
            if (!matured && !mark.state().equals("unrealized_mark")) {
                missing.add(new MissingInputs.Input("forward_mark", mark.horizonDays(), mark.state(), mark.reason()));
            }
        }
        Instant executedAt = stored.execution().executedAt();
        for (int horizon : horizons) {
            Absent absent = Absent.mark(executedAt != null
                    && executedAt.plus(Duration.ofDays(horizon)).isAfter(now));
            missing.add(new MissingInputs.Input("forward_mark", horizon, absent.state(), absent.reason()));
        }
        return missing;
    }

    private static List<MissingInputs.Input> atTrade(TradeStoryStore.Stored stored) {
        boolean feesKnown = stored.execution().feesUsd() != null;
        if (stored.benchmark() == null) {
            Absent absent = Absent.NOT_BACKFILLED;
            return MissingInputs.atTrade(feesKnown, absent.state(), absent.reason(), false, false, null);
        }
        BenchmarkRow benchmark = stored.benchmark().row();
        return MissingInputs.atTrade(
                feesKnown,
                benchmark.state(),
                benchmark.reason(),
                benchmark.underlyingPrice() != null,
                benchmark.tradedIv() != null,
                benchmark.volReason());
    }
}

package io.voldesk.analytics.performance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.analytics.alignment.Alignment;
import io.voldesk.analytics.execution.ExecutionRow;
import io.voldesk.analytics.outcome.OutcomeMark;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.OptionContract;
import io.voldesk.model.SourceAuthority;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** One execution's whole story: its context, benchmark, marks and alignment, what is missing, and where each comes from. */
@Path("/")
@RunOnVirtualThread
public class TradeStoryResource {
    private static final List<String> RANKS = List.of("dvol_rank", "vrp_rank", "iv_rank", "skew_rank");

    private final Jdbi jdbi;
    private final TradeLineage lineage;
    private final Clock clock;

    public TradeStoryResource(Jdbi jdbi, TradeLineage lineage, Clock clock) {
        this.jdbi = jdbi;
        this.lineage = lineage;
        this.clock = clock;
    }

    /**
     * Rows as stored; null where the execution has not been enriched yet.
     *
     * @param missingInputs what keeps parts of the valuation blank, and why
     */
    public record Story(
            ExecutionRow execution,
            @Nullable Map<String, Object> marketContext,
            Map<String, Object> executionBenchmark,
            List<Map<String, Object>> outcomeMarks,
            Alignment alignment,
            List<MissingInputs.Input> missingInputs,
            List<TradeLineage.Trace> lineage) {}

    private record Stored(
            ExecutionRow execution,
            Map<String, Object> context,
            Map<String, Object> benchmark,
            List<Map<String, Object>> marks,
            Alignment.Context alignedWith) {}

    /** The same by an id of any alphabet, or one that is a fixed word in a path. */
    @GET
    @Path("/api/internal/trades/analytics")
    public Story storyOf(@QueryParam("id") @NotNull String id) {
        return story(id);
    }

    @GET
    @Path("/api/internal/trades/{id}/analytics")
    public Story story(@PathParam("id") String id) {
        Stored stored = jdbi.withHandle(handle -> read(handle, id));
        return new Story(
                stored.execution(),
                stored.context(),
                stored.benchmark(),
                stored.marks(),
                Alignment.of(leg(stored.execution()), stored.alignedWith()),
                missing(stored, clock.instant()),
                lineage.of(stored.context(), stored.benchmark(), stored.marks()));
    }

    private static Stored read(Handle handle, String id) {
        ExecutionRow execution = handle.createQuery(
                        "select " + ExecutionRow.COLUMNS + " from execution e where source_trade_id = :id")
                .bind("id", id)
                .map((row, context) -> ExecutionRow.read(row))
                .findOne()
                .orElseThrow(() -> Problem.notFound("no execution " + id + " in the projection"));
        Map<String, Object> context = rows(handle, "market_context", execution).stream()
                .findFirst()
                .map(TradeStoryResource::withRankReasons)
                .orElse(null);
        return new Stored(
                execution,
                context,
                rows(handle, "execution_benchmark", execution).stream()
                        .findFirst()
                        .orElse(null),
                rows(handle, "outcome_mark", execution),
                context == null
                        ? null
                        : new Alignment.Context(
                                (String) context.get("state"),
                                rank(context, "dvol_rank"),
                                rank(context, "vrp_rank"),
                                (String) context.get("regime"),
                                rank(context, "skew_rank"),
                                (Double) context.get("atm_iv_7"),
                                (Double) context.get("atm_iv_30")));
    }

    private static Alignment.Reading rank(Map<String, Object> context, String of) {
        return Alignment.Reading.ranked(
                (Double) context.get(of), (Integer) context.get(of + "_hours"), (Integer) context.get(of + "_days"));
    }

    /** A rank on too little history is not there, and says so. */
    private static Map<String, Object> withRankReasons(Map<String, Object> context) {
        for (String of : RANKS) {
            context.put(of + "_reason", rank(context, of).reason());
        }
        return context;
    }

    private static Alignment.Leg leg(ExecutionRow execution) {
        OptionContract contract = execution.contract();
        return new Alignment.Leg(
                execution.side(), execution.positionEffect(), contract == null ? null : contract.right());
    }

    /** Benchmarks and marks say on whose word they stand. */
    private static Map<String, Object> withAuthority(Map<String, Object> row, ExecutionRow execution) {
        if (!row.containsKey("mark_source")) {
            return row;
        }
        SourceAuthority authority = "pending".equals(row.get("state"))
                ? SourceAuthority.PENDING
                : switch ((String) row.get("mark_source")) {
                    case "quote_mid" ->
                        execution.marksAreEstimates() ? SourceAuthority.ESTIMATED_MODEL : SourceAuthority.DIRECT_SOURCE;
                    case null -> SourceAuthority.UNAVAILABLE;
                    default -> SourceAuthority.ESTIMATED_MODEL;
                };
        row.put("authority", authority.code());
        return row;
    }

    /** A row of an earlier version of the execution counts as absent. */
    private static List<Map<String, Object>> rows(Handle handle, String table, ExecutionRow execution) {
        return handle.createQuery(
                        "select * from " + table
                                + " where source_trade_id = :id and for_version = :version order by length(context_key), context_key")
                .bind("id", execution.sourceTradeId())
                .bind("version", execution.version())
                .map((row, context) -> withAuthority(Rows.asMap(row), execution))
                .list();
    }

    private static List<MissingInputs.Input> missing(Stored stored, Instant now) {
        Map<String, Object> benchmark = stored.benchmark() == null
                ? Map.of("state", Absent.NOT_BACKFILLED.state(), "reason", Absent.NOT_BACKFILLED.reason())
                : stored.benchmark();
        List<MissingInputs.Input> missing = new ArrayList<>(MissingInputs.atTrade(
                stored.execution().feesUsd() != null,
                (String) benchmark.get("state"),
                (String) benchmark.get("reason"),
                benchmark.get("underlying_price") != null,
                benchmark.get("traded_iv") != null,
                (String) benchmark.get("vol_reason")));
        Set<Integer> horizons = new TreeSet<>(OutcomeMark.HORIZONS);
        for (Map<String, Object> mark : stored.marks()) {
            int horizon = (Integer) mark.get("horizon_days");
            String state = (String) mark.get("state");
            boolean matured = state.equals("pending")
                    && !"vendor_error".equals(mark.get("reason"))
                    && !((Instant) mark.get("target_at")).isAfter(now);
            if (!matured) {
                horizons.remove(horizon);
            }
            if (!matured && !state.equals("unrealized_mark")) {
                missing.add(new MissingInputs.Input("forward_mark", horizon, state, (String) mark.get("reason")));
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
}

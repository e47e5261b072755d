package io.voldesk.tradesync.execution;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.UpTo;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.stream.Format;
import io.voldesk.kit.stream.Streams;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The trade list, as JSON pages or as CSV, and one execution whole. */
@Path("/api/internal/trades")
@RunOnVirtualThread
public class ExecutionResource {
    private static final int LARGEST_PAGE = 10_000;

    private static final List<String> COLUMNS = List.of(
            "source_trade_id",
            "portfolio",
            "status",
            "recon_status",
            "symbol",
            "underlying",
            "side",
            "quantity",
            "price",
            "multiplier",
            "price_per_contract",
            "premium_usd",
            "fees_usd",
            "net_premium_usd",
            "executed_at",
            "updated_at",
            "version",
            "currency",
            "computed_premium_usd",
            "premium_source",
            "identity");

    private final ExecutionStore store;
    private final Streams streams;

    public ExecutionResource(ExecutionStore store, Streams streams) {
        this.store = store;
        this.streams = streams;
    }

    @RegisterForReflection(registerFullHierarchy = true) // answered inside a Response, which shows no type
    public record TradePage(
            List<ExecutionView> items, @Nullable String nextCursor) {}

    /** @param id answers that one execution in place of a list: an id of any alphabet, or one that is a fixed word in a path */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "A page of the list, or the one execution that was asked for by its id",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(oneOf = {TradePage.class, ExecutionStore.Detail.class})))
    public Response list(
            @HeaderParam("Accept") String accept,
            @QueryParam("id") String id,
            @QueryParam("portfolio") String portfolio,
            @QueryParam("status") ExecutionStatus status,
            @QueryParam("recon_status") ReconStatus reconStatus,
            @QueryParam("underlying") String underlying,
            @QueryParam("from") Instant from,
            @QueryParam("to") @UpTo(excluded = true) Instant to,
            @QueryParam("q") String q,
            @QueryParam("sort") @DefaultValue("executed_at") TradeSort sort,
            @QueryParam("limit") @DefaultValue("200") @Min(1) @Max(LARGEST_PAGE) int limit,
            @QueryParam("cursor") String cursor) {
        if (id != null) {
            return Response.ok(one(id)).type("application/json").build();
        }
        var filter = new ExecutionStore.Filter(portfolio, status, reconStatus, underlying, from, to, q);
        if (accept != null && accept.contains("text/csv")) {
            return streams.answer(
                    store.all(filter, sort), new Format.Csv<>("trades.csv", COLUMNS, ExecutionResource::cells));
        }
        List<ExecutionView> rows = new ArrayList<>(store.list(filter, sort, sort.read(cursor), limit + 1));
        String next = null;
        if (rows.size() > limit) {
            rows.removeLast();
            next = sort.cursorAfter(rows.getLast());
        }
        return Response.ok(new TradePage(rows, next)).type("application/json").build();
    }

    /** In the order of {@link #COLUMNS}. */
    private static List<Object> cells(ExecutionView view) {
        return Arrays.asList(
                view.sourceTradeId(),
                view.portfolio(),
                view.status(),
                view.reconStatus(),
                view.symbol(),
                view.underlying(),
                view.side(),
                view.quantity(),
                view.price(),
                view.multiplier(),
                view.pricePerContract(),
                view.premiumUsd(),
                view.feesUsd(),
                view.netPremiumUsd(),
                view.executedAt(),
                view.updatedAt(),
                view.version(),
                view.currency(),
                view.computedPremiumUsd(),
                view.premiumSource(),
                view.identity().code());
    }

    @GET
    @Path("/{id}")
    public ExecutionStore.Detail one(@PathParam("id") String id) {
        return store.find(id).orElseThrow(() -> Problem.notFound("no execution " + id));
    }
}

package io.voldesk.tradesync.execution;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.stream.Format;
import io.voldesk.kit.stream.Streams;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    public record TradePage(List<ExecutionView> items, String nextCursor) {}

    /** @param id answers that one execution in place of a list: an id of any alphabet, or one that is a fixed word in a path */
    @GET
    public Response list(
            @Context UriInfo uri,
            @HeaderParam("Accept") String accept,
            @QueryParam("id") String id,
            @QueryParam("portfolio") String portfolio,
            @QueryParam("status") String status,
            @QueryParam("recon_status") String reconStatus,
            @QueryParam("underlying") String underlying,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("q") String q,
            @QueryParam("sort") String order,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Params.known(
                uri,
                "portfolio",
                "status",
                "recon_status",
                "underlying",
                "from",
                "to",
                "q",
                "sort",
                "limit",
                "cursor",
                "id");
        if (id != null) {
            return Response.ok(one(id)).type("application/json").build();
        }
        var filter = new ExecutionStore.Filter(
                portfolio, status, reconStatus, underlying, Params.instant("from", from), before("to", to), q);
        TradeSort sort = TradeSort.of(order);
        if (accept != null && accept.contains("text/csv")) {
            return streams.answer(
                    store.all(filter, sort), new Format.Csv<>("trades.csv", COLUMNS, ExecutionResource::cells));
        }
        int most = Params.integer("limit", limit, 200, 1, LARGEST_PAGE);
        List<ExecutionView> rows = new ArrayList<>(store.list(filter, sort, sort.read(cursor), most + 1));
        String next = null;
        if (rows.size() > most) {
            rows.removeLast();
            next = sort.cursorAfter(rows.getLast());
        }
        return Response.ok(new TradePage(rows, next)).type("application/json").build();
    }

    /** A plain date takes in its whole UTC day. */
    private static Instant before(String name, String sent) {
        Instant instant = Params.instant(name, sent);
        return instant != null && sent.length() == 10 ? instant.plus(Duration.ofDays(1)) : instant;
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

package io.voldesk.tradesync.execution;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The trade list, as JSON pages or as CSV, and one execution whole. */
@Path("/api/internal/trades")
@RunOnVirtualThread
public class ExecutionResource {
    private static final int LARGEST_PAGE = 10_000;

    private final ExecutionStore store;

    public ExecutionResource(ExecutionStore store) {
        this.store = store;
    }

    @RegisterForReflection(registerFullHierarchy = true) // answered inside a Response, which shows no type
    public record TradePage(List<ExecutionView> items, String nextCursor) {}

    @GET
    public Response list(@HeaderParam("Accept") String accept, UriInfo uri) {
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
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        if (query.containsKey("id")) {
            return Response.ok(one(query.getFirst("id")))
                    .type("application/json")
                    .build();
        }
        var filter = new ExecutionStore.Filter(
                query.getFirst("portfolio"),
                query.getFirst("status"),
                query.getFirst("recon_status"),
                query.getFirst("underlying"),
                Params.instant("from", query.getFirst("from")),
                before("to", query.getFirst("to")),
                query.getFirst("q"));
        TradeSort sort = TradeSort.of(query.getFirst("sort"));
        if (accept != null && accept.contains("text/csv")) {
            return Response.ok(csv(filter, sort))
                    .type("text/csv; charset=utf-8")
                    .header("Content-Disposition", "attachment; filename=\"trades.csv\"")
                    .build();
        }
        int most = Params.integer("limit", query.getFirst("limit"), 200, 1, LARGEST_PAGE);
        List<ExecutionView> rows = new ArrayList<>();
        store.list(filter, sort, sort.read(query.getFirst("cursor")), most + 1, rows::add);
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

    private StreamingOutput csv(ExecutionStore.Filter filter, TradeSort sort) {
        return out -> {
            try (var printer = new CSVPrinter(
                    new OutputStreamWriter(out, StandardCharsets.UTF_8),
                    CSVFormat.RFC4180
                            .builder()
                            .setHeader(
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
                                    "identity")
                            .get())) {
                store.list(filter, sort, null, Integer.MAX_VALUE, view -> print(printer, view));
            }
        };
    }

    private static void print(CSVPrinter printer, ExecutionView view) {
        try {
            printer.printRecord(
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Path("/{id}")
    public ExecutionStore.Detail one(@PathParam("id") String id) {
        return store.find(id).orElseThrow(() -> Problem.notFound("no execution " + id));
    }
}

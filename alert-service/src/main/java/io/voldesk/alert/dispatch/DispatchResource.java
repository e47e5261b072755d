package io.voldesk.alert.dispatch;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.admin.Actor;
import io.voldesk.kit.admin.AdminOnly;
import io.voldesk.kit.param.Listing;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Dispatch of firing signals to Slack, and the delivery ledger. */
@Path("/api/alerts")
@RunOnVirtualThread
public class DispatchResource {
    private final Dispatcher dispatcher;
    private final DispatchStore dispatches;
    private final Actor actor;

    public DispatchResource(Dispatcher dispatcher, DispatchStore dispatches, Actor actor) {
        this.dispatcher = dispatcher;
        this.dispatches = dispatches;
        this.actor = actor;
    }

    @POST
    @Path("/dispatch")
    @AdminOnly
    public DispatchAnswer dispatch(@Valid DispatchRequest sent) {
        DispatchRequest request = sent == null ? DispatchRequest.OF_NOTHING : sent;
        request.check();
        return request.real() ? dispatcher.send(request, actor.name()) : dispatcher.dryRun(request, actor.name());
    }

    @GET
    @Path("/dispatches")
    public Listing<Dispatch> dispatches(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("cursor") @Min(0) Long cursor) {
        dispatches.settle();
        List<Dispatch> items = dispatches.before(Listing.before(cursor), limit);
        return new Listing<>(
                items,
                items.size() < limit ? null : String.valueOf(items.getLast().id()));
    }
}

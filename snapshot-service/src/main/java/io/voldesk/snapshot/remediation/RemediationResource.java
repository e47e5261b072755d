package io.voldesk.snapshot.remediation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Listing;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Remediation history, the latest first. */
@Path("/api/snapshots/remediation")
@RunOnVirtualThread
public class RemediationResource {
    @GET
    public Listing<RemediationEvent> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("cursor") @Min(0) Long cursor) {
        List<RemediationEvent> events = RemediationEvent.before(Listing.before(cursor), limit);
        return new Listing<>(events, events.size() < limit ? null : String.valueOf(events.getLast().id));
    }
}

package io.voldesk.snapshot.remediation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Listing;
import io.voldesk.kit.param.Params;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Remediation history, the latest first. */
@Path("/api/snapshots/remediation")
@RunOnVirtualThread
public class RemediationResource {
    @GET
    public Listing<RemediationEvent> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Params.integer("limit", limit, 50, 1, 500);
        List<RemediationEvent> events =
                RemediationEvent.before(Params.sequence("cursor", cursor, Long.MAX_VALUE), most);
        return new Listing<>(events, events.size() < most ? null : String.valueOf(events.getLast().id));
    }
}

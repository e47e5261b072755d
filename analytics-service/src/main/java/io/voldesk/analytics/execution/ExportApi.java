package io.voldesk.analytics.execution;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.voldesk.kit.admin.ServiceAuthority;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The export of execution sync: NDJSON by number of change. */
@RegisterClientHeaders(ServiceAuthority.class)
@RegisterRestClient(configKey = "trade-sync")
@Path("/internal/executions/export")
public interface ExportApi {
    @GET
    byte[] export(@QueryParam("source") String source, @QueryParam("after") long after, @QueryParam("limit") int limit);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("trade-sync-service", response);
    }
}

package io.voldesk.alert.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.voldesk.kit.admin.ServiceAuthority;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The readings of market data that signals are made of; read as trees, since only a few fields matter. */
@RegisterClientHeaders(ServiceAuthority.class)
@RegisterRestClient(configKey = "snapshot")
@Path("/")
public interface SnapshotApi {
    @GET
    @Path("/api/analytics/overview")
    JsonNode overview(@QueryParam("currency") String currency);

    @GET
    @Path("/api/analytics/thresholds")
    JsonNode thresholds(@QueryParam("currency") String currency);

    @GET
    @Path("/api/analytics/gex-levels")
    JsonNode levels(@QueryParam("currency") String currency);

    @GET
    @Path("/internal/market-history")
    JsonNode history(@QueryParam("currency") String currency);

    @GET
    @Path("/api/snapshots/status")
    JsonNode status();

    @GET
    @Path("/api/snapshots/readiness")
    JsonNode readiness();

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("snapshot-service", response);
    }
}

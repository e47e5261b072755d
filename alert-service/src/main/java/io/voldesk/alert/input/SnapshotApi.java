package io.voldesk.alert.input;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.voldesk.kit.admin.ServiceAuthority;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.MarketFigures;
import io.voldesk.model.ServiceStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The readings of snapshot-service that signals are made of. */
@RegisterClientHeaders(ServiceAuthority.class)
@RegisterRestClient(configKey = "snapshot")
@Path("/")
public interface SnapshotApi {
    @GET
    @Path("/api/analytics/overview")
    MarketFigures.Overview overview(@QueryParam("currency") String currency);

    @GET
    @Path("/api/analytics/thresholds")
    MarketFigures.Thresholds thresholds(@QueryParam("currency") String currency);

    @GET
    @Path("/api/analytics/gex-levels")
    MarketFigures.Levels levels(@QueryParam("currency") String currency);

    @GET
    @Path("/internal/market-history")
    MarketFigures.History history(@QueryParam("currency") String currency);

    @GET
    @Path("/api/snapshots/status")
    ServiceStatus.Snapshots status();

    @GET
    @Path("/api/snapshots/readiness")
    ServiceStatus.Densities readiness();

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("snapshot-service", response);
    }
}

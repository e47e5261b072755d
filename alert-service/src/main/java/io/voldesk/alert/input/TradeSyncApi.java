package io.voldesk.alert.input;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.voldesk.kit.admin.ServiceAuthority;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.ServiceStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The card of trade-sync-service. */
@RegisterClientHeaders(ServiceAuthority.class)
@RegisterRestClient(configKey = "trade-sync")
@Path("/api/internal/trades/sync/status")
public interface TradeSyncApi {
    @GET
    ServiceStatus.Sync status();

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("trade-sync-service", response);
    }
}

package io.voldesk.tradesync.sync;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.voldesk.kit.admin.AdminSecret;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.Enrichment;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What execution sync asks of trade analytics. */
@RegisterRestClient(configKey = "analytics")
@Path("/internal/enrichment")
public interface AnalyticsApi {
    @POST
    Enrichment.Summary enrich(@HeaderParam(AdminSecret.HEADER) String secret, Enrichment.Request request);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("analytics", response);
    }
}

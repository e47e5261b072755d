package io.voldesk.analytics.market;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.ModelMarkLookup;
import io.voldesk.model.QuoteLookup;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What trade analytics asks of market data. */
@RegisterRestClient(configKey = "snapshot")
@Path("/internal")
public interface SnapshotApi {
    @POST
    @Path("/market-context")
    MarketContextLookup.Answer marketContext(MarketContextLookup.Request request);

    @POST
    @Path("/quotes/lookup")
    QuoteLookup.Answer quotes(QuoteLookup.Request request);

    @POST
    @Path("/model-marks/lookup")
    ModelMarkLookup.Answer modelMarks(ModelMarkLookup.Request request);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("snapshot-service", response);
    }
}

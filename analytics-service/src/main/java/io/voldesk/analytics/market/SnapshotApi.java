package io.voldesk.analytics.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.voldesk.kit.admin.ServiceAuthority;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.ModelMarkLookup;
import io.voldesk.model.QuoteLookup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What trade analytics asks of market data. */
@RegisterClientHeaders(ServiceAuthority.class)
@RegisterRestClient(configKey = "snapshot")
@Path("/")
public interface SnapshotApi {
    @POST
    @Path("/internal/market-context")
    MarketContextLookup.Answer marketContext(MarketContextLookup.Request request);

    @POST
    @Path("/internal/quotes/lookup")
    QuoteLookup.Answer quotes(QuoteLookup.Request request);

    @POST
    @Path("/internal/model-marks/lookup")
    ModelMarkLookup.Answer modelMarks(ModelMarkLookup.Request request);

    @GET
    @Path("/internal/captures")
    Captures captures(@QueryParam("after") long runId);

    /** The archived raw payload with its hash and time, as market data shows it. */
    @GET
    @Path("/api/snapshots/raw/{id}")
    JsonNode raw(@PathParam("id") long id);

    /** The rows of tables in one hour, with the raw payloads they were read from, as market data shows them. */
    @GET
    @Path("/internal/lineage")
    JsonNode lineage(
            @QueryParam("tables") String tables,
            @QueryParam("currency") String currency,
            @QueryParam("hour") Instant hour);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("snapshot-service", response);
    }
}

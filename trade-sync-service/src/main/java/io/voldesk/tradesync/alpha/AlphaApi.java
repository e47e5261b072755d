package io.voldesk.tradesync.alpha;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.vertx.core.VertxException;
import io.voldesk.kit.vendor.RetryAfterBackoff;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Alpha's one endpoint. The body is taken as bytes: rows are kept exactly as they came. */
@RegisterRestClient(configKey = "alpha")
@Path("/v1/executions")
public interface AlphaApi {
    @GET
    @Retry(
            maxRetries = 4,
            delay = 500,
            maxDuration = 180,
            durationUnit = ChronoUnit.SECONDS,
            retryOn = {
                VendorFailure.Retryable.class,
                ProcessingException.class,
                VertxException.class,
                TimeoutException.class
            })
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(
            requestVolumeThreshold = 40,
            failureRatio = 0.9,
            delay = 5,
            delayUnit = ChronoUnit.SECONDS,
            failOn = {
                VendorFailure.Retryable.class,
                ProcessingException.class,
                VertxException.class,
                TimeoutException.class
            })
    @Timeout(value = 60, unit = ChronoUnit.SECONDS)
    @Bulkhead(16)
    byte[] executions(
            @HeaderParam("Authorization") String bearer,
            @QueryParam("portfolio_names") String portfolioNames,
            @QueryParam("include_pending") boolean includePending,
            @QueryParam("updated_since") String updatedSince,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") String cursor);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("Alpha", response);
    }
}

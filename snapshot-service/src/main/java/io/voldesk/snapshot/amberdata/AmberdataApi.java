package io.voldesk.snapshot.amberdata;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.vertx.core.VertxException;
import io.voldesk.kit.vendor.RetryAfterBackoff;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

/** Any endpoint of Amberdata; answers are taken as bytes so that they can be archived as they came. */
@RegisterRestClient(configKey = "amberdata")
@Path("/")
public interface AmberdataApi {
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
    @Timeout(value = 90, unit = ChronoUnit.SECONDS)
    @Bulkhead(64)
    byte[] get(@Url String url, @HeaderParam("x-api-key") String key, @RestQuery Map<String, String> query);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("Amberdata", response);
    }
}

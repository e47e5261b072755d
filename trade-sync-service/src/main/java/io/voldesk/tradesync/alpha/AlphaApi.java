package io.voldesk.tradesync.alpha;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.vertx.core.VertxException;
import io.voldesk.kit.vendor.RetryAfterBackoff;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

/** Alpha's one endpoint, where and how the {@link FeedProfile} says. The body is taken as bytes: rows are kept exactly as they came. */
@RegisterRestClient(configKey = "alpha")
@RegisterProvider(AlphaKeyHeader.class)
public interface AlphaApi {
    @GET
    @Retry(
            maxRetries = 4,
            delay = 500,
            maxDuration = 3600,
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
    @Timeout(value = 20, unit = ChronoUnit.SECONDS) // as configured
    @Bulkhead(16)
    byte[] executions(@Url String url, @RestQuery Map<String, String> query);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("Alpha", response);
    }
}

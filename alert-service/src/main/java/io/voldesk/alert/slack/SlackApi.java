package io.voldesk.alert.slack;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.voldesk.kit.vendor.RetryAfterBackoff;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Slack's incoming webhook. Retried where Slack said no; never where it may have said yes unheard. */
@RegisterRestClient(configKey = "slack")
@Path("/")
public interface SlackApi {
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Retry(
            maxRetries = 4,
            delay = 1_000,
            maxDuration = 120,
            durationUnit = ChronoUnit.SECONDS,
            retryOn = VendorFailure.Retryable.class)
    @CustomBackoff(RetryAfterBackoff.class)
    String post(@Url String webhook, String body);

    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return VendorFailure.from("Slack", response);
    }
}

package io.voldesk.gateway.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.gateway.route.Route;
import io.voldesk.gateway.route.ServiceUrls;
import io.voldesk.kit.job.JobStatus;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The jobs of all services in one list. */
@Path("/api/jobs")
public class JobsResource {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, URI> services = new TreeMap<>();
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public JobsResource(ServiceUrls urls, ObjectMapper json) {
        this.json = json;
        for (Route.Service service : Route.Service.WITH_JOBS) {
            services.put(service.key(), urls.service().get(service.key()));
        }
    }

    /** A service whose jobs are not in the list, and why. */
    public record Unavailable(String service, String reason) {}

    /**
     * @param items jobs as {@code /api/jobs/{id}} answers them, the newest first
     * @param unavailable whose jobs are missing from it; empty where the list is whole
     */
    public record Jobs(List<JsonNode> items, List<Unavailable> unavailable) {}

    /**
     * @param status any where it is left out
     * @param most how many of all
     */
    @GET
    @RunOnVirtualThread
    public Jobs latest(
            @QueryParam("status") JobStatus status,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int most) {
        String query = "/api/jobs?limit=" + most + (status == null ? "" : "&status=" + status.code());
        List<JsonNode> items = new ArrayList<>();
        List<Unavailable> unavailable = new ArrayList<>();
        services.forEach((service, url) -> {
            try {
                HttpResponse<String> answer = get(url + query);
                if (answer.statusCode() == 200) {
                    json.readTree(answer.body()).path("items").forEach(items::add);
                } else {
                    unavailable.add(new Unavailable(service, "answered " + answer.statusCode()));
                }
            } catch (IOException e) {
                unavailable.add(new Unavailable(service, "does not answer"));
            }
        });
        items.sort(Comparator.comparing((JsonNode job) -> job.path("created_at").asText())
                .reversed());
        return new Jobs(items.stream().limit(most).toList(), unavailable);
    }

    private HttpResponse<String> get(String url) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

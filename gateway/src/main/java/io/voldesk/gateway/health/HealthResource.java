package io.voldesk.gateway.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.gateway.route.ServiceUrls;
import io.voldesk.kit.admin.AdminSecret;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the gateway serves; deep: every service with its version and migration; and the merged API document. */
@Path("/api")
@RunOnVirtualThread
public class HealthResource {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, URI> services;
    private final ObjectMapper json;
    private final String version;
    private final AdminSecret secret;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public HealthResource(
            ServiceUrls services,
            ObjectMapper json,
            AdminSecret secret,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.services = new TreeMap<>(services.service());
        this.json = json;
        this.secret = secret;
        this.version = version;
    }

    public record Health(String status) {}

    /** @param reason null for a service that is up */
    public record ServiceHealth(String service, String status, String version, String migration, String reason) {}

    public record DeepHealth(String status, String version, List<ServiceHealth> services) {}

    @GET
    @Path("/health")
    public Health health() {
        return new Health("ok");
    }

    @GET
    @Path("/health/deep")
    public DeepHealth deep() {
        List<ServiceHealth> all = services.entrySet().stream()
                .map(e -> ask(e.getKey(), e.getValue()))
                .toList();
        boolean up = all.stream().allMatch(s -> s.status().equals("ok"));
        return new DeepHealth(up ? "ok" : "degraded", version, all);
    }

    private ServiceHealth ask(String name, URI url) {
        try {
            HttpResponse<String> ready = get(url + "/internal/health/ready");
            if (ready.statusCode() != 200) {
                return new ServiceHealth(name, "not_ready", null, null, "readiness answered " + ready.statusCode());
            }
            JsonNode about = json.readTree(get(url + "/internal/about").body());
            return new ServiceHealth(
                    name,
                    "ok",
                    about.path("version").asText(),
                    about.path("migration").asText(),
                    null);
        } catch (IOException e) {
            return new ServiceHealth(name, "down", null, null, "does not answer");
        }
    }

    private HttpResponse<String> get(String url) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header(AdminSecret.HEADER, secret.forTheNextService())
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The services' documents in one: their public paths, and their schemas under the service's name. */
    @GET
    @Path("/openapi")
    public JsonNode openapi() {
        ObjectNode merged = json.createObjectNode().put("openapi", "3.1.0");
        merged.putObject("info").put("title", "Voldesk").put("version", version);
        ObjectNode paths = merged.putObject("paths");
        ObjectNode schemas = merged.putObject("components").putObject("schemas");
        List<String> absent = new ArrayList<>();
        services.forEach((name, url) -> {
            try {
                String text = get(url + "/internal/openapi?format=json").body();
                JsonNode document =
                        json.readTree(text.replace("#/components/schemas/", "#/components/schemas/" + name + "."));
                document.path("paths").properties().forEach(path -> {
                    if (path.getKey().startsWith("/api/")) {
                        paths.set(path.getKey(), path.getValue());
                    }
                });
                document.path("components")
                        .path("schemas")
                        .properties()
                        .forEach(schema -> schemas.set(name + "." + schema.getKey(), schema.getValue()));
            } catch (IOException e) {
                absent.add(name);
            }
        });
        if (!absent.isEmpty()) {
            ((ObjectNode) merged.path("info")).put("description", "not reachable now: " + String.join(", ", absent));
        }
        return merged;
    }
}

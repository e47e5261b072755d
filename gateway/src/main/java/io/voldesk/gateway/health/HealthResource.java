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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Whether the gateway serves; deep: every service with its version and migration; and the merged API document. */
@Path("/api")
@RunOnVirtualThread
public class HealthResource {
    private static final String SCHEMAS = "#/components/schemas/";
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
    public record ServiceHealth(
            String service,
            String status,
            @Nullable String version,
            @Nullable String migration,
            @Nullable String reason) {}

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

    /**
     * The services' documents and the gateway's own in one: their public paths, and their schemas under the service's name. A path
     * that services have too is the gateway's.
     */
    @GET
    @Path("/openapi")
    public JsonNode openapi() {
        ObjectNode merged = json.createObjectNode().put("openapi", "3.1.0");
        merged.putObject("info").put("title", "Voldesk").put("version", version);
        merged.putObject("paths");
        merged.putObject("components").putObject("schemas");
        List<String> absent = new ArrayList<>();
        services.forEach((name, url) -> {
            try {
                merge(merged, name, get(url + "/internal/openapi?format=json").body());
            } catch (IOException e) {
                absent.add(name);
            }
        });
        try {
            merge(merged, "gateway", own());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!absent.isEmpty()) {
            ((ObjectNode) merged.path("info")).put("description", "not reachable now: " + String.join(", ", absent));
        }
        return merged;
    }

    private void merge(ObjectNode merged, String name, String text) throws IOException {
        JsonNode document = json.readTree(text.replace(SCHEMAS, SCHEMAS + name + "."));
        document.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .forEach(path -> ((ObjectNode) merged.path("paths")).set(path.getKey(), path.getValue()));
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> ((ObjectNode) merged.path("components").path("schemas"))
                        .set(name + "." + schema.getKey(), schema.getValue()));
    }

    /** As the build has written it, for this process as well. */
    private static String own() throws IOException {
        try (InputStream in = Thread.currentThread()
                .getContextClassLoader()
                .getResourceAsStream("META-INF/quarkus-generated-openapi-doc.JSON")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

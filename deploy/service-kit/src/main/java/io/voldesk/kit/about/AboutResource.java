package io.voldesk.kit.about;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which service this is, in which version, on which migration of its schema. */
@Path("/internal/about")
@RunOnVirtualThread
public class AboutResource {
    private final String name;
    private final String version;
    private final Jdbi jdbi;

    public AboutResource(
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version,
            Jdbi jdbi) {
        this.name = name;
        this.version = version;
        this.jdbi = jdbi;
    }

    public record About(
            String service, String version, @Nullable String migration) {}

    @GET
    public About about() {
        String migration = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select version || ' ' || description from flyway_schema_history
                        where success order by installed_rank desc limit 1""").mapTo(String.class).findOne().orElse("none"));
        return new About(name, version, migration);
    }
}

package io.voldesk.kit.schema;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Brings the kit's tables of a schema up to date, in a history beside the service's own and after it: the two are numbered apart, so
 * that neither has to wait for a number of the other. The files are named here: a native image has no class path to look through.
 */
@Singleton
public class KitMigrations {
    /** Before whatever works on the tables. */
    public static final int FIRST = 100;

    private static final String HISTORY = "flyway_kit_history";
    private static final List<LoadableResource> FILES = List.of(new Migration("V1__locks_jobs_and_schedules.sql"));

    private final DataSource dataSource;
    private final String schema;

    public KitMigrations(DataSource dataSource, @ConfigProperty(name = "quarkus.flyway.default-schema") String schema) {
        this.dataSource = dataSource;
        this.schema = schema;
    }

    void atStart(@Observes @Priority(FIRST) StartupEvent started) {
        migrate();
    }

    public void migrate() {
        Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema(schema)
                .table(HISTORY)
                .createSchemas(false)
                // the schema is not empty: the service's own history has been here
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(new Files())
                .javaMigrationClassProvider(List::of)
                .load()
                .migrate();
    }

    private static final class Files implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return FILES.stream()
                    .filter(file -> file.getRelativePath().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return FILES.stream()
                    .filter(file -> file.getFilename().startsWith(prefix)
                            && Arrays.stream(suffixes).anyMatch(file.getFilename()::endsWith))
                    .toList();
        }
    }

    private static final class Migration extends LoadableResource {
        private final String name;

        Migration(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream file = KitMigrations.class.getResourceAsStream("/" + getAbsolutePath());
            if (file == null) {
                throw new UncheckedIOException(new IOException("no migration " + name));
            }
            return new InputStreamReader(file, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return "db/kit/" + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}

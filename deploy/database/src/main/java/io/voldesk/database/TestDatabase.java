package io.voldesk.database;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real, empty PostgreSQL for the tests of one service: a container where an engine answers, embedded binaries
 * otherwise. Give {@code service} (for example {@code trade_sync}) as init argument, and {@code dump}, a resource of SQL, where the
 * service's schema is not to be empty.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
    /** Half an hour off the hours of UTC, and on another date for a part of the day: what leans on the server's zone shows. */
    private static final String ZONE = "Asia/Kolkata";

    private static final Map<String, String> PASSWORDS =
            SchemaAndRoles.SERVICES.stream().collect(Collectors.toMap(s -> s, s -> s + "-test"));

    private String service;
    private String dump;
    private AutoCloseable server;

    @Override
    public void init(Map<String, String> arguments) {
        service = arguments.get("service");
        dump = arguments.get("dump");
    }

    @Override
    public Map<String, String> start() {
        try {
            PGSimpleDataSource superuser =
                    DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
            SchemaAndRoles.create(superuser, PASSWORDS);
            if (dump != null) {
                load(superuser.getUrl());
            }
            Map<String, String> settings = new HashMap<>();
            settings.put("quarkus.datasource.jdbc.url", superuser.getUrl());
            settings.put("quarkus.datasource.username", service);
            settings.put("quarkus.datasource.password", PASSWORDS.get(service));
            return settings;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("no test database", e);
        }
    }

    /** Sends text as it is: the driver itself parts no function bodies. */
    private static PGSimpleDataSource dumpLoader(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return source;
    }

    private void load(String url) throws IOException, SQLException {
        try (InputStream sql = Thread.currentThread().getContextClassLoader().getResourceAsStream(dump);
                Connection connection = dumpLoader(url).getConnection(service, PASSWORDS.get(service));
                Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @SuppressWarnings("resource") // closed by stop()
    private PGSimpleDataSource container() {
        var container = new PostgreSQLContainer("postgres:18-alpine");
        container.setCommand("postgres", "-c", "timezone=" + ZONE);
        container.start();
        server = container;
        var source = new PGSimpleDataSource();
        source.setUrl(container.getJdbcUrl());
        source.setUser(container.getUsername());
        source.setPassword(container.getPassword());
        return source;
    }

    private PGSimpleDataSource embedded() throws IOException {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.builder().setServerConfig("timezone", ZONE).start();
        server = postgres;
        var source = new PGSimpleDataSource();
        source.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        source.setUser("postgres");
        return source;
    }

    @Override
    public void stop() {
        if (server != null) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("the test database did not stop", e);
            }
        }
    }
}

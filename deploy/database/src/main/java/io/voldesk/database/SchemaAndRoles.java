package io.voldesk.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The bootstrap every database of Voldesk starts from, whoever runs it. */
public final class SchemaAndRoles {
    public static final List<String> SERVICES = List.of("trade_sync", "analytics", "snapshot", "alert", "gateway");

    private SchemaAndRoles() {}

    /**
     * Creates schemas and roles.
     *
     * @param superuser a connection that may create roles
     * @param passwords one per name in {@link #SERVICES}
     */
    public static void create(DataSource superuser, Map<String, String> passwords) throws SQLException {
        String sql = script();
        for (String service : SERVICES) {
            sql = sql.replace(
                    "${" + service + "_password}", passwords.get(service).replace("'", "''"));
        }
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script() {
        try (InputStream in = SchemaAndRoles.class.getResourceAsStream("schema-and-roles.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.voldesk.kit.db;

import io.voldesk.kit.lock.RunLock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** What the set-based SQL of a service runs on. */
@Singleton
public class Database {
    @Produces
    @Singleton
    public Jdbi jdbi(DataSource dataSource) {
        return Jdbi.create(dataSource).registerArrayType(String.class, "text");
    }

    @Produces
    @Singleton
    public RunLock runLock(DataSource dataSource) {
        return new RunLock(dataSource);
    }
}

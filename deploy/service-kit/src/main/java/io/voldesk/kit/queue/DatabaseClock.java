package io.voldesk.kit.queue;

import com.github.kagkarlsson.scheduler.Clock;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/**
 * The time of PostgreSQL, which all instances share: whether a runner has fallen silent is judged by it alone.
 *
 * <p>Each reading asks. An offset to the own clock would be wrong from the moment that clock is set, and after every pause of the
 * machine, which is just when it matters; and a reading costs a tenth of a millisecond, a few times a second.
 */
@Singleton
public class DatabaseClock implements Clock {
    private final DataSource dataSource;

    public DatabaseClock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @throws IllegalStateException where the database does not answer */
    @Override
    public Instant now() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement ask = connection.prepareStatement("select clock_timestamp()");
                ResultSet row = ask.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not tell the time", e);
        }
    }
}

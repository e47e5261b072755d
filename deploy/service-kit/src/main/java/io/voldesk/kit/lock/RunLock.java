package io.voldesk.kit.lock;

import io.voldesk.kit.problem.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One run at a time per key, across all instances: a PostgreSQL session advisory lock, with the holder's name kept in
 * {@code run_lock_holder} for whoever is turned away. A killed holder's lock ends with its connection.
 */
public final class RunLock {
    private final DataSource dataSource;

    public RunLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A held lock; closing it lets the next run in. */
    public static final class Held implements AutoCloseable {
        private final Connection connection;
        private final String key;

        private Held(Connection connection, String key) {
            this.connection = connection;
            this.key = key;
        }

        /** The session that holds it, for what is to be held with it. */
        Connection connection() {
            return connection;
        }

        @Override
        public void close() {
            try (connection;
                    PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock_all()")) {
                unlock.execute();
            } catch (SQLException e) {
                throw new IllegalStateException("could not release lock " + key, e);
            }
        }
    }

    /**
     * Takes the lock or answers 409 at once.
     *
     * @throws Problem 409 with who holds it and since when
     */
    public Held take(String key, String holder) {
        return taken(key, holder, true);
    }

    /** Takes the lock; empty where another run holds it. */
    public Optional<Held> takeIfFree(String key, String holder) {
        return Optional.ofNullable(taken(key, holder, false));
    }

    /** A session that holds nothing yet. */
    Held session() {
        try {
            return new Held(dataSource.getConnection(), "of a run");
        } catch (SQLException e) {
            throw new IllegalStateException("no database connection could be had", e);
        }
    }

    private Held taken(String key, String holder, boolean orRefuse) {
        Connection connection = null;
        try {
            connection = dataSource.getConnection();
            if (!tryLock(connection, key)) {
                if (orRefuse) {
                    throw heldByAnother(connection, key);
                }
                return null;
            }
            try (PreparedStatement note = connection.prepareStatement("""
                    insert into run_lock_holder (lock_key, holder, since) values (?, ?, clock_timestamp())
                    on conflict (lock_key) do update set holder = excluded.holder, since = excluded.since""")) {
                note.setString(1, key);
                note.setString(2, holder);
                note.executeUpdate();
            }
            Held held = new Held(connection, key);
            connection = null;
            return held;
        } catch (SQLException e) {
            throw new IllegalStateException("could not take lock " + key, e);
        } finally {
            closeQuietly(connection);
        }
    }

    private static boolean tryLock(Connection connection, String key) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            lock.setString(1, key);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static Problem heldByAnother(Connection connection, String key) throws SQLException {
        try (PreparedStatement who =
                connection.prepareStatement("select holder, since from run_lock_holder where lock_key = ?")) {
            who.setString(1, key);
            try (ResultSet row = who.executeQuery()) {
                return row.next()
                        ? Problem.held(
                                key, row.getString(1), row.getTimestamp(2).toInstant())
                        : Problem.held(key, "another run", "just now");
            }
        }
    }

    private static void closeQuietly(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // the pool discards a connection that cannot be closed, and its lock with it
            }
        }
    }
}

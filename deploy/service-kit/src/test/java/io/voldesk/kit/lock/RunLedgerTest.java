package io.voldesk.kit.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.voldesk.database.TestDatabase;
import io.voldesk.kit.schema.KitMigrations;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two instances look at one ledger. */
class RunLedgerTest {
    private static final TestDatabase DATABASE = new TestDatabase();
    private static final ToLongFunction<Handle> LINE =
            handle -> handle.createQuery("insert into walk (status) values ('running') returning id")
                    .mapTo(Long.class)
                    .one();

    private static Jdbi jdbi;
    private static RunLock locks;
    private static RunLedger one;
    private static RunLedger other;

    @BeforeAll
    static void database() {
        DATABASE.init(Map.of("service", "trade_sync"));
        Map<String, String> settings = DATABASE.start();
        var source = new PGSimpleDataSource();
        source.setUrl(settings.get("quarkus.datasource.jdbc.url"));
        source.setUser(settings.get("quarkus.datasource.username"));
        source.setPassword(settings.get("quarkus.datasource.password"));
        new KitMigrations(source, "trade_sync").migrate();
        jdbi = Jdbi.create(source);
        jdbi.useHandle(
                handle -> handle.execute(
                        "create table walk (id bigint generated always as identity, status text, finished_at timestamptz, error text)"));
        locks = new RunLock(source);
        one = ledger(source);
        other = ledger(source);
    }

    private static RunLedger ledger(PGSimpleDataSource source) {
        return new RunLedger(
                Jdbi.create(source), new RunLock(source), "walk", "running", "status = 'abandoned', error = 'it died'");
    }

    @AfterAll
    static void noDatabase() {
        DATABASE.stop();
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("truncate walk"));
    }

    private static List<String> statuses() {
        return jdbi.withHandle(handle -> handle.createQuery("select status from walk order by id")
                .mapTo(String.class)
                .list());
    }

    @Test
    void aRunThatIsOnIsNobodysToAbandon() {
        try (var held = locks.take("walk", "ann");
                var preview = one.enter(LINE)) {
            one.enter(held, LINE);
            other.settle();
            one.settle();
            assertEquals(List.of("running", "running"), statuses());
            jdbi.useHandle(handle -> handle.execute("update walk set status = 'ok' where id = ?", preview.id()));
        }
        other.settle();
        assertEquals(List.of("ok", "abandoned"), statuses());
    }

    /** The service lives on, and could not say how its run ended. */
    @Test
    void aRunWhoseSessionTheDatabaseLostIsSettledByWhoeverLooksNext() {
        try (var _ = one.enter(LINE)) {
            jdbi.useHandle(handle -> handle.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where usename = current_user and pid <> pg_backend_pid()"""));
            long until = System.nanoTime() + 10_000_000_000L;
            while (statuses().equals(List.of("running")) && System.nanoTime() < until) {
                other.settle();
            }
        } catch (IllegalStateException sessionIsGone) {
            assertEquals("could not release lock of a run", sessionIsGone.getMessage());
        }
        assertEquals(List.of("abandoned"), statuses());
    }

    @Test
    void aRunThatCouldNotBeEnteredLeavesNeitherLineNorLock() {
        ToLongFunction<Handle> broken = handle -> {
            throw new IllegalStateException("line " + LINE.applyAsLong(handle) + " is broken");
        };
        try (var held = locks.take("walk", "ann")) {
            assertThrows(IllegalStateException.class, () -> one.enter(held, broken));
            assertThrows(IllegalStateException.class, () -> one.enter(broken));
            assertEquals(List.of(), statuses());
            one.enter(held, LINE);
        }
        try (var _ = locks.take("walk", "the next")) {
            other.settle();
            assertEquals(List.of("abandoned"), statuses());
        }
    }
}

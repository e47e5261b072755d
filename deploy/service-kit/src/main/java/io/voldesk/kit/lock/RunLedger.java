package io.voldesk.kit.lock;

import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A table of runs with {@code id, status} and {@code finished_at}. Each line is locked by the session of its run for as long as that
 * lives, so a line that says it runs while its lock is free is of a run that died, with its instance or with the database; whoever
 * looks at the ledger next calls it so. Nobody judges by the clock or by a start of his own.
 */
public final class RunLedger {
    private final Jdbi jdbi;
    private final RunLock locks;
    private final String table;
    private final String died;

    /**
     * @param running the status of a line whose run is on
     * @param assignments SQL for the line of a run that died, for example {@code status = 'abandoned'}
     */
    public RunLedger(Jdbi jdbi, RunLock locks, String table, String running, String assignments) {
        this.jdbi = jdbi;
        this.locks = locks;
        this.table = table;
        this.died = """
                with open as materialized (select id from %1$s where status = '%2$s')
                update %1$s t set finished_at = now(), %3$s from open
                where t.id = open.id and t.status = '%2$s'
                  and pg_try_advisory_xact_lock(hashtextextended('%1$s:' || open.id, 0))""".formatted(table, running, assignments);
    }

    /** A run in the ledger; closing it lets go of its line. */
    public record Entered(long id, RunLock.Held session) implements AutoCloseable {
        @Override
        public void close() {
            session.close();
        }
    }

    /** Enters a run that holds no lock of its own. */
    public Entered enter(ToLongFunction<Handle> insert) {
        RunLock.Held session = locks.session();
        try {
            return new Entered(enter(session, insert), session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Enters a run into the ledger, by the session of the lock it holds anyway.
     *
     * @param insert adds the line, and answers its id
     */
    public long enter(RunLock.Held session, ToLongFunction<Handle> insert) {
        settle();
        // nobody sees the line before it is locked
        return Jdbi.create(session.connection()).inTransaction(handle -> {
            long id = insert.applyAsLong(handle);
            handle.createQuery("select pg_try_advisory_lock(hashtextextended(:line, 0))")
                    .bind("line", table + ":" + id)
                    .mapTo(Boolean.class)
                    .one();
            return id;
        });
    }

    /** Closes the lines of runs that died. */
    public void settle() {
        // in a session of its own, whatever the caller's thread has open
        try (Handle session = jdbi.open()) {
            session.useTransaction(handle -> handle.execute(died));
        }
    }
}

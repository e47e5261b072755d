package io.voldesk.kit.db;

import io.voldesk.kit.problem.Problem;
import java.sql.SQLException;
import java.util.Optional;

/** Tells the database's own troubles, which pass or need an operator, from faults of ours. */
public final class DatabaseTrouble {
    private DatabaseTrouble() {}

    /** 503 in words for the operator, where the failure is the database's; the SQL state is named, no SQL and no value. */
    public static Optional<Problem> of(Throwable failure) {
        return words(failure)
                .map(words -> Problem.unavailable(words + "; nothing of this run was kept, it can be run again"));
    }

    /** The same in words alone, for whoever kept a part of the work. */
    public static Optional<String> words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return words(sql);
            }
        }
        return Optional.empty();
    }

    /** By the class of the SQL state (PostgreSQL's appendix A); empty for errors that a statement of ours has earned. */
    private static Optional<String> words(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return Optional.of("no database connection could be had");
        }
        String words = switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> "the database connection was lost";
            case "40" -> "the database broke off competing transactions";
            case "53" -> "the database is out of a resource (disk, memory or connections)";
            case "55" -> "the database could not take a lock";
            case "57" -> "the database broke off the work (restart, time-out or cancellation)";
            case "58" -> "the database met an error of its system";
            default -> null;
        };
        return Optional.ofNullable(words).map(w -> w + " (SQL state " + state + ")");
    }
}

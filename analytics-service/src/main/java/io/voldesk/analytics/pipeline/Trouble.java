package io.voldesk.analytics.pipeline;

import io.voldesk.analytics.market.MarketData;
import io.voldesk.kit.db.DatabaseTrouble;
import java.sql.SQLException;

/** What went wrong with a step, in words that anybody may read: no statement, no value, no address. */
public final class Trouble {
    /** Begins what is said of rows that a vendor failed for, after their number. */
    static final String VENDOR_FAILED = "the vendor failed";

    private Trouble() {}

    public static String words(RuntimeException failure) {
        if (failure instanceof MarketData.Unreachable) {
            return failure.getMessage();
        }
        return DatabaseTrouble.words(failure)
                .map(words -> words + "; what was stored before stands")
                .orElseGet(() -> "internal error: " + kind(failure));
    }

    /** A statement of ours that the database refused is told by its SQL state, anything else by its class. */
    private static String kind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return "the database refused a statement (SQL state " + sql.getSQLState() + ")";
            }
        }
        return failure.getClass().getSimpleName();
    }

    /** @param what the rows are, in the plural */
    public static String vendorFailed(long rows, String what) {
        return VENDOR_FAILED + " for " + rows + " " + what + "; they are pending and will be asked for again";
    }
}

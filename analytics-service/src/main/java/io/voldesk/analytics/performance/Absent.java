package io.voldesk.analytics.performance;

/** The state and reason that stand in for a row that is not there. */
record Absent(String state, String reason) {
    static final Absent NOT_BACKFILLED = new Absent("missing", "not_backfilled");
    private static final Absent NOT_MATURED = new Absent("pending", "horizon_not_matured");

    /** @param ahead whether the horizon lies ahead */
    static Absent mark(boolean ahead) {
        return ahead ? NOT_MATURED : NOT_BACKFILLED;
    }
}

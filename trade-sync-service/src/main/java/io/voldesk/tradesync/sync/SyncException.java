package io.voldesk.tradesync.sync;

/**
 * Something in a run that a sync does not mend, and that an operator has to accept by its name before a real run may stand on it.
 *
 * @param name the trade id; {@code row:PAGE/POSITION} of a row without one; {@code portfolio:NAME}
 * @param kind {@code rejected, from_future, unmatched_local, cached_version_is_later, portfolio}
 */
public record SyncException(String name, String kind, String reason) {
    static final int MOST_LISTED = 10_000;
}

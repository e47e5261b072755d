package io.voldesk.tradesync.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * Something in a run that a sync does not mend, and that an operator has to accept by its name before a real run may stand on it.
 *
 * @param name the trade id; {@code row:PAGE/POSITION} of a row without one; {@code portfolio:NAME}
 * @param kind {@code rejected, from_future, unmatched_local, cached_version_is_later, portfolio}
 */
public record SyncException(String name, String kind, String reason) {
    static final int MOST_LISTED = 10_000;

    /**
     * What a run has met.
     *
     * @param listed {@link #MOST_LISTED} at most
     * @param count how many there are; those that are not listed can be accepted by nobody
     */
    record Met(List<SyncException> listed, long count) {
        boolean listedInFull() {
            return count == listed.size();
        }

        static Met all(List<Met> parts) {
            List<SyncException> listed = new ArrayList<>();
            for (Met part : parts) {
                listed.addAll(part.listed.subList(0, Math.min(part.listed.size(), MOST_LISTED - listed.size())));
            }
            return new Met(listed, parts.stream().mapToLong(Met::count).sum());
        }
    }
}

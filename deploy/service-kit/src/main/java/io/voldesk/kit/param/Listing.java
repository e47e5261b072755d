package io.voldesk.kit.param;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor leads to the next page; null on the last
 */
public record Listing<T>(List<T> items, @Nullable String nextCursor) {
    /** The id before which a page of a list that runs back from the latest begins; all of it without a cursor. */
    public static long before(Long cursor) {
        return cursor == null ? Long.MAX_VALUE : cursor;
    }
}

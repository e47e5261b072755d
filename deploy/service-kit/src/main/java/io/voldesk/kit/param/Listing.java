package io.voldesk.kit.param;

import java.util.List;

/**
 * A page of a list.
 *
 * @param nextCursor leads to the next page; null on the last
 */
public record Listing<T>(List<T> items, String nextCursor) {}

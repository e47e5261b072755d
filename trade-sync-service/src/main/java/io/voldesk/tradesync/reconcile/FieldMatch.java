package io.voldesk.tradesync.reconcile;

/**
 * How often a field is the same at the source and in the cache.
 *
 * @param compared executions that are in both
 * @param rate matched ÷ compared; null where nothing was compared
 */
public record FieldMatch(String field, long compared, long matched, Double rate) {}

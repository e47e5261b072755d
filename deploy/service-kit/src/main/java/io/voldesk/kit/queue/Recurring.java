package io.voldesk.kit.queue;

/**
 * Work that recurs, once over all instances: its next time stands in the database. A time that passes while no instance is up is made
 * good at the next start; a run whose instance falls silent is run again by another, so it must be safe to repeat.
 */
public interface Recurring {
    /** Its name in the queue. */
    String name();

    Recurrence when();

    void recur();
}

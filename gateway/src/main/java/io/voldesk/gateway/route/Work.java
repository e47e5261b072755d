package io.voldesk.gateway.route;

import java.util.Locale;

/** What kind of work a request is: how long it may take, what it costs and how many may run at once stand in the settings. */
public enum Work {
    /** An answer of seconds. */
    READ,
    /** An answer drawn from a range of days, or from many services. */
    RANGE,
    /** A stream of rows. */
    EXPORT,
    /** A stream of events, silent for as long as nothing happens. */
    EVENTS,
    /** A change that is made at once. */
    WRITE,
    /** A run whose caller waits for its end. */
    RUN;

    public boolean isStream() {
        return this == EXPORT || this == EVENTS;
    }

    /** As the settings name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.voldesk.snapshot.amberdata;

/** Amberdata could not be reached, or answered with something that is no answer of its. */
public final class AmberdataUnreadable extends RuntimeException {
    public AmberdataUnreadable(String message, Throwable why) {
        super(message, why);
    }
}

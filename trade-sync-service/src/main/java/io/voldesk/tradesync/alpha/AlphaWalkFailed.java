package io.voldesk.tradesync.alpha;

/** A walk through Alpha's pages could not be finished; nothing of it may be kept. The message is fit for the operator. */
public final class AlphaWalkFailed extends RuntimeException {
    /** How the message begins where Alpha refuses the key: nothing but a change of configuration helps. */
    public static final String CONFIGURATION_ERROR = "configuration error: ";

    public AlphaWalkFailed(String message) {
        super(message);
    }

    public AlphaWalkFailed(String message, Throwable why) {
        super(message, why);
    }
}

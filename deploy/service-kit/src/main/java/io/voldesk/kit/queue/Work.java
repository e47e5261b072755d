package io.voldesk.kit.queue;

/** What a queue does with the pieces of one task. Every end it comes to, it writes itself, under the claim. */
public interface Work {
    /** The task's name in the queue. */
    String task();

    /**
     * Does a piece, and ends it or puts it back.
     *
     * @param claim this runner's; what is thrown counts as a failure
     */
    void run(Claim claim);

    /** A piece broke off: {@link #run} threw, or its runner fell silent. It is to be put back or ended. */
    void brokenOff(Claim claim, Throwable why);

    /** The instance stops before the piece came to an end: it is to be put back at once. */
    void giveBack(Claim claim);
}

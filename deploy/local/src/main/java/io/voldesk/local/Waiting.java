package io.voldesk.local;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Says every so often what is still awaited and for how long, until it is closed. */
final class Waiting implements AutoCloseable {
    private final Thread voice;

    /** @param state how what is awaited stands, asked at each telling */
    Waiting(String what, Supplier<String> state, Duration every, Consumer<String> say) {
        voice = Thread.ofVirtual().start(() -> {
            try {
                for (long times = 1; ; times++) {
                    Thread.sleep(every);
                    say.accept("still waiting for " + what + ", "
                            + every.multipliedBy(times).toSeconds() + " s so far (" + state.get() + "); Ctrl-C stops");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        voice.interrupt();
    }
}

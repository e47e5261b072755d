package io.voldesk.local;

import java.time.Duration;
import java.util.function.Consumer;

/** Says every so often what is still awaited and for how long, until it is closed. */
final class Waiting implements AutoCloseable {
    private final Thread voice;

    Waiting(String what, Duration every, Consumer<String> say) {
        voice = Thread.ofVirtual().start(() -> {
            try {
                for (long times = 1; ; times++) {
                    Thread.sleep(every);
                    say.accept("still waiting for " + what + ", "
                            + every.multipliedBy(times).toSeconds() + " s so far; Ctrl-C stops");
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

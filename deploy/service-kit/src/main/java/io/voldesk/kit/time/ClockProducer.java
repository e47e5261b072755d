package io.voldesk.kit.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one clock of a service: UTC, replaceable in tests. */
@Singleton
public class ClockProducer {
    @Produces
    @Singleton
    public Clock clock() {
        return Clock.systemUTC();
    }
}

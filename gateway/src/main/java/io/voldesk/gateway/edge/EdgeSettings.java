package io.voldesk.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Map;

/** What the edge allows. */
@ConfigMapping(prefix = "voldesk.edge")
public interface EdgeSettings {
    /** How long a request's head may take. */
    Duration headTime();

    /** How long a connection is kept on which nothing is asked. */
    Duration idleTime();

    /**
     * How many proxies of ours stand in front: as many entries from the right of {@code X-Forwarded-For} are believed, and
     * {@code X-Forwarded-Proto}. With 0 neither is.
     */
    int proxies();

    /** Whether requests are counted at all. */
    @WithName("limits")
    boolean limited();

    /** By {@link io.voldesk.gateway.route.Work#key()}. */
    Map<String, Allowance> work();

    /** By {@link Door#key()}. */
    Map<String, Rate> door();

    interface Allowance {
        /** The longest silence: until an answer begins, and within one. */
        Duration time();

        /** What a request takes of its client's allowance. */
        long cost();

        /** How many may run at once, of all clients. */
        int atOnce();
    }

    /** What one client may spend. */
    interface Rate {
        long perMinute();

        /** What it may have saved up. */
        long burst();
    }
}

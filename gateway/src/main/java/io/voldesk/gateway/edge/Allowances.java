package io.voldesk.gateway.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.vertx.core.http.HttpServerRequest;
import io.voldesk.gateway.route.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much a client may ask, and how much may run at once. Counted in this process: of two gateways each gives its own allowance,
 * so that a client who is spread over both has up to twice of it.
 */
@ApplicationScoped
public class Allowances {
    private static final long MOST_CLIENTS = 50_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final EdgeSettings settings;
    private final Forwarding forwarding;
    private final Map<Work, Semaphore> running = new EnumMap<>(Work.class);
    private final Map<Door, Cache<String, Bucket>> clients = new EnumMap<>(Door.class);

    public Allowances(EdgeSettings settings, Forwarding forwarding) {
        this.settings = settings;
        this.forwarding = forwarding;
        for (Work work : Work.values()) {
            running.put(work, new Semaphore(of(work).atOnce()));
        }
        for (Door door : Door.values()) {
            clients.put(
                    door,
                    Caffeine.newBuilder()
                            .maximumSize(MOST_CLIENTS)
                            .expireAfterAccess(FORGOTTEN_AFTER)
                            .build());
        }
    }

    /** Why a request is not taken now, and after how many seconds it may be asked again. */
    record Refusal(int status, String title, String detail, long retryAfterSeconds) {}

    EdgeSettings.Allowance of(Work work) {
        return settings.work().get(work.key());
    }

    /** Takes the cost of a request from its client's allowance. */
    Optional<Refusal> spend(HttpServerRequest request, Door door, Work work) {
        if (!settings.limited()) {
            return Optional.empty();
        }
        Bucket bucket = clients.get(door).get(forwarding.client(request), client -> full(door));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(of(work).cost());
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill() + 999_999_999));
        return Optional.of(new Refusal(
                429, "Too many requests", "more was asked than one client may, wait " + seconds + " s", seconds));
    }

    private Bucket full(Door door) {
        EdgeSettings.Rate rate = settings.door().get(door.key());
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perMinute(), Duration.ofMinutes(1)))
                .build();
    }

    /** Takes one of the places there are for this kind of work; {@link #leave} gives it back. */
    Optional<Refusal> enter(Work work) {
        return running.get(work).tryAcquire()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        503, "Service unavailable", "as many such requests run already as may run at once", 1));
    }

    void leave(Work work) {
        running.get(work).release();
    }
}

package io.voldesk.alert.signal;

import io.quarkus.scheduler.Scheduled;
import io.voldesk.alert.input.Inputs;
import io.voldesk.alert.input.Peers;
import io.voldesk.alert.rule.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The entry to signals: asks the services, applies the rules, and brings the signals up to date. */
@ApplicationScoped
public class Evaluation {
    private final Peers peers;
    private final Rules rules;
    private final SignalStore store;
    private final Clock clock;

    public Evaluation(Peers peers, Rules rules, SignalStore store, Clock clock) {
        this.peers = peers;
        this.rules = rules;
        this.store = store;
        this.clock = clock;
    }

    /** Off unless ALERT_CRON is set. */
    @Scheduled(
            cron = "{voldesk.alert.cron}",
            timeZone = "UTC",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void scheduled() {
        refresh();
    }

    /** Evaluates every rule. Rules whose service gives no answer have no data, and a data-quality signal says so. */
    public List<Signal> refresh() {
        Inputs inputs = peers.ask();
        Instant now = clock.instant();
        Set<String> firing = store.firing().stream().map(Signal::fingerprint).collect(Collectors.toSet());
        store.apply(rules.find(inputs, firing, now), now);
        return store.firing();
    }
}

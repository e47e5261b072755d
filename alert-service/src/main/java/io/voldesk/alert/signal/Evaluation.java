package io.voldesk.alert.signal;

import io.voldesk.alert.input.Inputs;
import io.voldesk.alert.input.Peers;
import io.voldesk.alert.rule.AlertSettings;
import io.voldesk.alert.rule.Rules;
import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The entry to signals: asks the services, applies the rules, and brings the signals up to date. */
@ApplicationScoped
public class Evaluation implements Recurring {
    private final Peers peers;
    private final Rules rules;
    private final SignalStore store;
    private final AlertSettings settings;
    private final Clock clock;

    public Evaluation(Peers peers, Rules rules, SignalStore store, AlertSettings settings, Clock clock) {
        this.peers = peers;
        this.rules = rules;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "signal_evaluation";
    }

    /** Off unless ALERT_CRON is set. */
    @Override
    public Recurrence when() {
        return Recurrence.cron(settings.cron());
    }

    @Override
    public void recur() {
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

package io.voldesk.alert.signal;

import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The entry to signals: asks the services, applies the rules, and brings the standing signals up to date. */
@ApplicationScoped
public class SignalEvaluation implements Recurring {
    private static final List<String> CURRENCIES = List.of("BTC", "ETH", "SOL");

    private final SnapshotApi snapshot;
    private final TradeSyncApi tradeSync;
    private final AnalyticsApi analytics;
    private final SignalStore store;
    private final Duration overdueAfter;
    private final String cron;
    private final Clock clock;

    public SignalEvaluation(
            @RestClient SnapshotApi snapshot,
            @RestClient TradeSyncApi tradeSync,
            @RestClient AnalyticsApi analytics,
            SignalStore store,
            @ConfigProperty(name = "voldesk.alert.sync-overdue-after") Duration overdueAfter,
            @ConfigProperty(name = "voldesk.alert.cron") String cron,
            Clock clock) {
        this.snapshot = snapshot;
        this.tradeSync = tradeSync;
        this.analytics = analytics;
        this.store = store;
        this.overdueAfter = overdueAfter;
        this.cron = cron;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "signal_evaluation";
    }

    /** Off unless ALERT_CRON is set. */
    @Override
    public Recurrence when() {
        return Recurrence.cron(cron);
    }

    @Override
    public void recur() {
        refresh();
    }

    /** Evaluates every rule. A service that does not answer makes its rules blind, and a data-quality signal says so. */
    public List<StandingSignal> refresh() {
        Instant now = clock.instant();
        Set<String> standing =
                store.standing().stream().map(StandingSignal::fingerprint).collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        for (String currency : CURRENCIES) {
            Judge judge = new Judge(currency, standing, now);
            guarded(findings, "market_" + currency, () -> {
                History history = new History(snapshot.history(currency));
                new GammaRules(judge).flipCrossed(history);
                new VolRules(judge).overview(snapshot.overview(currency), history);
            });
            guarded(
                    findings,
                    "thresholds_" + currency,
                    () -> new ExtremeRules(judge).thresholds(snapshot.thresholds(currency)));
            guarded(findings, "levels_" + currency, () -> new GammaRules(judge).levels(snapshot.levels(currency)));
            findings.addAll(judge.findings());
        }
        OperationsRules operations = new OperationsRules(now);
        guarded(findings, "snapshot_health", () -> operations.snapshots(snapshot.status()));
        guarded(findings, "density_degraded", () -> operations.readiness(snapshot.readiness()));
        guarded(findings, "sync_overdue", () -> {
            var card = tradeSync.status();
            operations.sync(card, overdueAfter);
            operations.alarms(card, standing);
            guarded(findings, "enrichment_partial", () -> operations.enrichment(card, analytics.status()));
        });
        findings.addAll(operations.findings());
        findings.addAll(dataQuality(findings));
        store.apply(findings, now);
        return store.standing();
    }

    private static void guarded(List<Finding> findings, String kind, Runnable rule) {
        try {
            rule.run();
        } catch (VendorFailure e) {
            findings.add(new Finding.Blind(kind, null, Reading.unknown(kind, "state", e.getMessage())));
        } catch (WebApplicationException e) {
            findings.add(new Finding.Blind(kind, null, Reading.unknown(kind, "state", "the answer could not be read")));
        } catch (ProcessingException e) {
            findings.add(new Finding.Blind(kind, null, Reading.unknown(kind, "state", "the service does not answer")));
        }
    }

    /** One signal per currency (and one for the rest) that names every rule without a usable input, and why. */
    private static List<Finding> dataQuality(List<Finding> findings) {
        List<Finding> raised = new ArrayList<>();
        List<String> of = new ArrayList<>(CURRENCIES);
        of.add(null);
        for (String currency : of) {
            List<Finding.Blind> blind = findings.stream()
                    .filter(f -> f instanceof Finding.Blind)
                    .map(f -> (Finding.Blind) f)
                    .filter(b -> Objects.equals(b.currency(), currency))
                    .toList();
            String name = currency == null ? "services" : currency;
            raised.add(
                    blind.isEmpty()
                            ? new Finding.Quiet(Finding.fingerprint("data_quality", currency, "inputs"))
                            : new Finding.Raise(
                                    "data_quality",
                                    currency,
                                    "inputs",
                                    currency == null ? "warning" : "info",
                                    name + ": not evaluated: "
                                            + blind.stream()
                                                    .map(b -> b.kind() + " ("
                                                            + b.input().name() + ": "
                                                            + (b.input().reason() == null
                                                                    ? b.input().state()
                                                                    : b.input().reason())
                                                            + ")")
                                                    .collect(Collectors.joining(", ")),
                                    blind.stream().map(Finding.Blind::input).toList()));
        }
        return raised;
    }
}

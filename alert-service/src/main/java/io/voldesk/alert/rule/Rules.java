package io.voldesk.alert.rule;

import io.voldesk.alert.input.Answer;
import io.voldesk.alert.input.History;
import io.voldesk.alert.input.Inputs;
import io.voldesk.alert.input.Reading;
import io.voldesk.alert.rule.Observation.Measured;
import io.voldesk.alert.rule.Observation.NoData;
import io.voldesk.model.MarketFigures;
import io.voldesk.model.ServiceStatus;
import io.voldesk.model.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The entry to the rules: what every row of the table finds in one set of inputs. */
@ApplicationScoped
public class Rules {
    private final RuleTable table;
    private final AlertSettings settings;

    Rules(RuleTable table, AlertSettings settings) {
        this.table = table;
        this.settings = settings;
    }

    private record Figures(MarketFigures.Overview overview, History history) {}

    private record Enriched(ServiceStatus.Sync card, ServiceStatus.Analytics status) {}

    /** @param firing fingerprints of the signals that fire already */
    public List<Finding> find(Inputs inputs, Set<String> firing, Instant now) {
        List<Observation> observed = new ArrayList<>();
        inputs.markets().forEach((currency, market) -> {
            observed.addAll(market(currency, market, now));
            observed.addAll(of(
                    inputs.snapshots(),
                    Kind.SNAPSHOT_HEALTH,
                    currency,
                    "snapshot_status",
                    status -> OperationsRules.snapshotHealth(currency, status, now)));
            observed.addAll(of(
                    inputs.densities(),
                    Kind.DENSITY_DEGRADED,
                    currency,
                    "readiness",
                    readiness -> OperationsRules.densityDegraded(currency, readiness, now)));
        });
        observed.addAll(desk(inputs, firing, now));
        observed.addAll(dataQuality(inputs.markets().keySet(), observed));
        return observed.stream()
                .map(observation -> table.judge(observation, firing))
                .toList();
    }

    private static List<Observation> market(String currency, Inputs.Market market, Instant now) {
        Answer<Figures> figures = market.overview()
                .and(market.history(), (overview, history) -> new Figures(overview, new History(history)));
        List<Observation> observed = new ArrayList<>();
        observed.addAll(of(market.overview(), Kind.TERM_INVERSION, currency, "overview", VolRules::termInversion));
        observed.addAll(of(market.overview(), Kind.VRP_NEGATIVE, currency, "overview", VolRules::vrpNegative));
        observed.addAll(of(
                figures,
                Kind.IV_RV_GAP,
                currency,
                "overview_and_history",
                both -> VolRules.gap(both.overview(), both.history(), now)));
        observed.addAll(of(
                figures,
                Kind.DVOL_JUMP,
                currency,
                "overview_and_history",
                both -> VolRules.dvolJump(both.overview(), both.history(), now)));
        observed.addAll(of(
                market.history(),
                Kind.GAMMA_FLIP_CROSSED,
                currency,
                "history",
                history -> GammaRules.flipCrossed(currency, new History(history), now)));
        observed.addAll(of(
                market.levels(), Kind.NEAR_LEVEL, currency, "gex_levels", levels -> GammaRules.nearLevel(levels, now)));
        observed.addAll(of(
                market.thresholds(),
                Kind.RISK_REVERSAL_EXTREME,
                currency,
                "thresholds",
                thresholds -> ExtremeRules.riskReversal(thresholds, now)));
        observed.addAll(of(
                market.thresholds(),
                Kind.GEX_EXTREME,
                currency,
                "thresholds",
                thresholds -> ExtremeRules.netGex(thresholds, now)));
        return observed;
    }

    private List<Observation> desk(Inputs inputs, Set<String> firing, Instant now) {
        List<Observation> observed = new ArrayList<>();
        observed.addAll(of(
                inputs.sync(),
                Kind.SYNC_OVERDUE,
                null,
                "sync_card",
                card -> OperationsRules.syncOverdue(card, settings.syncOverdueAfter(), now)));
        observed.addAll(of(
                inputs.sync(),
                Kind.SYNC_ALARM,
                null,
                "sync_card",
                card -> OperationsRules.syncAlarms(card, firing, now)));
        observed.addAll(of(
                inputs.sync().and(inputs.analytics(), Enriched::new),
                Kind.ENRICHMENT_PARTIAL,
                null,
                "sync_card_and_analytics_status",
                both -> OperationsRules.enrichmentPartial(both.card(), both.status(), now)));
        return observed;
    }

    /** Without an answer the rule that reads it has no data, for the reason the call ended with. */
    private static <T> List<Observation> of(
            Answer<T> answer, Kind kind, String currency, String name, Function<T, List<Observation>> rule) {
        return switch (answer) {
            case Answer.Given<T> given -> rule.apply(given.value());
            case Answer.None<T> none ->
                List.of(new NoData(kind, currency, Reading.unknown(name, "answer", none.reason())));
        };
    }

    /** For each currency and for the desk: how many rules had no data, which, and why. */
    private static List<Observation> dataQuality(Set<String> currencies, List<Observation> observed) {
        List<Observation> quality = new ArrayList<>();
        currencies.forEach(currency -> quality.add(dataQuality(currency, observed)));
        quality.add(dataQuality((String) null, observed));
        return quality;
    }

    private static Observation dataQuality(String currency, List<Observation> observed) {
        List<NoData> none = observed.stream()
                .filter(NoData.class::isInstance)
                .map(NoData.class::cast)
                .filter(data -> Objects.equals(data.currency(), currency))
                .toList();
        return new Measured(
                Kind.DATA_QUALITY,
                currency,
                "inputs",
                none.size(),
                currency == null ? Severity.WARNING : Severity.INFO,
                Map.of(
                        "rules",
                        none.stream()
                                .map(data ->
                                        data.kind().code() + " (" + data.input().name() + ": "
                                                + data.input().why() + ")")
                                .collect(Collectors.joining(", "))),
                none.stream().map(NoData::input).toList());
    }
}

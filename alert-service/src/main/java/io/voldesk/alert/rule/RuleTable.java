package io.voldesk.alert.rule;

import static io.voldesk.alert.rule.Bound.Comparison.ABOVE;
import static io.voldesk.alert.rule.Bound.Comparison.AT_LEAST;
import static io.voldesk.alert.rule.Bound.Comparison.AT_MOST;
import static io.voldesk.alert.rule.Bound.Comparison.BELOW;
import static io.voldesk.model.Severity.CRITICAL;
import static io.voldesk.model.Severity.INFO;
import static io.voldesk.model.Severity.WARNING;

import io.voldesk.alert.input.History;
import io.voldesk.model.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of all signals, one row each; what a row reads and how is in the classes named {@code …Rules}. */
@ApplicationScoped
class RuleTable {
    private static final String CURRENCY = "currency";
    private static final String DESK = "desk";
    private static final List<String> HIGH_LOW = List.of("high", "low");
    private static final String COUNT = "count";

    private final Map<Kind, Rule> rules = new EnumMap<>(Kind.class);

    RuleTable(AlertSettings settings) {
        AlertSettings.Thresholds at = settings.thresholds();
        Duration repeat = settings.repeatInterval();
        List.of(
                        new Rule(
                                Kind.TERM_INVERSION,
                                CURRENCY,
                                List.of("inverted"),
                                "7d IV less 30d IV",
                                "vol",
                                new Bound(ABOVE, at.termInversionFires(), at.termInversionHolds()),
                                always(WARNING),
                                repeat,
                                "term structure inverted: 7d IV {atm_iv7} above 30d IV {atm_iv30}"),
                        new Rule(
                                Kind.VRP_NEGATIVE,
                                CURRENCY,
                                List.of("negative"),
                                "30d IV less 30d RV",
                                "vol",
                                new Bound(BELOW, at.vrpFires(), at.vrpHolds()),
                                always(WARNING),
                                repeat,
                                "VRP negative: 30d IV {atm_iv30} − 30d RV {rv30} = {vrp} vol points"),
                        new Rule(
                                Kind.IV_RV_GAP,
                                CURRENCY,
                                HIGH_LOW,
                                "30d IV less 30d RV against its mean of " + History.DAYS + " days",
                                "standard deviations",
                                new Bound(AT_LEAST, at.gapFires(), at.gapHolds()),
                                rising(at.gapFires(), WARNING, at.gapCritical()),
                                repeat,
                                "IV − RV gap of {gap} vol points is {z_score} deviations from its " + History.DAYS
                                        + "-day mean"),
                        new Rule(
                                Kind.DVOL_JUMP,
                                CURRENCY,
                                List.of("up", "down"),
                                "change of DVOL in 24 hours",
                                "vol",
                                new Bound(AT_LEAST, at.dvolJumpFires(), at.dvolJumpHolds()),
                                rising(at.dvolJumpFires(), WARNING, at.dvolJumpCritical()),
                                repeat,
                                "DVOL moved {change} points in 24 h to {dvol}"),
                        new Rule(
                                Kind.GAMMA_FLIP_CROSSED,
                                CURRENCY,
                                List.of("crossed"),
                                "crossings of the gamma flip by spot, net GEX changing its sign, in the last hour",
                                COUNT,
                                Bound.any(),
                                always(CRITICAL),
                                repeat,
                                "spot {spot} USD crossed the gamma flip at {gamma_flip} USD"),
                        new Rule(
                                Kind.NEAR_LEVEL,
                                CURRENCY,
                                List.of("near"),
                                "distance of spot from the nearest magnet or repeller",
                                "daily deviations",
                                new Bound(AT_MOST, at.nearLevelFires(), at.nearLevelHolds()),
                                always(INFO),
                                repeat,
                                "spot {spot} USD is {distance} daily deviations from the {level_kind} at {level} USD"),
                        new Rule(
                                Kind.RISK_REVERSAL_EXTREME,
                                CURRENCY,
                                HIGH_LOW,
                                "rank of the 25-delta risk reversal in 90 days; low: one less it",
                                "share of hours",
                                new Bound(AT_LEAST, at.extremeFires(), at.extremeHolds()),
                                always(INFO),
                                repeat,
                                "25-delta risk reversal at the {percentile}th percentile of 90 days ({now})"),
                        new Rule(
                                Kind.GEX_EXTREME,
                                CURRENCY,
                                HIGH_LOW,
                                "rank of net GEX in 90 days; low: one less it",
                                "share of hours",
                                new Bound(AT_LEAST, at.extremeFires(), at.extremeHolds()),
                                always(INFO),
                                repeat,
                                "net GEX at the {percentile}th percentile of 90 days ({now})"),
                        new Rule(
                                Kind.SNAPSHOT_HEALTH,
                                CURRENCY,
                                List.of("not_ok"),
                                "snapshots of the latest complete date that are neither ok nor pending",
                                COUNT,
                                Bound.any(),
                                List.of(
                                        new Rule.Grade(INFO, null, "all of them are stored, if suspicious or empty"),
                                        new Rule.Grade(WARNING, null, "one is missing, stale, partial or failed")),
                                repeat,
                                "snapshots for {date} not ok: {snapshots}"),
                        new Rule(
                                Kind.DENSITY_DEGRADED,
                                CURRENCY,
                                List.of("7d", "30d"),
                                "densities of the maturity that are not ok",
                                COUNT,
                                Bound.any(),
                                always(INFO),
                                repeat,
                                "{dte}d density is {state}: {reasons}"),
                        new Rule(
                                Kind.SYNC_OVERDUE,
                                DESK,
                                List.of("overdue"),
                                "time since the last successful Alpha sync",
                                "hours",
                                new Bound(
                                        ABOVE, hours(settings.syncOverdueAfter()), hours(settings.syncOverdueAfter())),
                                always(WARNING),
                                repeat,
                                "Alpha sync overdue: {last_success}{last_error}"),
                        new Rule(
                                Kind.SYNC_ALARM,
                                DESK,
                                List.of(),
                                "alarms of one kind on the sync card",
                                COUNT,
                                Bound.any(),
                                Arrays.stream(Severity.values())
                                        .map(severity -> new Rule.Grade(severity, null, "the sync card says so"))
                                        .toList(),
                                repeat,
                                "Alpha sync: {alarm}"),
                        new Rule(
                                Kind.ENRICHMENT_PARTIAL,
                                DESK,
                                List.of("partial"),
                                "sync runs whose enrichment is still to come, and a last pipeline run that was not whole",
                                COUNT,
                                Bound.any(),
                                always(WARNING),
                                repeat,
                                "enrichment partial: {owed}{last_error}"),
                        new Rule(
                                Kind.DATA_QUALITY,
                                CURRENCY + " and " + DESK,
                                List.of("inputs"),
                                "rules without data",
                                COUNT,
                                Bound.any(),
                                List.of(
                                        new Rule.Grade(INFO, null, "rules of a currency"),
                                        new Rule.Grade(WARNING, null, "rules of the desk")),
                                repeat,
                                "no data: {rules}"))
                .forEach(rule -> rules.put(rule.kind(), rule));
    }

    private static List<Rule.Grade> always(Severity severity) {
        return List.of(new Rule.Grade(severity, null, "always"));
    }

    private static List<Rule.Grade> rising(double fires, Severity first, double critical) {
        return List.of(
                new Rule.Grade(first, fires, "from " + fires), new Rule.Grade(CRITICAL, critical, "from " + critical));
    }

    private static double hours(Duration duration) {
        return duration.toSeconds() / 3600.0;
    }

    List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    /** @param firing fingerprints of the signals that fire already, for which the nearer bound holds */
    Finding judge(Observation observation, Set<String> firing) {
        return switch (observation) {
            case Observation.NoData none -> new Finding.NoData(none.kind(), none.currency(), none.input());
            case Observation.Measured measured -> judge(measured, firing.contains(measured.fingerprint()));
        };
    }

    private Finding judge(Observation.Measured measured, boolean firing) {
        Rule rule = rules.get(measured.kind());
        if (!rule.bound().met(measured.value(), firing)) {
            return new Finding.Resolved(measured.kind(), measured.fingerprint());
        }
        String text = rule.text(measured.words());
        return new Finding.Firing(
                measured.kind(),
                measured.currency(),
                measured.direction(),
                measured.severity() == null ? rule.severity(measured.value()) : measured.severity(),
                measured.currency() == null ? text : measured.currency() + ": " + text,
                measured.inputs());
    }
}

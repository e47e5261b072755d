package io.voldesk.alert.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.voldesk.alert.input.Answer;
import io.voldesk.alert.input.Inputs;
import io.voldesk.alert.input.Reading;
import io.voldesk.alert.rule.Bound.Comparison;
import io.voldesk.model.QualityState;
import io.voldesk.model.ServiceStatus;
import io.voldesk.model.Severity;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table as a whole: one row a kind, its defaults, and a service that gives no answer. */
class RulesTest {
    private static final String GONE = "the connection broke";

    @Test
    void theDefaultsAreTheRulesOfTheHouse() {
        AlertSettings settings = Given.settings(Map.of());
        assertEquals("off", settings.cron());
        assertEquals(Duration.ofHours(6), settings.repeatInterval());
        assertEquals(Duration.ofHours(26), settings.syncOverdueAfter());
        assertEquals(Duration.ofDays(90), settings.longestSilence());
        assertEquals(Duration.ofMinutes(15), settings.dryRunValid());
        assertEquals("""
                term_inversion > 0.005 holds 0.0 [warning]
                vrp_negative < 0.0 holds 0.005 [warning]
                iv_rv_gap >= 2.0 holds 1.5 [warning, critical from 3.0]
                dvol_jump >= 0.05 holds 0.03 [warning, critical from 0.1]
                gamma_flip_crossed >= 1.0 holds 1.0 [critical]
                near_level <= 0.5 holds 0.7 [info]
                risk_reversal_extreme >= 0.95 holds 0.9 [info]
                gex_extreme >= 0.95 holds 0.9 [info]
                snapshot_health >= 1.0 holds 1.0 [info, warning]
                density_degraded >= 1.0 holds 1.0 [info]
                sync_overdue > 26.0 holds 26.0 [warning]
                sync_alarm >= 1.0 holds 1.0 [info, warning, critical]
                enrichment_partial >= 1.0 holds 1.0 [warning]
                data_quality >= 1.0 holds 1.0 [info, warning]""", Given.table().rules().stream().map(RulesTest::row).collect(Collectors.joining("\n")));
    }

    private static String row(Rule rule) {
        return rule.kind().code() + " " + rule.bound().comparison().sign() + " "
                + rule.bound().firesAt() + " holds " + rule.bound().holdsAt() + " "
                + rule.grades().stream()
                        .map(grade -> grade.severity().code()
                                + (grade.severity() == Severity.CRITICAL && grade.from() != null
                                        ? " from " + grade.from()
                                        : ""))
                        .toList();
    }

    @Test
    void aDeskSetsItsOwnBounds() {
        RuleTable table = new RuleTable(Given.settings(Map.of(
                "voldesk.alert.thresholds.dvol-jump-fires", "0.2",
                "voldesk.alert.thresholds.dvol-jump-critical", "0.4",
                "voldesk.alert.repeat-interval", "PT1H")));
        Rule rule = table.rules().get(Kind.DVOL_JUMP.ordinal());
        assertEquals(new Bound(Comparison.AT_LEAST, 0.2, 0.03), rule.bound());
        assertEquals(Severity.WARNING, rule.severity(0.3));
        assertEquals(Severity.CRITICAL, rule.severity(0.4));
        assertEquals(Duration.ofHours(1), rule.repeatInterval());
    }

    @Test
    void aSignalCannotHoldOnlyBeyondWhereItFires() {
        assertThrows(IllegalArgumentException.class, () -> new Bound(Comparison.AT_LEAST, 2, 2.5));
        assertThrows(IllegalArgumentException.class, () -> new Bound(Comparison.BELOW, 0, -0.1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RuleTable(Given.settings(Map.of("voldesk.alert.thresholds.near-level-holds", "0.4"))));
    }

    @Test
    void aTextWithoutItsFigureIsAFaultAndNotASentence() {
        Rule rule = Given.table().rules().getFirst();
        assertThrows(IllegalArgumentException.class, () -> rule.text(Map.of("atm_iv7", "45.0 %")));
    }

    /** Nothing of a service that died in the call: each rule that reads it has no data, for that reason, and no other rule has. */
    @Test
    void aServiceThatGivesNoAnswerLeavesItsRulesWithoutDataAndTheOthersAlone() {
        List<Finding> findings = find(inputs(none(), none(), given(sync()), given(analytics())), Set.of());
        assertEquals(
                EnumSet.range(Kind.TERM_INVERSION, Kind.DENSITY_DEGRADED),
                EnumSet.copyOf(withoutData(findings).stream().map(Finding::kind).collect(Collectors.toSet())));
        assertTrue(withoutData(findings).stream()
                .map(Finding.NoData.class::cast)
                .allMatch(none -> GONE.equals(none.input().reason())));
        Finding.Firing quality = findings.stream()
                .filter(Finding.Firing.class::isInstance)
                .map(Finding.Firing.class::cast)
                .filter(firing -> firing.kind() == Kind.DATA_QUALITY)
                .findFirst()
                .orElseThrow();
        assertEquals(Severity.INFO, quality.severity());
        assertEquals(10, quality.inputs().size());
        assertTrue(
                quality.text().startsWith("BTC: no data: term_inversion (overview: the connection broke), "),
                quality.text());
        assertTrue(findings.contains(new Finding.Resolved(Kind.DATA_QUALITY, "data_quality||inputs")));
    }

    @Test
    void withoutTheSyncCardTheDeskHasNoData() {
        Set<String> firing = Set.of("sync_alarm||rows_from_future", "sync_overdue||overdue");
        List<Finding> findings = find(inputs(none(), none(), none(), given(analytics())), firing);
        assertTrue(withoutData(findings).stream()
                .map(Finding::kind)
                .collect(Collectors.toSet())
                .containsAll(Set.of(Kind.SYNC_OVERDUE, Kind.SYNC_ALARM, Kind.ENRICHMENT_PARTIAL)));
        assertFalse(
                findings.stream()
                        .anyMatch(finding -> finding instanceof Finding.Resolved resolved
                                && firing.contains(resolved.fingerprint())),
                "what fires goes on firing");
        assertTrue(findings.stream()
                .anyMatch(finding -> finding instanceof Finding.Firing fires
                        && fires.fingerprint().equals("data_quality||inputs")
                        && fires.severity() == Severity.WARNING
                        && fires.text().contains("sync_overdue (sync_card: the connection broke)")));
    }

    /** Every row of the table is judged at every refresh: none is left out for want of a caller. */
    @Test
    void everyKindIsFoundSomethingOf() {
        List<Finding> findings =
                find(inputs(given(readiness()), given(snapshots()), given(sync()), given(analytics())), Set.of());
        assertEquals(
                EnumSet.allOf(Kind.class),
                EnumSet.copyOf(findings.stream().map(Finding::kind).collect(Collectors.toSet())));
        assertEquals(
                Arrays.stream(Kind.values()).toList(),
                Given.table().rules().stream().map(Rule::kind).toList());
    }

    private static List<Finding> find(Inputs inputs, Set<String> firing) {
        AlertSettings settings = Given.settings(Map.of());
        return new Rules(new RuleTable(settings), settings).find(inputs, firing, Given.NOW);
    }

    private static List<Finding> withoutData(List<Finding> findings) {
        return findings.stream().filter(Finding.NoData.class::isInstance).toList();
    }

    private static <T> Answer<T> none() {
        return new Answer.None<>(GONE);
    }

    private static <T> Answer<T> given(T value) {
        return new Answer.Given<>(value);
    }

    private static Inputs inputs(
            Answer<ServiceStatus.Densities> densities,
            Answer<ServiceStatus.Snapshots> snapshots,
            Answer<ServiceStatus.Sync> sync,
            Answer<ServiceStatus.Analytics> analytics) {
        Inputs.Market market = new Inputs.Market(none(), none(), none(), none());
        return new Inputs(Map.of("BTC", market), snapshots, densities, sync, analytics);
    }

    private static ServiceStatus.Sync sync() {
        return new ServiceStatus.Sync(
                Given.LAST_HOUR,
                null,
                new ServiceStatus.Owed(0),
                List.of(new ServiceStatus.SyncAlarm("rows_from_future", Severity.WARNING, "2 rows", null, 2)));
    }

    private static ServiceStatus.Analytics analytics() {
        return new ServiceStatus.Analytics(
                new ServiceStatus.Freshness(Given.LAST_HOUR, null, new ServiceStatus.RunSummary("ok")));
    }

    private static ServiceStatus.Snapshots snapshots() {
        return new ServiceStatus.Snapshots(
                Given.LAST_HOUR.atZone(ZoneOffset.UTC).toLocalDate(),
                List.of(new ServiceStatus.Snapshot("gex", "BTC", "ok")),
                List.of());
    }

    private static ServiceStatus.Densities readiness() {
        return new ServiceStatus.Densities(List.of(new ServiceStatus.Density(
                "BTC", 7, QualityState.OK, null, new ServiceStatus.DensityQuality(List.of(), Given.LAST_HOUR))));
    }

    /** Kept of a figure that is not ok: why, and never a value. */
    @Test
    void aReadingThatIsNotOkHasNoValue() {
        Reading reading = Reading.figure("vrp", "vol", Given.stale());
        assertEquals(null, reading.value());
        assertEquals("older_than_36_hours", reading.why());
        assertEquals("not_served", Reading.figure("vrp", "vol", null).why());
    }
}

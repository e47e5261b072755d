package io.voldesk.alert.rule;

import static io.voldesk.alert.rule.Given.NOW;
import static io.voldesk.alert.rule.Given.found;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.voldesk.alert.input.Reading;
import io.voldesk.model.QualityState;
import io.voldesk.model.ServiceStatus;
import io.voldesk.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules on the desk's own data: what they read, whether the signal fires already, and what the table finds. */
class OperationsRulesTest {
    @ParameterizedTest
    @CsvSource({
        "ok,      ok,         ,       resolved not_ok",
        "ok,      ok,         not_ok, resolved not_ok",
        "pending, ok,         ,       resolved not_ok",
        "partial, pending,    ,       firing warning not_ok",
        "missing, ok,         not_ok, firing warning not_ok",
        "stale,   ok,         ,       firing warning not_ok",
        "failed,  ok,         ,       firing warning not_ok",
        "ok,      suspicious, ,       firing info not_ok",
        "ok,      no_payload, ,       firing info not_ok",
        "ok,      a_new_word, ,       firing info not_ok",
    })
    void snapshotHealth(String gex, String spot, String firing, String found) {
        assertEquals(
                found,
                found(
                        OperationsRules.snapshotHealth("BTC", snapshots("BTC", gex, spot), NOW),
                        Kind.SNAPSHOT_HEALTH,
                        "BTC",
                        firing));
    }

    @Test
    void aCurrencyWithoutAStatusHasNoData() {
        assertEquals(
                "no data snapshots not_served",
                found(
                        OperationsRules.snapshotHealth("ETH", snapshots("BTC", "missing", "ok"), NOW),
                        Kind.SNAPSHOT_HEALTH,
                        "ETH",
                        "not_ok"));
    }

    @Test
    void snapshotsThatAreNotOkAreNamed() {
        assertEquals(
                "BTC: snapshots for 2026-11-24 not ok: gex missing, spot suspicious",
                Given.firing(OperationsRules.snapshotHealth("BTC", snapshots("BTC", "missing", "suspicious"), NOW)
                                .getFirst())
                        .text());
    }

    @Test
    void daysThatABackfillGaveUpOnAreAmongThem() {
        var well = snapshots("BTC", "ok", "ok");
        var failed = new ServiceStatus.Snapshots(
                well.latestCompleteDate(),
                well.items(),
                List.of(
                        new ServiceStatus.FailedBackfill("BTC", 3, "gex of 2026-01-02: Amberdata answered 500"),
                        new ServiceStatus.FailedBackfill("ETH", 1, "spot of 2026-01-02: no_payload")));
        Finding.Firing firing =
                Given.firing(OperationsRules.snapshotHealth("BTC", failed, NOW).getFirst());
        assertEquals(Severity.WARNING, firing.severity());
        assertEquals(
                "BTC: snapshots for 2026-11-24 not ok: 3 days of a backfill failed, the first gex of 2026-01-02: Amberdata answered 500",
                firing.text());
    }

    private static ServiceStatus.Snapshots snapshots(String currency, String gex, String spot) {
        return new ServiceStatus.Snapshots(
                LocalDate.parse("2026-11-24"),
                List.of(
                        new ServiceStatus.Snapshot("gex", currency, gex),
                        new ServiceStatus.Snapshot("spot", currency, spot)),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "ok,       ,    'resolved 7d, resolved 30d'",
        "degraded, ,    'resolved 7d, firing info 30d'",
        "degraded, 30d, 'resolved 7d, firing info 30d'",
        "ok,       30d, 'resolved 7d, resolved 30d'",
        "stale,    ,    'resolved 7d, firing info 30d'",
        "missing,  ,    'resolved 7d, firing info 30d'",
        ",         30d, 'resolved 7d, no data density_30d not_served'",
    })
    void densityDegraded(String state, String firing, String found) {
        ServiceStatus.Density week = density(7, QualityState.OK);
        var readiness = new ServiceStatus.Densities(
                state == null ? List.of(week) : List.of(week, density(30, QualityState.of(state))));
        assertEquals(
                found,
                found(OperationsRules.densityDegraded("BTC", readiness, NOW), Kind.DENSITY_DEGRADED, "BTC", firing));
    }

    @Test
    void eachReasonOfADensityIsSaidOnce() {
        var readiness = new ServiceStatus.Densities(List.of(density(7, QualityState.DEGRADED)));
        Finding.Firing firing = Given.firing(
                OperationsRules.densityDegraded("BTC", readiness, NOW).getFirst());
        assertEquals("BTC: 7d density is degraded: fit_rmse; area", firing.text());
        assertEquals(Given.AGE, firing.inputs().getFirst().ageSeconds());
    }

    private static ServiceStatus.Density density(int dte, QualityState state) {
        boolean ok = state == QualityState.OK;
        return new ServiceStatus.Density(
                "BTC",
                dte,
                state,
                ok ? null : "fit_rmse",
                new ServiceStatus.DensityQuality(ok ? List.of() : List.of("fit_rmse", "area"), Given.LAST_HOUR));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T23:00:00Z, ,        resolved overdue",
        "2026-11-24T23:00:00Z, overdue, resolved overdue",
        "2026-11-23T23:30:00Z, ,        resolved overdue",
        "2026-11-23T23:29:59Z, ,        firing warning overdue",
        "2026-11-23T23:00:00Z, overdue, firing warning overdue",
        ",                     ,        firing warning overdue",
    })
    void syncOverdue(Instant last, String firing, String found) {
        assertEquals(
                found,
                found(
                        OperationsRules.syncOverdue(card(last, null, 0, List.of()), Duration.ofHours(26), NOW),
                        Kind.SYNC_OVERDUE,
                        null,
                        firing));
    }

    @Test
    void anOverdueSyncSaysSinceWhenAndWhy() {
        var card = card(Instant.parse("2026-11-23T23:00:00Z"), "Alpha answered 503", 0, List.of());
        assertEquals(
                "Alpha sync overdue: the last successful one was at 2026-11-23T23:00:00Z, over 26 h ago;"
                        + " the last error: Alpha answered 503",
                Given.firing(OperationsRules.syncOverdue(card, Duration.ofHours(26), NOW)
                                .getFirst())
                        .text());
        var never = Given.firing(OperationsRules.syncOverdue(card(null, null, 0, List.of()), Duration.ofHours(26), NOW)
                .getFirst());
        assertEquals("Alpha sync overdue: no Alpha sync has succeeded yet", never.text());
        assertEquals("no_sync_has_succeeded", never.inputs().getFirst().reason());
    }

    /** What the card lists, what fired before, and what is found: alarms fire, hold and resolve as they stand on the card. */
    @ParameterizedTest
    @CsvSource({
        "'',                                            ,                    ''",
        "rows_from_future warning,                      ,                    firing warning rows_from_future",
        "rows_from_future warning,                      rows_from_future,    firing warning rows_from_future",
        "'',                                            rows_from_future,    resolved rows_from_future",
        "watermark_in_future critical,                  rows_from_future,    'firing critical watermark_in_future, resolved rows_from_future'",
        "scheduled_sync_held warning,                   scheduled_sync_held, firing warning scheduled_sync_held",
        "diagnostic_not_clean info,                     ,                    firing info diagnostic_not_clean",
        "rows_from_future info;diagnostic_not_clean warning, ,               'firing info rows_from_future, firing warning diagnostic_not_clean'",
        ",                                              rows_from_future,    no data alarms not_served",
    })
    void syncAlarm(String alarms, String before, String found) {
        List<ServiceStatus.SyncAlarm> listed = alarms == null
                ? null
                : Arrays.stream(alarms.split(";"))
                        .filter(alarm -> !alarm.isEmpty())
                        .map(alarm -> new ServiceStatus.SyncAlarm(
                                alarm.split(" ")[0], Severity.of(alarm.split(" ")[1]), "what it says", null, 3))
                        .toList();
        Set<String> firing = before == null
                ? Set.of("sync_overdue||overdue")
                : Set.of("sync_overdue||overdue", Finding.fingerprint(Kind.SYNC_ALARM, null, before));
        assertEquals(
                found,
                found(
                        OperationsRules.syncAlarms(card(null, null, 0, listed), firing, NOW),
                        Kind.SYNC_ALARM,
                        null,
                        before));
    }

    @Test
    void aSyncAlarmSaysWhatTheCardSaysAndSinceWhen() {
        var alarm = new ServiceStatus.SyncAlarm(
                "rows_from_future",
                Severity.WARNING,
                "2 executions are dated later",
                Instant.parse("2026-11-25T01:00:00Z"),
                2);
        assertEquals(
                new Finding.Firing(
                        Kind.SYNC_ALARM,
                        null,
                        "rows_from_future",
                        Severity.WARNING,
                        "Alpha sync: 2 executions are dated later",
                        List.of(new Reading(
                                "rows_from_future",
                                2.0,
                                "count",
                                QualityState.OK,
                                null,
                                Instant.parse("2026-11-25T01:00:00Z"),
                                1800L))),
                Given.firing(OperationsRules.syncAlarms(card(null, null, 0, List.of(alarm)), Set.of(), NOW)
                        .getFirst()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, ,                ok,            ,        resolved partial",
        "0, ,                ,              ,        resolved partial",
        "0, ,                ok,            partial, resolved partial",
        "1, ,                ok,            ,        firing warning partial",
        "1, ,                ok,            partial, firing warning partial",
        "0, Amberdata: 500,  partial_error, ,        firing warning partial",
        "0, ,                partial_error, ,        firing warning partial",
        "0, ,                failed,        ,        firing warning partial",
    })
    void enrichmentPartial(int owed, String error, String status, String firing, String found) {
        var summary = status == null ? null : new ServiceStatus.RunSummary(status);
        var analytics = new ServiceStatus.Analytics(new ServiceStatus.Freshness(null, error, summary));
        assertEquals(
                found,
                found(
                        OperationsRules.enrichmentPartial(card(null, null, owed, List.of()), analytics, NOW),
                        Kind.ENRICHMENT_PARTIAL,
                        null,
                        firing));
    }

    private static ServiceStatus.Sync card(
            Instant last, String error, long owed, List<ServiceStatus.SyncAlarm> alarms) {
        return new ServiceStatus.Sync(last, error, new ServiceStatus.Owed(owed), alarms);
    }
}

package io.voldesk.alert.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule as a table: what it reads, whether its signal stands already, and what it finds. */
class RulesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-25T01:30:00Z");
    private static final Instant LAST_HOUR = Instant.parse("2026-11-24T23:00:00Z");

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Judge judge(String standing) {
        return new Judge("BTC", standing == null ? Set.of() : Set.of(standing), NOW);
    }

    /** {@code raise critical high}, {@code quiet high}, or {@code blind} with the reason; what is of other kinds is left out. */
    private static String found(List<Finding> findings, String kind) {
        return findings.stream()
                .filter(finding -> finding.fingerprint().startsWith(kind + "|"))
                .map(finding -> switch (finding) {
                    case Finding.Raise raise -> "raise " + raise.severity() + " " + raise.direction();
                    case Finding.Quiet quiet ->
                        "quiet "
                                + quiet.fingerprint()
                                        .substring(quiet.fingerprint().lastIndexOf('|') + 1);
                    case Finding.Blind blind ->
                        "blind " + blind.input().name() + " "
                                + (blind.input().reason() == null
                                        ? blind.input().state()
                                        : blind.input().reason());
                })
                .collect(Collectors.joining(", "));
    }

    private static String figure(Double value, String state, String reason) {
        return "{'value': %s, 'state': '%s', 'reason': %s, 'as_of': '%s', 'age_seconds': 9000}"
                .formatted(
                        "ok".equals(state) ? value : null,
                        state,
                        reason == null ? null : "'" + reason + "'",
                        LAST_HOUR);
    }

    private static JsonNode overview(double atm7, double atm30, double rv30, double dvol, String vrpState) {
        String reason = vrpState.equals("ok") ? null : "older_than_36_hours";
        return json("{'atm_iv7': %s, 'atm_iv30': %s, 'rv30': %s, 'vrp': %s, 'dvol': %s}"
                .formatted(
                        figure(atm7, "ok", null),
                        figure(atm30, "ok", null),
                        figure(rv30, "ok", null),
                        figure(atm30 - rv30, vrpState, reason),
                        figure(dvol, "ok", null)));
    }

    private static History history(int hours, BiConsumer<Integer, ObjectNode> fill) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray("hours");
        for (int back = hours - 1; back >= 0; back--) {
            ObjectNode hour = list.addObject()
                    .put("at", LAST_HOUR.minus(Duration.ofHours(back)).toString());
            fill.accept(back, hour);
        }
        return new History(answer);
    }

    private static final History NONE = history(0, (back, hour) -> {});

    @ParameterizedTest
    @CsvSource({
        "0.506, 0.50, ,              raise warning inverted",
        "0.504, 0.50, ,              quiet inverted",
        "0.504, 0.50, term_inversion, raise warning inverted",
        "0.499, 0.50, term_inversion, quiet inverted",
    })
    void termInversion(double atm7, double atm30, String standing, String found) {
        Judge judge = judge(standing == null ? null : Finding.fingerprint(standing, "BTC", "inverted"));
        new VolRules(judge).overview(overview(atm7, atm30, 0.4, 0.5, "ok"), NONE);
        assertEquals(found, found(judge.findings(), "term_inversion"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.40, 0.41,  ok,    ,             raise warning negative",
        "0.40, 0.40,  ok,    ,             quiet negative",
        "0.40, 0.397, ok,    vrp_negative, raise warning negative",
        "0.40, 0.39,  ok,    vrp_negative, quiet negative",
        "0.40, 0.41,  stale, ,             blind vrp older_than_36_hours",
    })
    void vrpNegative(double atm30, double rv30, String state, String standing, String found) {
        Judge judge = judge(standing == null ? null : Finding.fingerprint(standing, "BTC", "negative"));
        new VolRules(judge).overview(overview(0.3, atm30, rv30, 0.5, state), NONE);
        assertEquals(found, found(judge.findings(), "vrp_negative"));
    }

    @Test
    void vrpSpeaksOfVolPointsAndCarriesItsInputsWithTheirAges() {
        Judge judge = judge(null);
        new VolRules(judge).overview(overview(0.3, 0.40, 0.412, 0.5, "ok"), NONE);
        Finding.Raise raise = judge.findings().stream()
                .filter(f -> f instanceof Finding.Raise)
                .map(f -> (Finding.Raise) f)
                .findFirst()
                .orElseThrow();
        assertEquals("BTC: VRP negative: 30d IV 40.0 % − 30d RV 41.2 % = -1.2 vol points", raise.text());
        assertEquals(
                List.of("vrp", "atm_iv30", "rv30"),
                raise.inputs().stream().map(Reading::name).toList());
        assertTrue(raise.inputs().stream().allMatch(r -> r.asOf().equals(LAST_HOUR) && r.ageSeconds() == 9000));
    }

    /** The history alternates between 0 and 0.04: mean 0.02, deviation 0.02. */
    @ParameterizedTest
    @CsvSource({
        "0.061, 2160, ,               raise warning high, quiet low",
        "0.055, 2160, ,               quiet high, quiet low",
        "0.055, 2160, iv_rv_gap,      raise warning high, quiet low",
        "0.045, 2160, iv_rv_gap,      quiet high, quiet low",
        "-0.05, 2160, ,               quiet high, raise critical low",
        "0.061, 1700, ,               blind iv_rv_gap_history coverage_below_80_percent, ",
        "0.061, 600,  ,               blind iv_rv_gap_history fewer_than_30_independent_observations, ",
        "0.061, 0,    ,               blind iv_rv_gap_history fewer_than_30_independent_observations, ",
    })
    void gapFarFromItsMean(double gap, int hours, String standing, String first, String second) {
        Judge judge = judge(standing == null ? null : Finding.fingerprint(standing, "BTC", "high"));
        History history = history(
                hours,
                (back, hour) -> hour.put("atm30", back % 2 == 0 ? 0.44 : 0.40).put("rv30", 0.40));
        new VolRules(judge).overview(overview(0.3, 0.4 + gap, 0.4, 0.5, "ok"), history);
        assertEquals(second == null ? first : first + ", " + second, found(judge.findings(), "iv_rv_gap"));
    }

    @Test
    void aConstantHistoryHasNoDeviationToMeasureBy() {
        Judge judge = judge(null);
        History history = history(2160, (back, hour) -> hour.put("atm30", 0.5).put("rv30", 0.375));
        new VolRules(judge).overview(overview(0.3, 0.5, 0.375, 0.5, "ok"), history);
        assertEquals("blind iv_rv_gap_history constant_series", found(judge.findings(), "iv_rv_gap"));
    }

    @ParameterizedTest
    @CsvSource({
        "24, 0.44, ,          raise warning up, quiet down",
        "23, 0.44, ,          raise warning up, quiet down",
        "25, 0.39, ,          raise critical up, quiet down",
        "24, 0.55, ,          quiet up, raise warning down",
        "24, 0.46, ,          quiet up, quiet down",
        "24, 0.46, dvol_jump, raise warning up, quiet down",
        "24, 0.48, dvol_jump, quiet up, quiet down",
        "26, 0.10, ,          blind dvol_24h_before no_reading_24_hours_before, ",
        "22, 0.10, ,          blind dvol_24h_before no_reading_24_hours_before, ",
        "48, 0.10, ,          blind dvol_24h_before no_reading_24_hours_before, ",
    })
    void dvolJump(int back, double before, String standing, String first, String second) {
        Judge judge = judge(standing == null ? null : Finding.fingerprint(standing, "BTC", "up"));
        History history = history(72, (hoursBack, hour) -> {
            if (hoursBack == back) {
                hour.put("dvol", before);
            }
        });
        new VolRules(judge).overview(overview(0.3, 0.5, 0.4, 0.5, "ok"), history);
        assertEquals(second == null ? first : first + ", " + second, found(judge.findings(), "dvol_jump"));
    }

    @Test
    void ofSeveralHoursAboutADayBeforeTheNearestIsTaken() {
        Judge judge = judge(null);
        History history = history(72, (back, hour) -> hour.put("dvol", back == 24 ? 0.44 : 0.10));
        new VolRules(judge).overview(overview(0.3, 0.5, 0.4, 0.5, "ok"), history);
        assertEquals("raise warning up, quiet down", found(judge.findings(), "dvol_jump"));
    }

    /** Spot an hour before and now, around a flip at 100. */
    @ParameterizedTest
    @CsvSource({
        "1, 0,  99, 101, positive,     raise critical crossed",
        "1, 0, 101,  99, near_flip,    raise critical crossed",
        "1, 0, 101, 102, positive,     quiet crossed",
        "2, 0,  99, 101, positive,     blind gamma_flip_an_hour_before no_flip_in_the_hour_before",
        "700, 0, 99, 101, positive,    blind gamma_flip_an_hour_before no_flip_in_the_hour_before",
        "41, 40, 99, 101, positive,    blind gamma_flip older_than_36_hours",
        "1, 0,  99, 101, undetermined, blind net_gex sign_inside_rounding_band",
    })
    void flipCrossed(int before, int last, double was, double is, String regime, String found) {
        Judge judge = judge(null);
        new GammaRules(judge).flipCrossed(history(800, (back, hour) -> {
            if (back == before || back == last) {
                hour.put("flip", 100)
                        .put("gex_spot", back == last ? is : was)
                        .put("net_gex", (back == last ? is : was) - 100)
                        .put("regime", regime);
            }
        }));
        assertEquals(found, found(judge.findings(), "gamma_flip_crossed"));
    }

    /** From nearer to the flip below to nearer to the one above: the net keeps its sign. */
    @Test
    void betweenTwoFlipsNoneIsCrossed() {
        Judge judge = judge(null);
        new GammaRules(judge)
                .flipCrossed(history(
                        2,
                        (back, hour) -> hour.put("flip", back == 0 ? 105 : 95)
                                .put("gex_spot", back == 0 ? 101 : 99)
                                .put("net_gex", 5)
                                .put("regime", "positive")));
        assertEquals("quiet crossed", found(judge.findings(), "gamma_flip_crossed"));
    }

    @Test
    void withoutAFlipNothingIsCrossed() {
        Judge judge = judge(null);
        new GammaRules(judge).flipCrossed(NONE);
        assertEquals("blind gamma_flip no_hour_with_a_flip", found(judge.findings(), "gamma_flip_crossed"));
    }

    @ParameterizedTest
    @CsvSource({
        "ok,    ,                    0.4, 0.03, 2026-11-24T23:00:00Z, ,           raise info near",
        "ok,    ,                   -0.4, 0.03, 2026-11-24T23:00:00Z, ,           raise info near",
        "ok,    ,                    0.6, 0.03, 2026-11-24T23:00:00Z, ,           quiet near",
        "ok,    ,                    0.6, 0.03, 2026-11-24T23:00:00Z, near_level, raise info near",
        "ok,    ,                    0.8, 0.03, 2026-11-24T23:00:00Z, near_level, quiet near",
        "stale, older_than_75_minutes, 0.4, 0.03, 2026-11-24T23:00:00Z, ,         blind gex_levels older_than_75_minutes",
        "ok,    ,                    0.4, 0.03, 2026-11-20T23:00:00Z, ,           blind daily_sigma older_than_36_hours",
        "ok,    ,                       , ,     ,                     ,           blind daily_sigma no_surface",
    })
    void nearLevel(
            String state, String reason, Double distance, Double sigma, String sigmaAt, String standing, String found) {
        Judge judge = judge(standing == null ? null : Finding.fingerprint(standing, "BTC", "near"));
        ObjectNode levels = JSON.createObjectNode()
                .put("state", state)
                .put("reason", reason)
                .put("as_of", "2026-11-25T01:00:00Z")
                .put("age_seconds", 1800)
                .put("spot", 60_000)
                .put("daily_sigma", sigma)
                .put("daily_sigma_as_of", sigmaAt)
                .put("daily_sigma_reason", sigma == null ? "no_surface" : null);
        levels.putArray("levels")
                .add(json("{'kind': 'magnet', 'strike': 70000, 'distance_daily_sigma': 5}"))
                .addObject()
                .put("kind", "repeller")
                .put("strike", 61_000)
                .put("distance_daily_sigma", distance);
        new GammaRules(judge).levels(levels);
        assertEquals(found, found(judge.findings(), "near_level"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.96, ok,       ,                          ,            raise info high, quiet low",
        "0.92, ok,       ,                          ,            quiet high, quiet low",
        "0.92, ok,       ,                          gex_extreme, raise info high, quiet low",
        "0.02, ok,       ,                          ,            quiet high, raise info low",
        "0.96, degraded, coverage_below_80_percent, ,            blind net_gex_history coverage_below_80_percent, ",
        ",     unavailable, fewer_than_30_independent_observations, , blind net_gex_history fewer_than_30_independent_observations, ",
    })
    void extremes(Double rank, String state, String reason, String standing, String first, String second) {
        Judge judge = judge(standing == null ? null : Finding.fingerprint(standing, "BTC", "high"));
        ObjectNode metric = JSON.createObjectNode()
                .put("metric", "net_gex")
                .put("rank", rank)
                .put("state", state)
                .put("reason", reason);
        metric.set("now", json(figure(1e6, "ok", null)));
        ObjectNode thresholds = JSON.createObjectNode();
        thresholds.putArray("metrics").add(metric);
        new ExtremeRules(judge).thresholds(thresholds);
        assertEquals(second == null ? first : first + ", " + second, found(judge.findings(), "gex_extreme"));
    }

    @Test
    void aStaleFigureIsNoExtreme() {
        Judge judge = judge(null);
        new ExtremeRules(judge)
                .thresholds(json("{'metrics': [{'metric': 'risk_reversal_25', 'rank': null, 'state': 'ok', 'now': "
                        + figure(0.1, "stale", "older_than_36_hours") + "}]}"));
        assertEquals("blind risk_reversal_25 older_than_36_hours", found(judge.findings(), "risk_reversal_extreme"));
    }

    @ParameterizedTest
    @CsvSource({
        "ok,      ok,         quiet not_ok",
        "pending, ok,         quiet not_ok",
        "partial, pending,    raise warning not_ok",
        "missing, ok,         raise warning not_ok",
        "stale,   ok,         raise warning not_ok",
        "ok,      suspicious, raise info not_ok",
    })
    void snapshotHealth(String gex, String spot, String found) {
        OperationsRules rules = new OperationsRules(NOW);
        rules.snapshots(json(
                "{'latest_complete_date': '2026-11-24', 'items': [{'type': 'gex', 'currency': 'BTC', 'status': '%s'}, {'type': 'spot', 'currency': 'BTC', 'status': '%s'}]}"
                        .formatted(gex, spot)));
        assertEquals(found, found(rules.findings(), "snapshot_health"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, ,                ok,            quiet partial",
        "1, ,                ok,            raise warning partial",
        "0, Amberdata: 500,  partial_error, raise warning partial",
        "0, ,                partial_error, raise warning partial",
        "0, ,                failed,        raise warning partial",
    })
    void enrichmentPartial(int owed, String error, String status, String found) {
        OperationsRules rules = new OperationsRules(NOW);
        ObjectNode freshness = JSON.createObjectNode().put("last_error", error);
        freshness.putObject("last_run_summary").put("status", status);
        rules.enrichment(
                json("{'owed_enrichment': {'count': %d}}".formatted(owed)),
                JSON.createObjectNode().set("freshness", freshness));
        assertEquals(found, found(rules.findings(), "enrichment_partial"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T23:00:00Z, quiet overdue",
        "2026-11-23T23:00:00Z, raise warning overdue",
        ",                     raise warning overdue",
    })
    void syncOverdue(String last, String found) {
        OperationsRules rules = new OperationsRules(NOW);
        rules.sync(JSON.createObjectNode().put("last_successful_sync_at", last), Duration.ofHours(26));
        assertEquals(found, found(rules.findings(), "sync_overdue"));
    }

    /** What the card lists, what stood before, and what is found: alarms fire, hold and resolve as they stand on the card. */
    @ParameterizedTest
    @CsvSource({
        "'',                                            ,                    ''",
        "rows_from_future warning,                      ,                    raise warning rows_from_future",
        "rows_from_future warning,                      rows_from_future,    raise warning rows_from_future",
        "'',                                            rows_from_future,    quiet rows_from_future",
        "watermark_in_future critical,                  rows_from_future,    'raise critical watermark_in_future, quiet rows_from_future'",
        "scheduled_sync_held warning,                   scheduled_sync_held, raise warning scheduled_sync_held",
        "diagnostic_not_clean info,                     ,                    raise info diagnostic_not_clean",
        "rows_from_future info;diagnostic_not_clean warning, ,               'raise info rows_from_future, raise warning diagnostic_not_clean'",
        ",                                              rows_from_future,    blind alarms not_served",
    })
    void syncAlarm(String alarms, String standing, String found) {
        ObjectNode card = JSON.createObjectNode();
        if (alarms != null) {
            ArrayNode list = card.putArray("alarms");
            for (String alarm : alarms.isEmpty() ? new String[0] : alarms.split(";")) {
                list.addObject()
                        .put("kind", alarm.split(" ")[0])
                        .put("severity", alarm.split(" ")[1])
                        .put("text", "what it says")
                        .put("count", 3);
            }
        }
        OperationsRules rules = new OperationsRules(NOW);
        rules.alarms(
                card,
                standing == null
                        ? Set.of("sync_overdue||overdue")
                        : Set.of("sync_overdue||overdue", Finding.fingerprint("sync_alarm", null, standing)));
        assertEquals(found, found(rules.findings(), "sync_alarm"));
    }

    @Test
    void aSyncAlarmSaysWhatTheCardSaysAndSinceWhen() {
        OperationsRules rules = new OperationsRules(NOW);
        rules.alarms(
                json(
                        "{'alarms': [{'kind': 'rows_from_future', 'severity': 'warning', 'text': '2 executions are dated later', "
                                + "'since': '2026-11-25T01:00:00Z', 'count': 2, 'trade_ids': ['A', 'B']}]}"),
                Set.of());
        assertEquals(
                List.of(new Finding.Raise(
                        "sync_alarm",
                        null,
                        "rows_from_future",
                        "warning",
                        "Alpha sync: 2 executions are dated later",
                        List.of(new Reading(
                                "rows_from_future",
                                2.0,
                                "count",
                                "ok",
                                null,
                                Instant.parse("2026-11-25T01:00:00Z"),
                                1800L)))),
                rules.findings());
    }

    @ParameterizedTest
    @CsvSource({"ok, quiet 30d", "degraded, raise info 30d", "stale, raise info 30d", "missing, raise info 30d"})
    void densityDegraded(String state, String found) {
        OperationsRules rules = new OperationsRules(NOW);
        rules.readiness(json(
                "{'items': [{'currency': 'BTC', 'dte': 30, 'state': '%s', 'density_quality': {'reasons': ['fit_rmse']}}]}"
                        .formatted(state)));
        assertEquals(found, found(rules.findings(), "density_degraded"));
    }
}

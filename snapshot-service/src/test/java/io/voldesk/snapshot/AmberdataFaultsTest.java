package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;
import static io.voldesk.snapshot.SnapshotHouse.capture;
import static io.voldesk.snapshot.SnapshotHouse.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.cache.CacheManager;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voldesk.database.TestDatabase;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that Amberdata can send and should not: what stood stays, the ledger says why, the next capture is whole. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
@TestProfile(AmberdataFaultsTest.ShortPatience.class)
class AmberdataFaultsTest {
    /** Time-outs are met without waiting for them. */
    public static final class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String get = "quarkus.fault-tolerance.\"io.voldesk.snapshot.amberdata.AmberdataApi$$CDIWrapper/get\".";
            return Map.of(
                    "quarkus.rest-client.amberdata.read-timeout",
                    "1500",
                    get + "timeout.value",
                    "4",
                    get + "retry.delay",
                    "50");
        }
    }

    private static final String SPOT = "{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":[\"spot\"]}";

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    CacheManager caches;

    @Inject
    RunLock locks;

    private SnapshotHouse house;

    @BeforeEach
    void freshStore() {
        house = new SnapshotHouse(sandbox, jdbi);
        house.fresh();
    }

    static Stream<Arguments> lasting() {
        return Stream.of(
                Arguments.of("\"kind\":\"status\",\"status\":401", "configuration error: Amberdata answered 401"),
                Arguments.of(
                        "\"kind\":\"status\",\"status\":403,\"body\":\"plan ended\"",
                        "Amberdata answered 403: plan ended"),
                Arguments.of(
                        "\"kind\":\"status\",\"status\":400,\"body\":\"bad range\"",
                        "Amberdata answered 400: bad range"),
                Arguments.of("\"kind\":\"status\",\"status\":429", "Amberdata answered 429"),
                Arguments.of("\"kind\":\"status\",\"status\":500", "Amberdata answered 500"),
                Arguments.of("\"kind\":\"latency\",\"delay_ms\":2000", "Amberdata could not be read"),
                Arguments.of("\"kind\":\"slow_body\"", "Amberdata did not answer in time"),
                Arguments.of("\"kind\":\"reset\"", "Amberdata could not be read"),
                Arguments.of("\"kind\":\"cut_body\"", "Amberdata could not be read"),
                Arguments.of("\"kind\":\"html\"", "not valid JSON"),
                Arguments.of("\"kind\":\"garbage\"", "not valid JSON"),
                Arguments.of(body("[]"), "not an envelope"),
                Arguments.of(body("{}"), "not an envelope"),
                Arguments.of(body("null"), "not an envelope"),
                Arguments.of(body("{\\\"data\\\":\\\"x\\\"}"), "not an envelope"),
                Arguments.of(
                        body(
                                "{\\\"status\\\":200,\\\"title\\\":\\\"OK\\\",\\\"description\\\":\\\"the plan is being\\\\nmoved\\\",\\\"payload\\\":null}"),
                        "has no list of rows: payload is null (the plan is being moved; OK)"),
                Arguments.of(body("{\\\"payload\\\":\\\"x\\\"}"), "has no list of rows: payload is string"),
                Arguments.of(
                        body("{\\\"payload\\\":{\\\"data\\\":\\\"x\\\"}}"),
                        "has no list of rows: payload is object, payload.data string"),
                Arguments.of(
                        body("{\\\"payload\\\":{\\\"rows\\\":[]}}"),
                        "has no list of rows: payload is object, payload.data missing"),
                Arguments.of("\"kind\":\"status\",\"status\":301", "Amberdata answered 301, which is no answer"),
                Arguments.of("\"kind\":\"status\",\"status\":204", "not an envelope"),
                Arguments.of(
                        body("{\\\"status\\\":200,\\\"payload\\\":{\\\"data\\\":[{\\\"price\\\":NaN}]}}"),
                        "not valid JSON"),
                Arguments.of(body("\\u00ef\\u00bb\\u00bf nonsense"), "not valid JSON"));
    }

    private static String body(String escaped) {
        return "\"kind\":\"garbage\",\"body\":\"" + escaped + "\"";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lasting")
    void aLastingFaultFailsTheSnapshotWhole(String fault, String says) {
        capture(SPOT).body("snapshots[0].status", equalTo("ok"));
        house.fault("{\"vendor\":\"amberdata\"," + fault + ",\"times\":-1}");
        capture(SPOT)
                .statusCode(200)
                .body("status", equalTo("partial_error"))
                .body("snapshots[0].status", equalTo("failed"))
                .body("snapshots[0].reason", containsString(says));
        get("/api/snapshots/spot/BTC/2024-04-01").body("rows", hasSize(24));
        assertEquals(
                List.of("ok", "failed"),
                jdbi.withHandle(h -> h.createQuery("select status from snapshot_run order by id")
                        .mapTo(String.class)
                        .list()));
        house.noFaults();
        capture(SPOT).body("snapshots[0].status", equalTo("ok")).body("snapshots[0].records", is(24));
    }

    /** It is evidence, and no answer: the same question is answered by what came before and after it. */
    @Test
    void whatCameInPlaceOfAnAnswerIsKeptApart() {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"html\",\"times\":1}");
        capture(SPOT).body("snapshots[0].status", equalTo("failed"));
        capture(SPOT).body("snapshots[0].status", equalTo("ok"));
        assertEquals(
                List.of(false, true),
                jdbi.withHandle(h -> h.createQuery("select readable from raw_payload order by id")
                        .mapTo(Boolean.class)
                        .list()));
        SnapshotHouse.admin()
                .body("{\"from\":\"2024-04-01\",\"types\":[\"spot\"],\"currencies\":[\"BTC\"]}")
                .post("/api/admin/snapshot/rederive")
                .then()
                .statusCode(200)
                .body("status", equalTo("ok"));
    }

    /** What of a run cannot be begun, as while another captures the same, leaves the rest alone. */
    @Test
    void oneThatIsBeingCapturedLeavesTheOthersAlone() {
        String both = "{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"],\"types\":[\"spot\",\"vol_metrics\"]}";
        try (var _ = locks.take("snapshot:spot:BTC:2024-04-01", "somebody")) {
            capture(both)
                    .statusCode(200)
                    .body("status", equalTo("partial_error"))
                    .body("snapshots.find { it.type == 'spot' }.status", equalTo("failed"))
                    .body("snapshots.find { it.type == 'spot' }.reason", containsString("is held by somebody"))
                    .body("snapshots.find { it.type == 'vol_metrics' }.status", equalTo("ok"));
            capture(SPOT).statusCode(409);
        }
        capture(both).body("status", equalTo("ok"));
    }

    @Test
    void aDateBeforeThereWasAMarketIsRefused() {
        for (String date : List.of("2009-01-02", "0001-01-01", "1970-01-01")) {
            capture("{\"target_date\":\"" + date + "\"}")
                    .statusCode(400)
                    .body("errors[0].field", equalTo("target_date"));
        }
        assertEquals(
                List.of(0L),
                jdbi.withHandle(h -> h.createQuery("select count(*) from snapshot_run")
                        .mapTo(Long.class)
                        .list()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\":\"status\",\"status\":429,\"retry_after\":1",
                "\"kind\":\"status\",\"status\":503",
                "\"kind\":\"latency\",\"delay_ms\":2000",
                "\"kind\":\"slow_body\"",
                "\"kind\":\"reset\"",
                "\"kind\":\"cut_body\""
            })
    void aPassingFaultCostsARetryOnly(String fault) {
        house.fault("{\"vendor\":\"amberdata\"," + fault + ",\"times\":1}");
        capture(SPOT).body("snapshots[0].status", equalTo("ok")).body("snapshots[0].records", is(24));
    }

    @Test
    void aRefusedKeyIsAskedOnce() {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":401,\"times\":1}");
        int before = house.requests();
        capture(SPOT).body("snapshots[0].status", equalTo("failed"));
        assertEquals(before, house.requests(), "the fault answered the only question there was");
    }

    /** One may pass and is asked again; the other refuses whoever asks again. */
    @ParameterizedTest
    @CsvSource({"500,vendor_error", "401,not_entitled", "403,not_entitled", "400,vendor_error"})
    void aVendorThatFailsAndOneThatRefusesAreTwoReasonsForNoQuote(int status, String reason) {
        house.fault("{\"vendor\":\"amberdata\",\"kind\":\"status\",\"status\":%d,\"times\":-1}".formatted(status));
        given().header("x-admin-secret", "test-secret")
                .contentType("application/json")
                .body(
                        "{\"windows\":[{\"symbol\":\"MSTR  261218C00300000\",\"from\":\"2026-11-17T15:%1$d:00Z\",\"to\":\"2026-11-17T15:%1$d:30Z\"}]}"
                                .formatted(10 + status % 50))
                .post("/internal/quotes/lookup")
                .then()
                .statusCode(200)
                .body("windows[0].quotes", hasSize(0))
                .body("windows[0].failure", equalTo(reason));
    }

    @Test
    void anAnswerOfUnreadableRowsOnlyFailsAndLeavesWhatStood() {
        capture(SPOT).body("snapshots[0].status", equalTo("ok"));
        house.fault("{\"vendor\":\"amberdata\","
                + body("{\\\"status\\\":200,\\\"payload\\\":{\\\"data\\\":[{\\\"indexPrice\\\":1}]}}") + "}");
        capture(SPOT)
                .body("snapshots[0].status", equalTo("failed"))
                .body("snapshots[0].rejected", is(1))
                .body("snapshots[0].rejected_rows[0].row", is(1))
                .body("snapshots[0].reason", equalTo("every_row_rejected: 1 unreadable_timestamp (row 1)"));
        get("/api/snapshots/spot/BTC/2024-04-01").body("rows", hasSize(24));
    }

    private static String rates(String at) {
        return "{\"vendor\":\"amberdata\",\"path\":\"reference-rates\","
                + body(
                        "{\\\"status\\\":200,\\\"payload\\\":{\\\"data\\\":{\\\"referenceRates\\\":[{\\\"timestamp\\\":\\\""
                                + at + "\\\",\\\"unitPrice\\\":12345.6}]}}}")
                + ",\"times\":-1}";
    }

    /** A rate that the vendor sends with 200, three weeks old. */
    @Test
    void anOldReferenceRateGivesWayToTheIndexAndThenToItsAge() {
        caches.getCache("live-rate").orElseThrow().invalidateAll().await().indefinitely();
        caches.getCache("live-index").orElseThrow().invalidateAll().await().indefinitely();
        house.fault(rates("2026-11-01T00:00:00Z"));
        get("/api/reference-rates?asset=btc")
                .body("state", equalTo("ok"))
                .body("source", equalTo("derivatives_underlying"))
                .body("reason", equalTo("reference_rate_older_than_3_hours"))
                .body("authority", equalTo("direct_source"))
                .body("price", greaterThan(20_000.0));
        caches.getCache("live-rate").orElseThrow().invalidateAll().await().indefinitely();
        caches.getCache("live-index").orElseThrow().invalidateAll().await().indefinitely();
        house.noFaults();
        Instant twoHoursAgo = Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        house.fault(rates(twoHoursAgo.toString()));
        house.fault(
                "{\"vendor\":\"amberdata\",\"path\":\"level-1-quotes\",\"kind\":\"status\",\"status\":403,\"times\":-1}");
        get("/api/reference-rates?asset=BTC")
                .body("state", equalTo("stale"))
                .body("price", nullValue())
                .body("last_price", equalTo(12_345.6))
                .body("as_of", equalTo(twoHoursAgo.toString()))
                .body("age_seconds", greaterThan(7_000))
                .body("authority", equalTo("stale_source"))
                .body("reason", equalTo("reference_rate_older_than_75_minutes; derivatives_not_entitled: 403"));
    }

    /** Rows that lie about themselves are stored, marked and kept out of what is drawn from them. */
    @Test
    void wrongValuesAreSuspiciousAndNotServed() {
        String rows = Stream.of(
                        "{\\\"timestamp\\\":1711929600000,\\\"indexPrice\\\":\\\"70000\\\"}",
                        "{\\\"timestamp\\\":1711933200000,\\\"indexPrice\\\":-1}",
                        "{\\\"timestamp\\\":1711933200000,\\\"indexPrice\\\":70001}",
                        "{\\\"timestamp\\\":1712016000000,\\\"indexPrice\\\":70002}",
                        "{\\\"timestamp\\\":1711936800000,\\\"indexPrice\\\":\\\"x\\\"}",
                        "{\\\"timestamp\\\":\\\"soon\\\",\\\"indexPrice\\\":70003}")
                .collect(Collectors.joining(","));
        house.fault("{\"vendor\":\"amberdata\","
                + body("{\\\"status\\\":200,\\\"payload\\\":{\\\"data\\\":[" + rows + "]}}") + ",\"times\":1}");
        capture(SPOT)
                .statusCode(200)
                .body("snapshots[0].status", equalTo("suspicious"))
                .body("snapshots[0].records", is(4))
                .body("snapshots[0].suspicious", is(3))
                .body("snapshots[0].rejected", is(2))
                .body("snapshots[0].rejected_reasons.unreadable_timestamp", is(1))
                .body("snapshots[0].rejected_rows.row", contains(5, 6))
                .body(
                        "snapshots[0].warnings[0]",
                        equalTo("rejected_rows: 1 unreadable_indexPrice (row 5), 1 unreadable_timestamp (row 6)"));
        get("/api/snapshots/spot/BTC/2024-04-01")
                .body(
                        "rows.suspicious",
                        containsInAnyOrder(
                                null, "non_positive_price: price", "duplicate_key", "timestamp_outside_date"));
        assertEquals(
                List.of(70_000.0),
                jdbi.withHandle(h -> h.createQuery(
                                "select spot from market_state('BTC', '-infinity', 'infinity') where spot is not null")
                        .mapTo(Double.class)
                        .list()));
    }
}

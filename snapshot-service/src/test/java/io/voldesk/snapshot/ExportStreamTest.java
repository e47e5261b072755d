package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export is whole or visibly broken, whenever the database goes. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
@TestProfile(ExportStreamTest.ShortPatience.class)
class ExportStreamTest {
    /** Long enough for whoever reads on. */
    public static final class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voldesk.stream.longest", "PT15S");
        }
    }

    /** Far more than the buffers on the way hold. */
    private static final int MANY = 400_000;

    private static final String EXPORT = "/api/snapshots/export?type=spot&currency=BTC&date=2026-01-02";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void freshStore() {
        new SnapshotHouse(sandbox, jdbi).fresh();
    }

    private void store(int rows) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into spot_snapshots (currency, snapshot_date, source_timestamp, price, suspicious, raw_id)
                select 'BTC', '2026-01-02', timestamptz '2026-01-02T00:00:00Z' + i * interval '1 millisecond', 100000 + i / 10.0,
                  case when i % 3 = 0 then '=cmd()' end, 1
                from generate_series(0, ? - 1) i""", rows));
    }

    /** Ends the sessions that have read from the table. */
    private void killReaders() {
        try (Handle handle = jdbi.open()) {
            List<Boolean> killed = handle.createQuery("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where pid <> pg_backend_pid() and state <> 'idle' and query like '%from spot_snapshots%'""").mapTo(Boolean.class).list();
            assertTrue(killed.contains(true), "nobody was reading");
        }
    }

    @Test
    void ndjsonEndsWithItsCount() {
        store(5_003);
        Response answer = given().get(EXPORT);
        answer.then().statusCode(200).header("Voldesk-Rows", "5003").contentType("application/x-ndjson");
        List<String> lines = answer.asString().lines().toList();
        assertEquals(5_004, lines.size());
        assertEquals("{\"rows\":5003}", lines.getLast());
        assertTrue(
                lines.getFirst().startsWith("{\"currency\":\"BTC\",\"snapshot_date\":\"2026-01-02\","),
                lines.getFirst());
    }

    @Test
    void csvIsHeadedAndCounted() {
        store(7);
        Response answer = given().accept("text/csv").get(EXPORT);
        answer.then()
                .statusCode(200)
                .header("Voldesk-Rows", "7")
                .header("Content-Disposition", containsString("spot-BTC-2026-01-02.csv"))
                .contentType(startsWith("text/csv"));
        List<String> lines = answer.asString().lines().toList();
        assertEquals("currency,snapshot_date,source_timestamp,price,suspicious,raw_id", lines.getFirst());
        assertEquals("BTC,2026-01-02,2026-01-02T00:00:00Z,100000.0,'=cmd(),1", lines.get(1));
        assertEquals(8, lines.size());
    }

    @Test
    void aDateThatHasNothingIsNotFound() {
        given().get(EXPORT)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("no spot rows of BTC are stored for 2026-01-02"));
        given().accept("text/csv").get(EXPORT).then().statusCode(404);
    }

    /** More of them than there are connections, so that one left open would be missed. */
    @Test
    void headAnswersLikeGetWithoutABodyAndHoldsNothing() {
        given().head(EXPORT).then().statusCode(404);
        store(40);
        for (int i = 0; i < 50; i++) {
            given().head(EXPORT)
                    .then()
                    .statusCode(200)
                    .header("Voldesk-Rows", "40")
                    .contentType("application/x-ndjson")
                    .body(emptyString());
        }
        for (int i = 0; i < 50; i++) {
            given().get(EXPORT).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/csv"})
    void aSessionEndedMidStreamBreaksTheConnection(String accept) throws IOException {
        store(MANY);
        try (var client = new RawSocket(port, EXPORT, "Accept: " + accept)) {
            assertTrue(client.read(20_000).text().startsWith("HTTP/1.1 200 "), client.text());
            killReaders();
            assertFalse(client.endsWhole(), "a broken export looked whole");
            assertTrue(client.text().lines().count() < MANY);
        }
        // whole where nobody disturbs it
        try (var client = new RawSocket(port, EXPORT, "Accept: " + accept)) {
            assertTrue(client.endsWhole());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/csv"})
    void aSessionEndedBeforeTheFirstRowIsAProblem(String accept) {
        store(10);
        CompletableFuture<Response> answer = jdbi.inTransaction(handle -> {
            handle.execute("lock table spot_snapshots in access exclusive mode");
            var asked =
                    CompletableFuture.supplyAsync(() -> given().accept(accept).get(EXPORT));
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (System.nanoTime() < deadline && waiting() == 0) {
                Thread.onSpinWait();
            }
            killReaders();
            return asked;
        });
        answer.join()
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("detail", containsString("SQL state 57P01"));
    }

    private int waiting() {
        try (Handle handle = jdbi.open()) {
            return handle.createQuery("""
                            select count(*) from pg_stat_activity
                            where wait_event_type = 'Lock' and query like '%from spot_snapshots%'""").mapTo(Integer.class).one();
        }
    }

    /** As many as may be read at once, and nobody reads on: the next is told so, everything else still answers. */
    @Test
    void readersThatDoNotReadLeaveTheOthersTheirConnections() throws IOException {
        store(MANY);
        List<RawSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                slow.add(new RawSocket(port, EXPORT).read(1_000));
            }
            given().get(EXPORT).then().statusCode(503).body("detail", startsWith("8 exports are being read now"));
            given().get("/api/snapshots/status").then().statusCode(200);
            // who takes longer than the longest time is cut off, and holds nothing from then on
            long deadline = System.nanoTime() + 60_000_000_000L;
            int status = 503;
            while (status == 503 && System.nanoTime() < deadline) {
                status = given().head(EXPORT).statusCode();
            }
            assertEquals(200, status);
            assertFalse(slow.getFirst().endsWhole());
        } finally {
            for (RawSocket socket : slow) {
                socket.close();
            }
        }
    }
}

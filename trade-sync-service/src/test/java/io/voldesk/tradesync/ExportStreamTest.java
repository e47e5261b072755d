package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.page;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two answers of any length, the list as CSV and the export: whole, or seen to be broken. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class ExportStreamTest {
    private static final String EXPORT = "/internal/executions/export?source=alpha_sync&limit=1000000";
    private static final String LIST = "/api/internal/trades";
    private static final int MANY = 60_000;
    private static final String SECRET = "test-secret";

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @TestHTTPResource
    URI root;

    @Inject
    Jdbi jdbi;

    private SyncHouse house;

    @BeforeEach
    void freshCacheAndSource() {
        house = new SyncHouse(sandbox, jdbi);
        house.fresh();
    }

    private static RequestSpecification asked() {
        return given().header("x-admin-secret", SECRET);
    }

    private void many() {
        house.play(page(null, row("A")));
        post(REAL).body("inserted", equalTo(1));
        jdbi.useHandle(handle -> handle.execute("""
                insert into execution select (jsonb_populate_record(e, jsonb_build_object('source_trade_id', 'L' || n,
                  'change_seq', 100 + n))).* from execution e, generate_series(2, ?) n where source_trade_id = 'A'""", MANY));
    }

    @Test
    void bothSayHowManyRowsTheyHave() {
        Response nothing = asked().get(EXPORT);
        nothing.then().statusCode(200).header("Voldesk-Rows", "0");
        assertEquals("{\"rows\":0}\n", nothing.asString());
        post(REAL).statusCode(200);
        Response whole = asked().get(EXPORT);
        whole.then().statusCode(200).header("Voldesk-Rows", "749").contentType("application/x-ndjson");
        List<String> lines = whole.asString().lines().toList();
        assertEquals(750, lines.size());
        assertEquals("{\"rows\":749}", lines.getLast());
        assertEquals(
                "{\"rows\":5}",
                asked().get("/internal/executions/export?limit=5")
                        .asString()
                        .lines()
                        .toList()
                        .getLast());
        Response csv = given().accept("text/csv").get(LIST + "?portfolio=ICOI");
        csv.then()
                .statusCode(200)
                .header("Voldesk-Rows", "316")
                .header("Content-Disposition", containsString("trades.csv"));
        assertEquals(317, csv.asString().lines().count());
    }

    @ParameterizedTest
    @CsvSource({EXPORT + ",application/x-ndjson", LIST + ",text/csv"})
    void aSessionEndedMidStreamIsAnErrorAtTheReader(String path, String accept) throws Exception {
        many();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                    .header("Accept", accept)
                    .header("x-admin-secret", SECRET)
                    .build();
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            assertEquals(
                    String.valueOf(MANY),
                    answer.headers().firstValue("Voldesk-Rows").orElse(null));
            try (InputStream body = answer.body()) {
                body.readNBytes(10_000);
                killReaders();
                assertThrows(IOException.class, body::readAllBytes, "a broken answer looked whole");
            }
            // whole where nobody disturbs it
            String whole = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
            assertEquals(MANY + 1, whole.lines().count());
        }
    }

    @ParameterizedTest
    @CsvSource({EXPORT + ",application/x-ndjson", LIST + ",text/csv"})
    void whatFailsBeforeTheFirstRowIsAProblem(String path, String accept) {
        jdbi.useHandle(handle -> handle.execute("alter table execution rename to execution_away"));
        try {
            asked().accept(accept).get(path).then().statusCode(500).contentType("application/problem+json");
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table execution_away rename to execution"));
        }
        asked().accept(accept).get(path).then().statusCode(200);
    }

    private void killReaders() {
        try (Handle handle = jdbi.open()) {
            List<Boolean> killed = handle.createQuery("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where pid <> pg_backend_pid() and state <> 'idle' and query like '%from execution%'""").mapTo(Boolean.class).list();
            assertTrue(killed.contains(true), "nobody was reading");
        }
    }
}

package io.voldesk.tradesync;

import static io.restassured.RestAssured.given;
import static io.voldesk.tradesync.SyncHouse.FULL_PREVIEW;
import static io.voldesk.tradesync.SyncHouse.PREVIEW;
import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.post;
import static io.voldesk.tradesync.SyncHouse.row;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any interleaving of new rows, corrections, late rows, rows from the future, bad versions, equal times across page borders, broken
 * walks and runs of every kind ends with the cache equal to the source, and the quarantine holding exactly the ids whose latest
 * version is bad.
 */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class InterleavingTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final String FAR_AHEAD = "2062-01-01T00:00:00Z";
    /** A field and what makes the row bad; the first fits only a first version: its own version cannot be read. */
    private static final String[][] WRONG = {
        {"version", "\"x\""},
        {"quantity", "0"},
        {"price", "\"NaN\""},
        {"price", "1e2147483647"},
        {"currency", "\"EUR\""}
    };

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    private SyncHouse house;
    /** What the latest version of each id is: its version where it is good, null where it is bad. */
    private final Map<String, Integer> latest = new TreeMap<>();

    private final Map<String, Integer> versions = new TreeMap<>();

    @BeforeEach
    void emptyCacheAndSource() {
        house = new SyncHouse(sandbox, jdbi);
        house.fresh();
        latest.clear();
        versions.clear();
        given().body("{\"data\":[]}")
                .put(sandbox + "/control/alpha/executions")
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverHappensAtTheSourceTheCacheEndsEqual(long seed) {
        Random random = new Random(seed);
        Instant clock = START;
        for (int step = 0; step < 25; step++) {
            clock = clock.plusSeconds(random.nextInt(240));
            Map<String, String> rows = new TreeMap<>();
            for (int changes = random.nextInt(60); changes > 0; changes--) {
                String id = "P/" + random.nextInt(150);
                rows.put(id, change(id, clock, random));
            }
            given().body("{\"data\":[" + String.join(",", rows.values()) + "]}")
                    .post(sandbox + "/control/alpha/executions")
                    .then()
                    .statusCode(204);
            run(clock, random);
        }
        post(REAL).statusCode(200);
        checkEnd();
    }

    private String change(String id, Instant clock, Random random) {
        int version = versions.merge(id, 1, Integer::sum);
        boolean bad = random.nextInt(8) == 0;
        // one first version in five is late by up to five minutes, one in twenty far ahead; the others share the moment
        int when = version == 1 ? random.nextInt(20) : 19;
        String at = when < 4
                ? clock.minusSeconds(random.nextInt(300)).toString()
                : when == 4 ? FAR_AHEAD : clock.toString();
        String[] wrong = WRONG[bad ? random.nextInt(version == 1 && when > 4 ? 0 : 1, WRONG.length) : 0];
        latest.put(id, bad ? null : version);
        String good = row(
                id,
                "version",
                String.valueOf(version),
                "portfolio",
                random.nextBoolean() ? "\"IMST\"" : "\"ICOI\"",
                "symbol",
                random.nextInt(9) == 0 ? "\"2MSTR 271217C00400000\"" : "\"MSTR271217C00400000\"",
                "quantity",
                String.valueOf(1 + random.nextInt(50)),
                "price",
                "\"%d.%02d\"".formatted(random.nextInt(40), random.nextInt(100)),
                "updated_at",
                "\"" + at + "\"");
        return bad
                ? good.replaceFirst("\"" + wrong[0] + "\":(\"[^\"]*\"|[0-9.]+)", "\"" + wrong[0] + "\":" + wrong[1])
                : good;
    }

    private void run(Instant clock, Random random) {
        switch (random.nextInt(7)) {
            case 0 -> post(PREVIEW).statusCode(200);
            case 1 -> {
                house.fault("{\"vendor\":\"alpha\",\"kind\":\"garbage\",\"times\":1,\"path\":\"cursor=\"}");
                post(REAL);
                house.noFaults();
            }
            case 2 -> post("{\"dry_run\":false,\"full_scope_diagnostic\":true}").statusCode(200);
            case 3 ->
                post("{\"dry_run\":false,\"updated_since\":\"%s\"}"
                                .formatted(clock.minusSeconds(random.nextInt(3_000))))
                        .statusCode(200);
            default -> post(REAL).statusCode(200);
        }
    }

    private void checkEnd() {
        Map<String, Integer> cached = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select source_trade_id, version from execution")
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(entry -> cached.put(entry.getKey(), entry.getValue())));
        TreeSet<String> bad = new TreeSet<>();
        Map<String, Integer> good = new TreeMap<>();
        latest.forEach((id, version) -> {
            if (version == null) {
                bad.add(id);
            } else {
                good.put(id, version);
            }
        });
        List<String> rejected = jdbi.withHandle(
                handle -> handle.createQuery("select source_trade_id from rejected_execution where resolved_at is null")
                        .mapTo(String.class)
                        .list());
        TreeSet<String> open = new TreeSet<>(rejected);
        assertEquals(bad, open, "the quarantine is exactly the ids whose latest version is bad");
        cached.keySet().removeAll(bad);
        assertEquals(good, cached);
        post(FULL_PREVIEW)
                .body("source_row_count", equalTo(good.size()))
                .body("unmatched_source_trade_ids", hasSize(0))
                .body("unmatched_local_trade_ids", hasSize(0))
                .body("mismatched_trades", hasSize(0));
        post(PREVIEW).body("fetched", equalTo(0));
        given().get(SYNC + "/status").then().body("open_rejected", equalTo(bad.size()));
    }
}

package io.voldesk.analytics;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A start on the schema of the release before the kit had a history of its own, as it was stopped in the middle of its work. */
@QuarkusTest
@QuarkusTestResource(
        value = TestDatabase.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "analytics"),
            @ResourceArg(name = "dump", value = "upgrade/before-kit-history.sql")
        })
@QuarkusTestResource(value = StubPeers.class, restrictToAnnotatedClass = true)
class UpgradeTest {
    @Inject
    Jdbi jdbi;

    private List<String> texts(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    @Test
    void theKitsTablesGoOnInAHistoryOfTheirOwn() {
        assertEquals(
                List.of("0", "1"),
                texts("select version from flyway_kit_history where success order by installed_rank"));
        assertEquals(List.of(), texts("select version from flyway_schema_history where not success"));
        assertEquals(
                List.of("0"),
                texts("select count(*) from job_queue where picked and last_heartbeat < now() - interval '1 minute'"));
    }

    @Test
    void whatWasGoingOnIsSettled() {
        given().get("/api/internal/trades/analytics/status").then().body("last_runs.status", contains("abandoned"));
    }
}

package io.voldesk.alert;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A start on the schema of the release before the kit had a history of its own, as it was stopped in the middle of its work. */
@QuarkusTest
@TestProfile(UpgradeTest.Before.class)
class UpgradeTest {
    /** In place of the empty database of the other tests. */
    public static final class Before implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(
                            TestDatabase.class, Map.of("service", "alert", "dump", "upgrade/before-kit-history.sql")),
                    new TestResourceEntry(TestSandbox.class),
                    new TestResourceEntry(StubServices.class));
        }
    }

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
        given().get("/api/alerts/dispatches").then().body("items.status", contains("unknown"));
    }
}

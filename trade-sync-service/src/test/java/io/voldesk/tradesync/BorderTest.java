package io.voldesk.tradesync;

import static io.voldesk.tradesync.SyncHouse.REAL;
import static io.voldesk.tradesync.SyncHouse.SYNC;
import static io.voldesk.tradesync.SyncHouse.admin;
import static io.voldesk.tradesync.SyncHouse.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.voldesk.database.TestDatabase;
import io.voldesk.model.ServiceStatus;
import io.voldesk.model.Severity;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The card as alerts read it: what they rely on is there under the name they know. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "trade_sync"))
@QuarkusTestResource(TestSandbox.class)
class BorderTest {
    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void freshCacheAndSource() {
        new SyncHouse(sandbox, jdbi).fresh();
    }

    private ServiceStatus.Sync card() throws JsonProcessingException {
        return json.readValue(admin().get(SYNC + "/status").asString(), ServiceStatus.Sync.class);
    }

    @Test
    void theCardIsReadBeforeAndAfterASyncAndWithAnAlarm() throws JsonProcessingException {
        ServiceStatus.Sync before = card();
        assertNull(before.lastSuccessfulSyncAt());
        assertTrue(before.alarms().isEmpty());

        RestAssured.given()
                .post(sandbox + "/control/alpha/switch/future")
                .then()
                .statusCode(204);
        post(REAL).statusCode(200);
        ServiceStatus.Sync after = card();
        assertTrue(Duration.between(after.lastSuccessfulSyncAt(), Instant.now()).toMinutes() < 5);
        assertNull(after.lastError());
        assertTrue(after.owedEnrichment().count() >= 0);
        ServiceStatus.SyncAlarm alarm = after.alarms().getFirst();
        assertEquals("rows_from_future", alarm.kind());
        assertEquals(Severity.WARNING, alarm.severity());
        assertTrue(alarm.count() > 0 && !alarm.text().isBlank());
    }
}

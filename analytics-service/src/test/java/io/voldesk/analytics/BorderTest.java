package io.voldesk.analytics;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.model.ServiceStatus;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status as alerts read it: what they rely on is there under the name they know. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "analytics"))
@QuarkusTestResource(StubPeers.class)
class BorderTest {
    @Inject
    Jdbi jdbi;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void freshStore() {
        jdbi.useHandle(handle -> handle.execute("truncate internal_trade_sync_state, pipeline_run"));
    }

    private ServiceStatus.Freshness freshness() throws JsonProcessingException {
        return json.readValue(
                        given().get("/api/internal/trades/analytics/status").asString(), ServiceStatus.Analytics.class)
                .freshness();
    }

    @Test
    void freshnessIsReadBeforeAndAfterRunsThatWentWellAndDidNot() throws JsonProcessingException {
        assertEquals(new ServiceStatus.Freshness(null, null, null), freshness());
        jdbi.useHandle(handle -> handle.execute("""
                insert into internal_trade_sync_state (source, scope_key, last_successful_sync_at, last_error, last_run_summary)
                values ('trade_analytics_pipeline', 'source=alpha_sync', '2026-11-24T12:00:00Z', 'Amberdata answered 500',
                  '{"status":"partial_error","dry_run":false,"rows_processed":1,"steps":[],"errors":[]}')"""));
        ServiceStatus.Freshness partial = freshness();
        assertEquals(Instant.parse("2026-11-24T12:00:00Z"), partial.lastSuccessfulSyncAt());
        assertEquals("Amberdata answered 500", partial.lastError());
        assertEquals("partial_error", partial.lastRunSummary().status());
        jdbi.useHandle(handle -> handle.execute("update internal_trade_sync_state set last_error = null"));
        assertNull(freshness().lastError());
    }
}

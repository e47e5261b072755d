package io.voldesk.snapshot;

import static io.restassured.RestAssured.given;
import static io.voldesk.snapshot.SnapshotHouse.capture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.model.Figure;
import io.voldesk.model.MarketFigures;
import io.voldesk.model.QualityState;
import io.voldesk.model.ServiceStatus;
import io.voldesk.sandbox.TestSandbox;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service's own answers, read as its readers read them: what they rely on is there under the name they know. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class BorderTest {
    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void aCapturedDay() {
        new SnapshotHouse(sandbox, jdbi).fresh();
        capture("{\"currencies\":[\"BTC\"]}").statusCode(200);
    }

    private <T> T read(String path, Class<T> type) {
        String answer = given().header("x-admin-secret", "test-secret")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        try {
            return json.readValue(answer, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(path + " is not what its readers read: " + e.getOriginalMessage(), e);
        }
    }

    @Test
    void theOverviewIsReadAsFiguresWithTheirTimes() {
        var overview = read("/api/analytics/overview?currency=BTC", MarketFigures.Overview.class);
        assertEquals("BTC", overview.currency());
        for (Figure figure :
                List.of(overview.atmIv7(), overview.atmIv30(), overview.rv30(), overview.vrp(), overview.dvol())) {
            assertEquals(QualityState.OK, figure.state(), figure.toString());
            assertTrue(figure.value() > -1 && figure.value() < 5, "a vol is a fraction");
            assertTrue(figure.ageSeconds() < Duration.ofHours(36).toSeconds());
        }
        assertEquals(
                overview.atmIv30().value() - overview.rv30().value(),
                overview.vrp().value(),
                1e-12);
        var nothing = read("/api/analytics/overview?currency=SOL", MarketFigures.Overview.class);
        assertEquals(QualityState.MISSING, nothing.vrp().state());
        assertFalse(nothing.vrp().reason().isBlank());
    }

    @Test
    void thresholdsLevelsAndHistoryAreRead() {
        var thresholds = read("/api/analytics/thresholds?currency=BTC", MarketFigures.Thresholds.class);
        var metrics = thresholds.metrics().stream()
                .map(MarketFigures.Threshold::metric)
                .toList();
        assertTrue(metrics.containsAll(Set.of("net_gex", "risk_reversal_25")), metrics.toString());
        thresholds.metrics().forEach(threshold -> {
            assertTrue(threshold.rank() == null, "one day is no history to rank in");
            assertEquals("fewer_than_30_independent_observations", threshold.reason());
        });

        var levels = read("/api/analytics/gex-levels?currency=BTC", MarketFigures.Levels.class);
        assertTrue(levels.spot() > 0 && levels.dailySigma() > 0);
        levels.levels().forEach(level -> {
            assertTrue(Set.of("magnet", "repeller").contains(level.kind()));
            assertEquals((level.strike() / levels.spot() - 1) / levels.dailySigma(), level.distanceDailySigma(), 1e-9);
        });

        var history = read("/internal/market-history?currency=BTC", MarketFigures.History.class);
        assertEquals(24, history.hours().size());
        var regimes = Set.of("positive", "near_flip", "negative", "undetermined");
        history.hours()
                .forEach(hour -> assertTrue(hour.regime() == null || regimes.contains(hour.regime()), hour.regime()));
        assertTrue(history.hours().stream()
                .anyMatch(hour -> hour.atm30() != null
                        && hour.rv30() != null
                        && hour.dvol() != null
                        && hour.gexSpot() != null
                        && hour.netGex() != null));
    }

    @Test
    void theStateOfSnapshotsAndDensitiesIsRead() {
        var status = read("/api/snapshots/status", ServiceStatus.Snapshots.class);
        assertEquals(LocalDate.now(ZoneOffset.UTC).minusDays(1), status.latestCompleteDate());
        assertEquals(15, status.items().size());
        status.items()
                .forEach(item ->
                        assertEquals(item.currency().equals("BTC") ? "ok" : "missing", item.status(), item.toString()));

        var densities = read("/api/snapshots/readiness", ServiceStatus.Densities.class);
        assertEquals(6, densities.items().size());
        densities.items().forEach(density -> {
            boolean stored = density.currency().equals("BTC");
            assertEquals(stored ? QualityState.OK : QualityState.MISSING, density.state(), density.toString());
            assertEquals(stored, density.densityQuality().surfaceTimestamp() != null);
            assertEquals(stored, density.reason() == null);
        });
    }
}

package io.voldesk.snapshot;

import static io.voldesk.snapshot.SnapshotHouse.capture;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.voldesk.database.TestDatabase;
import io.voldesk.sandbox.TestSandbox;
import io.voldesk.snapshot.gex.GexSource;
import io.voldesk.snapshot.surface.SurfaceSource;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An hour is one of UTC, whatever the zone of the database's session. */
@QuarkusTest
@QuarkusTestResource(value = TestDatabase.class, initArgs = @ResourceArg(name = "service", value = "snapshot"))
@QuarkusTestResource(TestSandbox.class)
class UtcHoursTest {
    private static final LocalDate DAY = LocalDate.of(2024, 4, 1);

    @ConfigProperty(name = "voldesk.test.sandbox-url")
    String sandbox;

    @Inject
    Jdbi jdbi;

    @Inject
    SurfaceSource surfaces;

    @Inject
    GexSource gamma;

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati"})
    void aSessionsZoneChangesNoHour(String zone) {
        new SnapshotHouse(sandbox, jdbi).fresh();
        capture("{\"target_date\":\"2024-04-01\",\"currencies\":[\"BTC\"]}").body("status", equalTo("ok"));
        List<String> inUtc = jdbi.inTransaction(handle -> derivedIn(handle, "UTC"));
        assertEquals(24 + 24 + 1, inUtc.size());
        assertEquals(inUtc, jdbi.inTransaction(handle -> derivedIn(handle, zone)));
    }

    /** What is derived, and what is read of it, in a session of that zone; told in UTC. */
    private List<String> derivedIn(Handle handle, String zone) {
        handle.execute("set local time zone '" + zone + "'");
        surfaces.derive(handle, "BTC", DAY);
        gamma.derive(handle, "BTC", DAY);
        return handle.createQuery("""
                        select 'state ' || (hour at time zone 'UTC') || concat_ws(' ', spot, atm_7, atm_30, rv_7, dvol, net_gex, skew_slope)
                        from market_state('BTC', '2024-04-01T00:00:00Z', '2024-04-01T23:59:59Z')
                        union all select 'surface ' || (hour at time zone 'UTC') || coalesce(atm_30::text, '') from surface_hourly
                        union all select 'gamma ' || (hour at time zone 'UTC') || net_gex || ' ' || by_mark_vol from gex_hourly
                        order by 1""").mapTo(String.class).list();
    }
}

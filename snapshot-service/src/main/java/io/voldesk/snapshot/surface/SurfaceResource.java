package io.voldesk.snapshot.surface;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import io.voldesk.model.SourceAuthority;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stored surface and its term structure; vols are fractions. */
@Path("/api/analytics")
@RunOnVirtualThread
public class SurfaceResource {
    private static final List<Integer> MATURITIES = List.of(1, 7, 14, 30, 60, 90, 180);

    private final SurfaceReader reader;
    private final Clock clock;

    public SurfaceResource(SurfaceReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    public record Slice(
            Instant expiration, double days, double forward, String forwardSource, List<SurfaceSlice.Point> points) {}

    public record SurfaceAnswer(
            String currency, QualityState state, String reason, Instant surfaceTimestamp, List<Slice> slices) {}

    public record Maturity(int days, Figure atmIv) {}

    public record ListedExpiry(Instant expiration, double days, Figure atmIv) {}

    public record TermStructure(
            String currency,
            QualityState state,
            String reason,
            Instant surfaceTimestamp,
            List<ListedExpiry> listed,
            List<Maturity> constant) {}

    @GET
    @Path("/surface")
    public SurfaceAnswer surface(@QueryParam("currency") String currency, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Optional<Surface> surface = reader.latest(wanted, AsOf.endOf(date, clock));
        return surface.map(s -> new SurfaceAnswer(
                        wanted,
                        QualityState.OK,
                        null,
                        s.timestamp(),
                        s.slices().stream()
                                .map(x ->
                                        new Slice(x.expiration(), x.days(), x.forward(), x.forwardSource(), x.points()))
                                .toList()))
                .orElse(new SurfaceAnswer(wanted, QualityState.MISSING, "no_surface_snapshot", null, List.of()));
    }

    @GET
    @Path("/term-structure")
    public TermStructure termStructure(@QueryParam("currency") String currency, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Instant asked = AsOf.endOf(date, clock);
        Optional<Surface> found = reader.latest(wanted, asked);
        if (found.isEmpty()) {
            return new TermStructure(wanted, QualityState.MISSING, "no_surface_snapshot", null, List.of(), List.of());
        }
        Surface surface = found.get();
        return new TermStructure(
                wanted,
                QualityState.OK,
                null,
                surface.timestamp(),
                surface.slices().stream()
                        .map(s -> new ListedExpiry(
                                s.expiration(),
                                s.days(),
                                AgeRule.SNAPSHOT.figure(
                                        s.vol("atm"),
                                        surface.timestamp(),
                                        asked,
                                        SourceAuthority.DIRECT_SOURCE,
                                        "no_atm_point")))
                        .toList(),
                MATURITIES.stream()
                        .map(days -> new Maturity(
                                days,
                                AgeRule.SNAPSHOT.figure(
                                        surface.atm(days),
                                        surface.timestamp(),
                                        asked,
                                        SourceAuthority.ESTIMATED_MODEL,
                                        "outside_listed_expiries")))
                        .toList());
    }
}

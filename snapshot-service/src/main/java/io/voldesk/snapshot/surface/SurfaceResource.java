package io.voldesk.snapshot.surface;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.Figure;
import io.voldesk.model.QualityState;
import io.voldesk.model.SourceAuthority;
import io.voldesk.snapshot.capture.AsOf;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** @param slices none where the state is {@code missing} */
    public record SurfaceAnswer(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant surfaceTimestamp,
            Long ageSeconds,
            List<Slice> slices) {}

    /** @param days from the surface's time: a constant maturity is a reading of the surface */
    public record Maturity(int days, Figure atmIv) {}

    public record ListedExpiry(Instant expiration, double days, Figure atmIv) {}

    public record TermStructure(
            String currency,
            QualityState state,
            @Nullable String reason,
            Instant asked,
            @Nullable Instant surfaceTimestamp,
            Long ageSeconds,
            List<ListedExpiry> listed,
            List<Maturity> constant) {}

    @GET
    @Path("/surface")
    public SurfaceAnswer surface(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        SurfaceReader.Found found = reader.asOf(wanted, asked);
        return new SurfaceAnswer(
                wanted,
                found.age().state(),
                found.age().reason(),
                asked,
                found.age().sourceAt(),
                found.age().seconds(),
                found.surface() == null
                        ? List.of()
                        : found.surface().slices().stream()
                                .map(x ->
                                        new Slice(x.expiration(), x.days(), x.forward(), x.forwardSource(), x.points()))
                                .toList());
    }

    @GET
    @Path("/term-structure")
    public TermStructure termStructure(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        SurfaceReader.Found found = reader.asOf(wanted, asked);
        Surface surface = found.surface();
        return new TermStructure(
                wanted,
                found.age().state(),
                found.age().reason(),
                asked,
                found.age().sourceAt(),
                found.age().seconds(),
                surface == null
                        ? List.of()
                        : surface.slices().stream()
                                .map(s -> listed(s, surface.timestamp(), asked))
                                .toList(),
                surface == null
                        ? List.of()
                        : MATURITIES.stream()
                                .map(days -> constant(surface, days, asked))
                                .toList());
    }

    private static ListedExpiry listed(SurfaceSlice slice, Instant at, Instant asked) {
        return new ListedExpiry(
                slice.expiration(),
                slice.days(),
                AgeRule.SNAPSHOT.figure(slice.vol("atm"), at, asked, SourceAuthority.DIRECT_SOURCE, "no_atm_point"));
    }

    private static Maturity constant(Surface surface, int days, Instant asked) {
        return new Maturity(
                days,
                AgeRule.SNAPSHOT.figure(
                        surface.atm(days),
                        surface.timestamp(),
                        asked,
                        SourceAuthority.ESTIMATED_MODEL,
                        "outside_listed_expiries"));
    }
}

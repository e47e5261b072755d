package io.voldesk.snapshot.gex;

import io.quarkus.cache.CacheResult;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.QualityState;
import io.voldesk.quant.GammaProfile;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.capture.SnapshotRow;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The gamma profile over spot, and the live magnet and repeller levels. */
@Path("/api/analytics")
@RunOnVirtualThread
public class GexResource {
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration STALE = Duration.ofHours(2);
    private static final int LEVELS = 5;

    private final GammaExposure exposure;
    private final LiveChain live;
    private final Clock clock;

    public GexResource(GammaExposure exposure, LiveChain live, Clock clock) {
        this.exposure = exposure;
        this.live = live;
        this.clock = clock;
    }

    public record ProfilePoint(double spot, double gex) {}

    /**
     * @param state {@code ok}, {@code degraded} (instruments left out for want of a vol) or {@code missing}
     * @param profile USD per 1 % move at each spot
     */
    public record Profile(
            String currency,
            QualityState state,
            String reason,
            Instant asOf,
            Double spot,
            Double netGex,
            List<Double> flips,
            Double nearestFlip,
            String regime,
            int instruments,
            int leftOut,
            String convention,
            List<ProfilePoint> profile) {}

    /** @param distancePct from spot, in percent; {@code distanceDailySigma} in daily deviations, null without a vol */
    public record Level(String kind, double strike, double gex, double distancePct, Double distanceDailySigma) {}

    public record Levels(
            String currency,
            QualityState state,
            String reason,
            String freshness,
            String source,
            Instant asOf,
            Long ageSeconds,
            Double spot,
            List<Level> levels) {}

    @GET
    @Path("/gamma-profile")
    public Profile profile(@QueryParam("currency") String currency, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        Optional<GammaExposure.Chain> found = exposure.latest(wanted, AsOf.endOf(date, clock));
        if (found.isEmpty() || found.get().positions().isEmpty()) {
            return new Profile(
                    wanted,
                    QualityState.MISSING,
                    found.isEmpty() ? "no_gex_snapshot" : "no_surface_for_hour",
                    found.map(GammaExposure.Chain::at).orElse(null),
                    found.map(GammaExposure.Chain::spot).orElse(null),
                    null,
                    List.of(),
                    null,
                    null,
                    0,
                    found.map(GammaExposure.Chain::leftOut).orElse(0),
                    null,
                    List.of());
        }
        GammaExposure.Chain chain = found.get();
        GammaProfile profile = exposure.profile(chain);
        List<ProfilePoint> points = new ArrayList<>();
        for (int i = 0; i < profile.spots().length; i++) {
            points.add(new ProfilePoint(profile.spots()[i], profile.gex()[i]));
        }
        double net = chain.positions().stream()
                .mapToDouble(p -> GammaProfile.byStrike(List.of(p), chain.spot())
                        .getFirst()
                        .gex())
                .sum();
        Double flip = profile.nearestFlip(chain.spot());
        return new Profile(
                wanted,
                chain.leftOut() == 0 ? QualityState.OK : QualityState.DEGRADED,
                chain.leftOut() == 0 ? null : "instruments_without_a_vol",
                chain.at(),
                chain.spot(),
                net,
                profile.flips(),
                flip,
                GammaExposure.regime(net, chain.spot(), flip, chain.dailySigma()),
                chain.positions().size(),
                chain.leftOut(),
                "dealer inventory as the vendor signs it; gamma by Black-76 at the surface vol held by strike",
                points);
    }

    @GET
    @Path("/gex-levels")
    public Levels levels(@QueryParam("currency") String currency) {
        String wanted = SnapshotType.currency(currency, "BTC");
        LiveChain.Result result = live.fetch(wanted);
        Optional<GammaExposure.Chain> chain = result.chain();
        if (chain.isEmpty()) {
            return new Levels(
                    wanted,
                    QualityState.UNAVAILABLE,
                    result.reason(),
                    "unavailable",
                    result.source(),
                    null,
                    null,
                    null,
                    List.of());
        }
        Instant at = chain.get().at();
        Duration age = Duration.between(at, clock.instant());
        if (age.compareTo(STALE) > 0) {
            return new Levels(
                    wanted,
                    QualityState.UNAVAILABLE,
                    "levels_older_than_120_minutes",
                    "unavailable",
                    result.source(),
                    at,
                    age.toSeconds(),
                    null,
                    List.of());
        }
        boolean fresh = age.compareTo(FRESH) <= 0;
        return new Levels(
                wanted,
                fresh ? QualityState.OK : QualityState.STALE,
                fresh ? null : "levels_older_than_15_minutes",
                fresh ? "fresh" : "stale",
                result.source(),
                at,
                age.toSeconds(),
                chain.get().spot(),
                strongest(chain.get()));
    }

    /** The largest positive strike sums are magnets, the largest negative ones repellers; by the vendor's gamma level. */
    private static List<Level> strongest(GammaExposure.Chain chain) {
        var sums = new java.util.TreeMap<Double, Double>();
        for (GammaExposure.Inventory row : chain.inventories()) {
            if (row.gammaLevel() != null) {
                sums.merge(row.strike(), row.gammaLevel() * row.indexPrice() * row.indexPrice() * 0.01, Double::sum);
            }
        }
        List<Level> levels = sums.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> {
                    double distance = e.getKey() / chain.spot() - 1;
                    return new Level(
                            e.getValue() > 0 ? "magnet" : "repeller",
                            e.getKey(),
                            e.getValue(),
                            100 * distance,
                            chain.dailySigma() == null ? null : (Double) (distance / chain.dailySigma()));
                })
                .toList();
        List<Level> result = new ArrayList<>();
        levels.stream()
                .filter(l -> l.gex() > 0)
                .sorted(Comparator.comparingDouble(Level::gex).reversed())
                .limit(LEVELS)
                .forEach(result::add);
        levels.stream()
                .filter(l -> l.gex() < 0)
                .sorted(Comparator.comparingDouble(Level::gex))
                .limit(LEVELS)
                .forEach(result::add);
        return result;
    }

    /** The vendor's latest chain, kept for a minute; the latest stored one where the vendor has none. */
    @ApplicationScoped
    public static class LiveChain {
        private final GexSource source;
        private final GammaExposure exposure;
        private final Clock clock;

        public LiveChain(GexSource source, GammaExposure exposure, Clock clock) {
            this.source = source;
            this.exposure = exposure;
            this.clock = clock;
        }

        /** @param source {@code live} or {@code stored} */
        record Result(Optional<GammaExposure.Chain> chain, String source, String reason) {}

        @CacheResult(cacheName = "live-gex")
        Result fetch(String currency) {
            Instant now = clock.instant();
            String reason = "vendor_has_no_rows";
            try {
                List<GammaExposure.Inventory> rows = source.fetch(currency, now.minus(STALE), now).stream()
                        .map(LiveChain::inventory)
                        .flatMap(Optional::stream)
                        .toList();
                Optional<Instant> latest =
                        rows.stream().map(GammaExposure.Inventory::at).max(Comparator.naturalOrder());
                if (latest.isPresent()) {
                    List<GammaExposure.Inventory> newest = rows.stream()
                            .filter(row -> row.at().equals(latest.get()))
                            .toList();
                    return new Result(Optional.of(exposure.chainOf(currency, newest)), "live", null);
                }
            } catch (VendorFailure | AmberdataUnreadable | Problem e) {
                reason = e.getMessage();
            }
            return new Result(exposure.latest(currency, now), "stored", reason);
        }

        private static Optional<GammaExposure.Inventory> inventory(SnapshotRow row) {
            List<Object> v = row.values();
            if (v.get(1) == null || v.get(2) == null || v.get(4) == null || v.get(7) == null) {
                return Optional.empty();
            }
            return Optional.of(new GammaExposure.Inventory(
                    row.sourceTimestamp(),
                    (String) v.get(0),
                    (Instant) v.get(1),
                    (Double) v.get(2),
                    (String) v.get(3),
                    (Double) v.get(4),
                    (Double) v.get(6),
                    (Double) v.get(7),
                    row.rawId()));
        }
    }
}

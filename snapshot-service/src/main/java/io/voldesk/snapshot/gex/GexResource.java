package io.voldesk.snapshot.gex;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.QualityState;
import io.voldesk.quant.GammaProfile;
import io.voldesk.snapshot.capture.AsOf;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gamma profile over spot, and the live magnet and repeller levels. */
@Path("/api/analytics")
@RunOnVirtualThread
public class GexResource {
    private static final int LEVELS = 5;

    private final GammaExposure exposure;
    private final LiveGamma live;
    private final Clock clock;

    public GexResource(GammaExposure exposure, LiveGamma live, Clock clock) {
        this.exposure = exposure;
        this.live = live;
        this.clock = clock;
    }

    public record ProfilePoint(double spot, double gex) {}

    /**
     * GEX in USD per 1 % move; everything from {@code spot} on is null or empty where the state is {@code missing}.
     *
     * @param state {@code ok}, {@code degraded} (instruments left out), {@code stale} or {@code missing}
     * @param vendorNetGex the vendor's own sum; {@code roundingBand} what the rounding of its gamma alone may add to it (one deviation)
     * @param regime {@code positive, near_flip, negative} or {@code undetermined}
     * @param byOpenInterest instruments without an inventory, by their open interest
     */
    public record Profile(
            String currency,
            QualityState state,
            @Nullable String reason,
            @Nullable Instant asOf,
            Long ageSeconds,
            Double spot,
            Double netGex,
            Double vendorNetGex,
            Double roundingBand,
            List<Double> flips,
            Double nearestFlip,
            @Nullable String nearestFlipReason,
            @Nullable String regime,
            int instruments,
            int byMarkVol,
            int bySurfaceVol,
            int byOpenInterest,
            int leftOut,
            Map<String, Integer> leftOutReasons,
            @Nullable String convention,
            List<ProfilePoint> profile) {}

    /**
     * @param distancePct from spot, in percent; {@code distanceDailySigma} in daily deviations, null with its reason
     */
    public record Level(
            String kind,
            double strike,
            double gex,
            double distancePct,
            Double distanceDailySigma,
            @Nullable String reason) {}

    /**
     * @param freshness {@code fresh}, {@code stale} or {@code unavailable}
     * @param source {@code live} or {@code stored}
     * @param dailySigma a fraction of spot; its own time and age, which may be older than the levels
     */
    public record Levels(
            String currency,
            QualityState state,
            @Nullable String reason,
            String freshness,
            @Nullable String source,
            @Nullable Instant asOf,
            Long ageSeconds,
            Double spot,
            Double netGex,
            Double vendorNetGex,
            Double roundingBand,
            List<Double> flips,
            Double nearestFlip,
            @Nullable String nearestFlipReason,
            @Nullable String regime,
            Double dailySigma,
            @Nullable Instant dailySigmaAsOf,
            Long dailySigmaAgeSeconds,
            @Nullable String dailySigmaReason,
            int instruments,
            int byMarkVol,
            int bySurfaceVol,
            int byOpenInterest,
            int leftOut,
            Map<String, Integer> leftOutReasons,
            List<Level> levels) {}

    @GET
    @Path("/gamma-profile")
    public Profile profile(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        Optional<GammaHour> found = exposure.latest(wanted, asked);
        AgeRule.Age age = AgeRule.SNAPSHOT.of(found.map(GammaHour::at).orElse(null), asked, "no_gex_snapshot");
        if (!age.shown() || found.orElseThrow().net() == null) {
            return new Profile(
                    wanted,
                    QualityState.MISSING,
                    age.shown() ? found.orElseThrow().flipReason() : age.reason(),
                    age.sourceAt(),
                    age.seconds(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    0,
                    0,
                    0,
                    0,
                    age.shown() ? found.orElseThrow().counts().left() : 0,
                    age.shown() ? found.orElseThrow().counts().leftOut() : Map.of(),
                    null,
                    List.of());
        }
        GammaHour hour = found.get();
        return new Profile(
                wanted,
                age.ok() ? hour.quality() : age.state(),
                age.ok() ? hour.qualityReason() : age.reason(),
                hour.at(),
                age.seconds(),
                hour.spot(),
                hour.net(),
                hour.vendorNet(),
                hour.roundingBand(),
                hour.flips(),
                hour.nearestFlip(),
                hour.flipReason(),
                hour.regime(),
                hour.counts().priced(),
                hour.counts().byMarkVol(),
                hour.counts().bySurfaceVol(),
                hour.counts().byOpenInterest(),
                hour.counts().left(),
                hour.counts().leftOut(),
                GammaHour.CONVENTION,
                points(hour.profile()));
    }

    private static List<ProfilePoint> points(GammaProfile profile) {
        List<ProfilePoint> points = new ArrayList<>();
        for (int i = 0; i < profile.spots().length; i++) {
            points.add(new ProfilePoint(profile.spots()[i], profile.gex()[i]));
        }
        return points;
    }

    @GET
    @Path("/gex-levels")
    public Levels levels(@QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency) {
        String wanted = currency.name();
        LiveGamma.Result result = live.fetch(wanted);
        GammaHour hour = result.hour().orElse(null);
        AgeRule.Age age = AgeRule.LIVE.of(hour == null ? null : hour.at(), clock.instant(), "no_gex_snapshot");
        if (!age.shown() || hour.net() == null) {
            return new Levels(
                    wanted,
                    age.shown() ? QualityState.UNAVAILABLE : QualityState.MISSING,
                    both(result.reason(), age.shown() ? hour.flipReason() : age.reason()),
                    "unavailable",
                    result.source(),
                    age.sourceAt(),
                    age.seconds(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    0,
                    0,
                    0,
                    0,
                    0,
                    Map.of(),
                    List.of());
        }
        GammaHour.DailySigma sigma = hour.sigma();
        return new Levels(
                wanted,
                age.ok() ? hour.quality() : age.state(),
                both(result.reason(), age.ok() ? hour.qualityReason() : age.reason()),
                age.ok() ? "fresh" : "stale",
                result.source(),
                hour.at(),
                age.seconds(),
                hour.spot(),
                hour.net(),
                hour.vendorNet(),
                hour.roundingBand(),
                hour.flips(),
                hour.nearestFlip(),
                hour.flipReason(),
                hour.regime(),
                sigma.value(),
                sigma.asOf(),
                sigma.ageSeconds(),
                sigma.reason(),
                hour.counts().priced(),
                hour.counts().byMarkVol(),
                hour.counts().bySurfaceVol(),
                hour.counts().byOpenInterest(),
                hour.counts().left(),
                hour.counts().leftOut(),
                strongest(hour));
    }

    private static String both(String one, String other) {
        String reasons = Stream.of(one, other).filter(Objects::nonNull).collect(Collectors.joining("; "));
        return reasons.isEmpty() ? null : reasons;
    }

    /** The largest positive strike sums are magnets, the largest negative ones repellers. */
    static List<Level> strongest(GammaHour hour) {
        List<Level> levels = hour.byStrike().stream()
                .filter(level -> level.gex() != 0)
                .sorted(Comparator.comparingDouble((GammaProfile.Level level) -> Math.abs(level.gex()))
                        .reversed())
                .map(level -> level(hour, level))
                .toList();
        return Stream.of("magnet", "repeller")
                .flatMap(kind -> levels.stream()
                        .filter(level -> level.kind().equals(kind))
                        .limit(LEVELS))
                .toList();
    }

    private static Level level(GammaHour hour, GammaProfile.Level level) {
        double distance = level.strike() / hour.spot() - 1;
        Double sigma = hour.sigma().value();
        return new Level(
                level.gex() > 0 ? "magnet" : "repeller",
                level.strike(),
                level.gex(),
                100 * distance,
                sigma == null ? null : (Double) (distance / sigma),
                hour.sigma().reason());
    }
}

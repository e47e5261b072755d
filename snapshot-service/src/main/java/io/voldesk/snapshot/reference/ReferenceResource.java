package io.voldesk.snapshot.reference;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.AgeRule;
import io.voldesk.model.Currency;
import io.voldesk.model.QualityState;
import io.voldesk.model.SourceAuthority;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Price and 24 h volume, asked of the vendor live and judged by their age at every reading. */
@Path("/api")
@RunOnVirtualThread
public class ReferenceResource {
    private final LiveMarket live;
    private final Clock clock;

    public ReferenceResource(LiveMarket live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    /**
     * @param price USD; null with its reason where the state is not ok, {@code lastPrice} where it is stale
     * @param source {@code reference_rate}, or {@code derivatives_underlying} where that has none or only an old one
     * @param reason why the fallback, or why nothing
     */
    public record ReferenceRate(
            String asset,
            Double price,
            QualityState state,
            @Nullable Instant asOf,
            Long ageSeconds,
            @Nullable String source,
            SourceAuthority authority,
            @Nullable String reason,
            Double lastPrice,
            Long rawId) {}

    /**
     * @param volumeUsd null with its reason where the state is not ok, {@code lastVolumeUsd} where it is stale
     * @param contractVolume contracts of one coin; {@code leftOut} instruments without a volume
     */
    public record Volume24h(
            String currency,
            QualityState state,
            @Nullable String reason,
            Double volumeUsd,
            Double contractVolume,
            int instruments,
            int counted,
            int leftOut,
            @Nullable Instant asOf,
            Long ageSeconds,
            SourceAuthority authority,
            Double lastVolumeUsd,
            Long rawId) {}

    @GET
    @Path("/reference-rates")
    public ReferenceRate rate(@QueryParam("asset") @NotNull Currency asset) {
        String wanted = asset.name();
        Judged rate = judged("reference_rate", live.rate(wanted));
        if (rate.age().ok()) {
            return answer(wanted, rate, null);
        }
        Judged index = judged("derivatives_underlying", live.index(wanted));
        if (index.age().ok()) {
            return answer(wanted, index, rate.why());
        }
        String reasons = rate.why() + "; " + index.why();
        return answer(wanted, index.fresherThan(rate) ? index : rate, reasons);
    }

    /** An observation with its age now. */
    private record Judged(String source, LiveMarket.Observed<Double> observed, AgeRule.Age age) {
        String why() {
            String failure = observed.failure();
            return source.replace("_underlying", "") + "_" + (failure != null ? failure : age.reason());
        }

        boolean fresherThan(Judged other) {
            return age.seconds() != null && (other.age.seconds() == null || age.seconds() < other.age.seconds());
        }
    }

    private Judged judged(String source, LiveMarket.Observed<Double> observed) {
        return new Judged(source, observed, AgeRule.LIVE.of(observed.at(), clock.instant(), observed.failure()));
    }

    private static ReferenceRate answer(String currency, Judged from, String reason) {
        QualityState state = state(from.observed(), from.age());
        return new ReferenceRate(
                currency.toLowerCase(Locale.ROOT),
                state == QualityState.OK ? from.observed().value() : null,
                state,
                from.age().sourceAt(),
                from.age().seconds(),
                from.observed().at() == null ? null : from.source(),
                authority(from.observed(), state),
                reason,
                state == QualityState.STALE ? from.observed().value() : null,
                from.observed().rawId());
    }

    private static QualityState state(LiveMarket.Observed<?> observed, AgeRule.Age age) {
        return observed.at() == null ? QualityState.UNAVAILABLE : age.state();
    }

    private static SourceAuthority authority(LiveMarket.Observed<?> observed, QualityState state) {
        return switch (state) {
            case OK -> SourceAuthority.DIRECT_SOURCE;
            case STALE -> SourceAuthority.STALE_SOURCE;
            default -> observed.refused() ? SourceAuthority.NOT_ENTITLED : SourceAuthority.UNAVAILABLE;
        };
    }

    @GET
    @Path("/volume-24h")
    public Volume24h volume(@QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency) {
        String wanted = currency.name();
        LiveMarket.Observed<LiveMarket.Volume> observed = live.volume(wanted);
        AgeRule.Age age = AgeRule.LIVE.of(observed.at(), clock.instant(), observed.failure());
        QualityState state = state(observed, age);
        LiveMarket.Volume volume = observed.value();
        return new Volume24h(
                wanted,
                state,
                age.reason(),
                state == QualityState.OK ? (Double) volume.usd() : null,
                state == QualityState.OK ? (Double) volume.contracts() : null,
                volume == null ? 0 : volume.instruments(),
                volume == null ? 0 : volume.counted(),
                volume == null ? 0 : volume.instruments() - volume.counted(),
                age.sourceAt(),
                age.seconds(),
                authority(observed, state),
                state == QualityState.STALE ? (Double) volume.usd() : null,
                observed.rawId());
    }
}

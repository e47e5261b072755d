package io.voldesk.snapshot.gex;

import io.voldesk.quant.GammaProfile;
import io.voldesk.snapshot.probability.DealerLevels;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The strongest magnet and repeller of a stored hour, by gamma computed at the hour's vols. */
@ApplicationScoped
public class StoredLevels implements DealerLevels {
    private final GammaExposure exposure;

    public StoredLevels(GammaExposure exposure) {
        this.exposure = exposure;
    }

    @Override
    public Optional<Strongest> latest(String currency, Instant notAfter) {
        return exposure.latest(currency, notAfter).map(hour -> {
            List<GammaProfile.Level> strikes = hour.byStrike();
            return new Strongest(
                    hour.at(),
                    strikes.stream()
                            .filter(level -> level.gex() > 0)
                            .max(Comparator.comparingDouble(GammaProfile.Level::gex))
                            .map(GammaProfile.Level::strike)
                            .orElse(null),
                    strikes.stream()
                            .filter(level -> level.gex() < 0)
                            .min(Comparator.comparingDouble(GammaProfile.Level::gex))
                            .map(GammaProfile.Level::strike)
                            .orElse(null));
        });
    }
}
